"""The buttons of the tree of places."""

from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.places.rules import PlaceKind, Verb


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


class PlaceChange(Button, prefix="pi"):
    """Moving, merging or removing a place: choosing where to; None stands above the tops."""

    verb: Verb
    place_id: Id
    at_id: Id | None = None
    page: Annotated[int, Field(ge=0, lt=10_000)] = 0


class PlaceLook(Button, prefix="pu"):
    """What a change would do is shown, and asked."""

    verb: Verb
    place_id: Id
    to_id: Id | None = None


class PlaceSure(Button, prefix="qs"):
    """The change is made, while all that was `seen` is still so."""

    verb: Verb
    place_id: Id
    to_id: Id | None
    seen: Annotated[int, Field(ge=0, lt=2**32)]
