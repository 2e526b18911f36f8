"""Growing the tree of places, and changing its shape."""
