"""From a blank form to a receipt."""
