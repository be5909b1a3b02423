"""One task: its form, its draft, its ways out, and what stands in their way."""
