"""The use cases of gatherings: planning them, coming to them, what the clock does."""
