"""The buttons of meetings."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id
from models.meetings.rules.notices import Reply

Page = Annotated[int, Field(ge=0, lt=2**31)]


class OpenMeeting(Button, prefix="mo"):
    """Open a meeting: in place, or below a card that changes by itself."""

    id: Id
    below: bool = False


class AnswerMeeting(Button, prefix="ma"):
    """Answer an invitation."""

    id: Id
    said: Reply
    card: bool = False
    """Read no more: so buttons of earlier versions say that they are on a card."""


class MeetingAct(StrEnum):
    """What a button on a meeting does."""

    CALENDAR = "k"
    """Send the file for calendars."""
    HERE = "h"
    """Check in."""
    LINK = "l"
    """Show the link for whoever comes instead."""
    FILE = "f"
    """Send the file of the minutes."""
    CHANGE = "c"
    ASK_OFF = "q"
    OFF = "x"
    POSTER = "p"
    MINUTES = "m"
    ITEM = "i"


class OnMeeting(Button, prefix="mt"):
    """A button on a meeting."""

    act: MeetingAct
    id: Id
    card: bool = False
    """Read no more: so buttons of earlier versions say that they are on a card."""


class TakePlace(Button, prefix="mp"):
    """Come instead of whoever gave the link with this code."""

    code: str


class OnMeetings(Button, prefix="ml"):
    """Show a page of the meetings that the reader is invited to."""

    page: Page = 0


class OnGuests(Button, prefix="mg"):
    """Show the desk a page of the guests."""

    id: Id
    page: Page = 0


class Tick(Button, prefix="mc"):
    """Note that a guest is there, or is not after all; then show the page of guests again."""

    guest: Id
    came: bool
    id: Id
    page: Page = 0


class OnItems(Button, prefix="mi"):
    """Show a page of the action items of a meeting, or of the reader."""

    meeting_id: Id | None = None
    page: Page = 0


class ItemAct(StrEnum):
    """What a button on an action item does."""

    OPEN = "o"
    BELOW = "b"
    """Show it below a card that changes by itself."""
    DONE = "d"


class OnItem(Button, prefix="mx"):
    """A button on an action item."""

    act: ItemAct
    id: Id
