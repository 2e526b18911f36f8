"""The buttons of savings."""

from enum import StrEnum

from handlers.callbacks import Button, Id


class ToSavings(Button, prefix="xv"):
    """Show a page of one's own savings."""

    page: int = 0


class AskPaper(Button, prefix="xc"):
    """Write a certificate of the time one gave."""


class ToAccount(Button, prefix="xa"):
    """Show the month of the community, in sums."""


class PassOn(Button, prefix="xg"):
    """Begin to pass time on: to the pool, or to a relative."""

    pool: bool


class TransferAct(StrEnum):
    """What a button on offered time does."""

    TAKE = "t"
    DECLINE = "n"


class OnTransfer(Button, prefix="xo"):
    """A button on offered time."""

    act: TransferAct
    id: Id


class ToDisputes(Button, prefix="xd"):
    """Show whoever decides what both sides see differently."""


class DisputeAct(StrEnum):
    """What a button on a dispute does."""

    OPEN = "o"
    KEEP = "k"
    DROP = "d"


class OnDispute(Button, prefix="xs"):
    """A button on a dispute."""

    act: DisputeAct
    id: Id
