"""The buttons of circles."""

from enum import StrEnum

from handlers.callbacks import Button, Id


class ToCircle(Button, prefix="il"):
    """Show one's own circle, or that of somebody one speaks for."""

    whom: Id | None = None


class AskIn(Button, prefix="ia"):
    """Ask whom to name, for oneself or for somebody one speaks for."""

    whom: Id | None = None


class MemberAct(StrEnum):
    """What a button on a member of a circle does."""

    OPEN = "o"
    AGREE = "y"
    DECLINE = "n"
    STEP_OUT = "s"
    SURE_OUT = "t"
    """Ask once more before somebody steps out."""
    REMOVE = "r"
    SURE = "f"
    """Ask once more before somebody is taken out."""
    SOONER = "u"
    """Ask them one place sooner."""
    KEY = "k"
    """Say that they have a key, or have none any more."""
    RING = "p"
    """Show name and number; the look is on record."""
    NOTE = "g"
    """Write down that they agreed on the phone."""
    NOTE_NO = "x"


class OnMember(Button, prefix="ic"):
    """A button on a member of a circle."""

    act: MemberAct
    id: Id
