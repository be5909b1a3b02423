"""What is about to break its promise, and the machine room."""
