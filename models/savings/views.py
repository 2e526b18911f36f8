"""What leaves the room of savings."""

from dataclasses import dataclass
from datetime import datetime

from models.names.views import Who
from models.records.rules import PageOf
from models.savings.rules import (
    CauseKind,
    Confirmer,
    DisputeMove,
    DisputeState,
    MovePart,
    TransferState,
)


@dataclass(frozen=True)
class SavingsLine:
    """One move, as whoever it concerns reads it: never whose door it was."""

    id: int
    at: datetime
    minutes: int
    kind: CauseKind
    part: MovePart
    received: bool
    """It came to their account; of what went to the pool False."""
    confirmer: Confirmer | None
    reversed: bool
    """A later move has taken it back."""


@dataclass(frozen=True)
class SavingsBook:
    """What somebody has given, and has."""

    given: int
    """Minutes that others confirmed, also those that are passed on since."""
    balance: int
    """Minutes that are theirs now."""
    lines: PageOf[SavingsLine]


@dataclass(frozen=True)
class PooledMove:
    """A move to the pool, of what was more than one keeps."""

    minutes: int
    most: int
    """Minutes that one person keeps."""


@dataclass(frozen=True)
class PublicAccount:
    """The month of a community, in sums; all nought where too few gave any time."""

    givers: int
    minutes: int
    pooled: int
    """Minutes that went to the pool."""


@dataclass(frozen=True)
class SavingsPaper:
    """A certificate that was just written."""

    number: int
    name: str
    minutes: int
    made_at: datetime
    code: str


@dataclass(frozen=True)
class CheckedPaper:
    """What a certificate says, to whoever checks its code."""

    number: int
    surname: str
    """The first letter of the name; '' of whoever has left."""
    minutes: int
    made_at: datetime


@dataclass(frozen=True)
class TransferView:
    """Time that somebody passes on to a relative, as one of both reads it."""

    id: int
    giver: Who | None
    receiver: Who | None
    minutes: int
    state: TransferState
    asks: bool
    """The reader is asked whether they take it."""


@dataclass(frozen=True)
class DisputeView:
    """What both sides say of some time, to whoever decides it."""

    id: int
    giver: Who | None
    other: Who | None
    """Who says that it was not well; None: they have left."""
    minutes: int
    kind: CauseKind
    done_at: datetime
    state: DisputeState
    reason: str
    moves: frozenset[DisputeMove]


@dataclass(frozen=True)
class DecidedView:
    """What was decided of somebody's own time, or why it was taken back."""

    state: DisputeState
    minutes: int
    done_at: datetime
    reason: str
