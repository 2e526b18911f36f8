"""Growing the tree of places."""

from models.places.actions.growing import add_places, open_tree, plant, rename_place

__all__ = [
    "add_places",
    "open_tree",
    "plant",
    "rename_place",
]
