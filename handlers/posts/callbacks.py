"""The buttons of posts and shifts."""

from enum import StrEnum

from handlers.callbacks import Button, Id


class ToPosts(Button, prefix="wl"):
    """Show a page of what needs hands."""

    page: int = 0


class MyShifts(Button, prefix="wm"):
    """List the reader's shifts to come."""


class ShiftsFile(Button, prefix="wk"):
    """Send the reader's shifts as a file for calendars."""


class AnnouncePost(Button, prefix="wn"):
    """Begin to announce a post."""


class PostAct(StrEnum):
    """What a button on a post does."""

    OPEN = "o"
    JOIN = "j"
    JOIN_FOR = "f"
    """Sign up somebody without a phone."""
    ROSTER = "r"
    SIGN_FOR = "s"
    """Sign up anybody of the community, at the desk."""
    ADD_SHIFT = "a"
    NAME_LEAD = "l"
    NAME_TEAM = "t"
    ASK_DOWN = "q"
    LAY_DOWN = "d"
    END = "x"


class OnPost(Button, prefix="wo"):
    """A button on a post."""

    act: PostAct
    id: Id


class KeepPost(Button, prefix="wp"):
    """Say whether one takes a post that became free, or goes on with it."""

    id: Id
    comes: bool


class ShiftAct(StrEnum):
    """What a button on a shift does."""

    OPEN = "o"
    JOIN = "j"
    JOIN_FOR = "f"
    """Sign up somebody without a phone."""
    INSTEAD = "i"
    """Take it, and give up what one has at that time."""
    HERE = "h"
    SWAP = "s"
    """Ask for a stand-in, or for one among more people."""
    WITHDRAW = "w"
    ROSTER = "r"
    SIGN_FOR = "t"
    """Sign up anybody of the community, at the desk."""
    PRINT = "p"
    CONFIRM = "c"
    OFF = "x"


class OnShift(Button, prefix="ws"):
    """A button on a shift."""

    act: ShiftAct
    id: Id


class ComesToShift(Button, prefix="wc"):
    """Say whether one comes to a shift."""

    id: Id
    comes: bool


class OtherAct(StrEnum):
    """What a button on a place of somebody whom the reader speaks for does."""

    SHIFT_YES = "y"
    SHIFT_NO = "n"
    POST_YES = "t"
    POST_NO = "u"


class ForOther(Button, prefix="we"):
    """Say of somebody whom the reader speaks for whether they come, or take a post."""

    act: OtherAct
    id: Id
    person: Id


class StandIn(Button, prefix="wi"):
    """Take the place of somebody who seeks a stand-in."""

    id: Id
    person: Id


class OnHelper(Button, prefix="wh"):
    """Note that somebody is there, or that they are not."""

    id: Id
    person: Id
    there: bool
