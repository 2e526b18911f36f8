"""The use cases of savings."""
