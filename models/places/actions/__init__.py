"""Growing the tree of places and changing its shape."""

from models.places.actions.growing import add_places, open_tree, plant, rename_place
from models.places.actions.reshaping import look_at_change, make_change

__all__ = [
    "add_places",
    "look_at_change",
    "make_change",
    "open_tree",
    "plant",
    "rename_place",
]
