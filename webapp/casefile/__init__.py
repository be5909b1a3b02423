"""Everything about one case, for staff."""
