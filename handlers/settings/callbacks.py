"""The buttons of settings."""

from enum import StrEnum

from handlers.callbacks import Button


class Setting(StrEnum):
    """What a button of settings is about."""

    SHOW = "s"
    LANGUAGE = "l"
    NAME = "n"
    PLACE = "b"
    PHONE = "p"
    DOOR = "d"
    LOOKS = "w"
    TOPICS = "t"
    """Answered where broadcasts are."""
    LEAVE = "q"
    LEAVE_FOR_GOOD = "Q"


class Set(Button, prefix="set"):
    """A button of settings."""

    what: Setting
