"""What can be asked: one module per kind of asker. `queries.Queries` joins them. Nothing here changes a row."""
