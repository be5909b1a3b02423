"""What is drawn or written out by us: diagrams, months, dots, codes, calendar files. Pure."""
