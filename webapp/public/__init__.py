"""What anybody may open."""
