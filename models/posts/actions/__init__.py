"""Use cases of posts and shifts."""
