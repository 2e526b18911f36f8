"""The buttons of gatherings."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.gatherings.rules import MOST_MARK


class ToGatherings(Button, prefix="gl"):
    """Show a page of what is announced."""

    page: int = 0


class PastGatherings(Button, prefix="gh"):
    """Show whoever announces a page of what is over."""

    page: int = 0


class GatheringAct(StrEnum):
    """What a button on a gathering does."""

    OPEN = "o"
    JOIN = "j"
    JOIN_ALL = "a"
    """Sign up for every time of a series from this one on."""
    JOIN_WITH = "w"
    """Sign up with others, or a child."""
    JOIN_FOR = "f"
    """Sign up somebody without a phone."""
    HERE = "h"
    SAY = "v"
    """Add words to one's mark."""
    HOST = "m"
    ROSTER = "r"
    PRINT = "p"
    POSTER = "q"
    SIGN_FOR = "s"
    CHANGE = "c"
    INSIDE = "i"
    SEATS = "n"
    OFF = "x"
    OFF_ALL = "y"
    """Call off this time of a series and every later one."""


class OnGathering(Button, prefix="ga"):
    """A button on a gathering."""

    act: GatheringAct
    id: Id


class Comes(Button, prefix="gc"):
    """Say whether one comes, to the time of this version."""

    id: Id
    comes: bool
    version: Annotated[int, Field(ge=0, le=2**15)]


class RateGathering(Button, prefix="gr"):
    """Say how it was."""

    id: Id
    mark: Annotated[int, Field(ge=1, le=MOST_MARK)]


class SeatAct(StrEnum):
    """What a button on somebody's seat does."""

    TICK = "t"
    UNTICK = "u"
    """Take it back; a button of its own, so that a second tap does not."""
    COMES = "c"
    """Take the seat that became free for them."""
    GIVE_UP = "g"
    SLIP = "s"
    """Print when and where it is, for somebody without a phone."""


class OnSeat(Button, prefix="gs"):
    """A button on somebody else's seat."""

    act: SeatAct
    id: Id
    person: Id


class RosterPage(Button, prefix="gp"):
    """Show a page of who is on the list."""

    id: Id
    page: int


class Announce(Button, prefix="gn"):
    """Begin to announce a gathering."""


class GatheringsLedger(Button, prefix="gd"):
    """Send the ledger."""
