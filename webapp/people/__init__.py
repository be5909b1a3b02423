"""Colleagues: what they hold, when they are away, how work is shared out."""
