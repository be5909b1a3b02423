"""What pages of staff share, and those that are about nobody's case."""
