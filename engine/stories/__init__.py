"""Analysts' stories: reading their files, playing them on the real engine, and letting time pass meanwhile."""
