"""The buttons of settings."""

from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le

from handlers.callbacks import Button
from models.people.rules import LONGEST_PAUSE


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
    PEACE = "z"
    """A pause, and quiet hours of one's own."""
    UNTIL = "u"
    """A pause until a day that is written."""
    HOURS = "h"
    """Quiet hours of one's own that are written."""
    COPY = "c"
    """All that is held about them, as a file."""
    LEAVE = "q"
    LEAVE_FOR_GOOD = "Q"


class Set(Button, prefix="set"):
    """A button of settings."""

    what: Setting


class PauseFor(Button, prefix="peace"):
    """Have peace for so many days; of 0: no longer."""

    days: Annotated[int, Ge(0), Le(LONGEST_PAUSE)]


class OwnQuiet(Button, prefix="oquiet"):
    """Have quiet hours of one's own; of the same hour twice: those of all."""

    begins: Annotated[int, Ge(0), Le(23)]
    ends: Annotated[int, Ge(0), Le(23)]
