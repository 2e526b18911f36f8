"""The buttons of the status."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id

Page = Annotated[int, Field(ge=0, lt=2**31)]


class StatusList(StrEnum):
    """A list that opens from the status."""

    UPDATES = "u"
    MESSAGES = "m"
    """Of uncertain fate."""
    REFUSED = "f"
    """Messages that Telegram refused."""
    REMINDERS = "r"
    LET_GO = "l"
    """Reminders that did not come at all: to be seen, not mended."""


class ToStatus(Button, prefix="sx"):
    """Show the status anew."""


class ToPart(Button, prefix="sp"):
    """Show a page of a list."""

    part: StatusList
    page: Page = 0


class MendingAct(StrEnum):
    """What a button about something broken does."""

    OPEN = "o"
    AGAIN = "a"
    """Replay, send again, try again."""
    DROP = "d"


class OnBroken(Button, prefix="sb"):
    """A button about a failed update, an uncertain message or a reminder."""

    part: StatusList
    act: MendingAct
    id: Id
