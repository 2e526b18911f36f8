"""The buttons of savings."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handlers.callbacks import Button, Id


class ToSavings(Button, prefix="xv"):
    """Show a page of one's own savings."""

    page: int = 0


class SayTime(Button, prefix="xt"):
    """Say how many minutes one's help took."""

    id: Id
    minutes: Annotated[int, Field(ge=1, le=1440)]


class WriteTime(Button, prefix="xw"):
    """Write how long one's help took."""

    id: Id


class AskPaper(Button, prefix="xc"):
    """Write a certificate of the time one gave."""


class ToAccount(Button, prefix="xa"):
    """Show the months of the community, in sums."""


class PassOn(Button, prefix="xg"):
    """Begin to pass time on: to the pool, or to a relative."""

    pool: bool


class TransferAct(StrEnum):
    """What a button on offered time does."""

    OPEN = "o"
    TAKE = "t"
    DECLINE = "n"
    WITHDRAW = "w"


class OnTransfer(Button, prefix="xo"):
    """A button on offered time."""

    act: TransferAct
    id: Id


class ToDisputes(Button, prefix="xd"):
    """Show whoever decides what both sides see differently."""


class TimeAct(StrEnum):
    """What a button on time that somebody says they gave does."""

    OPEN = "o"
    KEEP = "k"
    DROP = "d"
    WITHDRAW = "w"


class OnTime(Button, prefix="xs"):
    """A button on it."""

    act: TimeAct
    id: Id


class ToChecks(Button, prefix="xk"):
    """Show whoever decides what stands out, and what was credited."""

    page: int = 0


class TakeBack(Button, prefix="xm"):
    """Take back time that was a mistake."""

    id: Id


class ToSheet(Button, prefix="xe"):
    """Send what was credited as a sheet."""
