"""The working calendar, and every order that moves dates."""
