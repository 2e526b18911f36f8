"""The buttons of early items."""

from enum import StrEnum

from handlers.callbacks import Button, Id


class ToEarly(Button, prefix="el"):
    """Show the list from its first page."""


class EarlyAct(StrEnum):
    """What a button on an item does."""

    OPEN = "o"
    TAKE = "t"
    SETTLE = "s"


class OnEarly(Button, prefix="ei"):
    """A button on an item."""

    act: EarlyAct
    id: Id


class EarlyPage(Button, prefix="ep"):
    """Turn the list to a page."""

    page: int
