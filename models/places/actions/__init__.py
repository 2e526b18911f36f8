"""Growing the tree of places."""
