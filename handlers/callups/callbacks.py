"""The buttons of call-ups."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.callups.rules import MOST_DAYS

OfDays = Annotated[int, Field(ge=0, lt=MOST_DAYS)]
"""Which day of a call-up, from 0."""


class ToCallups(Button, prefix="cl"):
    """Show a page of the call-ups to whoever may call."""

    page: int = 0


class DrawUp(Button, prefix="cn"):
    """Draw up an order; a drill, or the real thing."""

    drill: bool


class CallupAct(StrEnum):
    """What a button on a call-up does for whoever is asked."""

    OPEN = "o"
    NO = "n"
    """Come on no day."""
    HERE = "h"
    GONE = "g"
    LEAD = "l"
    """Show a lead the parts of their teams."""


class OnCallup(Button, prefix="ca"):
    """A button on a call-up, for whoever is asked."""

    act: CallupAct
    id: Id


class CallDayAct(StrEnum):
    """What a button on a day of a call-up does."""

    COME = "c"
    GROWN_UP = "g"
    """Say that one is grown up, and come."""
    AWAY = "a"


class OnCallDay(Button, prefix="cd"):
    """A button on a day of a call-up."""

    act: CallDayAct
    id: Id
    day: OfDays


class StepIn(Button, prefix="cs"):
    """Take a place that became free, or leave it to the next."""

    id: Id
    comes: bool


class BoardAct(StrEnum):
    """What a button on the board of a call-up does."""

    OPEN = "o"
    APPROVE = "a"
    DROP = "d"
    RING = "r"
    ENOUGH = "e"
    OFF = "x"


class OnCallBoard(Button, prefix="cb"):
    """A button on the board of a call-up."""

    act: BoardAct
    id: Id


class CallBoardDay(Button, prefix="ce"):
    """Show the parts of one day."""

    id: Id
    day: OfDays


class OnCallupPart(Button, prefix="cp"):
    """Show who comes to a part."""

    id: Id
    page: int = 0


class PrintPart(Button, prefix="cq"):
    """Send the list of a part to print."""

    id: Id


class ConfirmPart(Button, prefix="cf"):
    """Confirm who was there, all in one tap."""

    id: Id


class TickOnSite(Button, prefix="ct"):
    """Note that somebody is there, or is not."""

    id: Id
    person: Id
    there: bool
