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
    COPY = "c"
    """All that is held about them, as a file."""
    LEAVE = "q"
    LEAVE_FOR_GOOD = "Q"


class Set(Button, prefix="set"):
    """A button of settings."""

    what: Setting
