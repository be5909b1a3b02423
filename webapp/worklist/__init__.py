"""Lists of work, and acts on many tasks at once."""
