"""Posts and shifts."""
