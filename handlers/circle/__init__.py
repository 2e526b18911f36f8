"""The circle: whom somebody wants to know of how they are."""
