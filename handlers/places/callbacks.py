"""The buttons of the tree of places."""

from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.places.rules import PlaceKind


class PlaceOpen(Button, prefix="po"):
    """A place of the tree with what is directly below it; None stands above the tops."""

    place_id: Id | None = None
    page: Annotated[int, Field(ge=0, lt=10_000)] = 0


class PlaceAdd(Button, prefix="pn"):
    """Adding places of a kind below one."""

    place_id: Id
    kind: PlaceKind


class PlaceRename(Button, prefix="pr"):
    """Giving a place another name."""

    place_id: Id
