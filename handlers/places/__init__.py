"""Asking for a place, and growing the tree of places from the chat."""
