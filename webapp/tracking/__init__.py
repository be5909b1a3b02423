"""A case behind its secret link."""
