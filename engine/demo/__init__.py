"""The city one can look around in: its clock that can be moved, its made-up staff and its made-up season of work."""
