"""Tasks taken along on a phone."""
