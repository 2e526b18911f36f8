"""The buttons of day checks."""

from enum import StrEnum

from handlers.callbacks import Button, Id


class CheckAct(StrEnum):
    """What a button on one's own day check does."""

    BEGIN = "b"
    HOURS = "h"
    AWAY = "w"
    BACK = "k"
    """Be back before the day until which one said to be away."""
    PAUSE = "p"
    RESUME = "r"
    OFF = "o"
    SURE = "s"
    """Ask once more before it is switched off."""
    LEADER = "l"
    NEIGHBOURS = "n"


class OnCheck(Button, prefix="ik"):
    """A button on one's own day check."""

    act: CheckAct


class DayAct(StrEnum):
    """What a button on a day does."""

    OPEN = "o"
    WELL = "w"
    HELP = "h"
    PRESS = "e"
    """The help cannot wait."""
    TODAY = "u"
    CALM = "c"
    """The help can wait."""
    ABOUT = "a"
    """Say what it is about."""
    REACHED = "r"
    """Say how one knows that all is well."""
    SPOKE = "s"
    SAW = "v"
    GO = "g"
    NO_ANSWER = "n"
    CANNOT = "x"
    CALL = "t"
    """See door and number; the look is on record."""
    LISTEN = "l"
    LISTENED = "d"
    FILE = "f"
    """Write a request down for them."""


class OnDay(Button, prefix="iy"):
    """A button on a day."""

    urgent = True

    act: DayAct
    id: Id


class ToSilent(Button, prefix="is"):
    """Show whoever works at a desk of whom nobody knows whether they are well."""


class ToMonth(Button, prefix="im"):
    """Show staff how many days of a month ended how; so many months ago."""

    ago: int = 0
