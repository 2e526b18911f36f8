"""What leaves the room of savings."""

from dataclasses import dataclass
from datetime import date, datetime

from models.names.views import Who
from models.records.rules import PageOf
from models.savings.flags import Flag
from models.savings.rules import (
    CauseKind,
    Confirmer,
    MovePart,
    TimeMove,
    TimeState,
    TransferMove,
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
    """Time of which a part, or all, went to the pool: it was more than one keeps."""

    saved: int
    pooled: int
    most: int
    """Minutes that one person keeps."""


@dataclass(frozen=True)
class TeamMonth:
    """What a team gave in a month that is over, in whole hours."""

    month: date
    team: str
    hours: int


@dataclass(frozen=True)
class MonthView:
    """A month of a community that is over, in whole hours."""

    month: date
    hours: int
    pooled_hours: int | None
    """None: too few gave to the pool to tell it."""


@dataclass(frozen=True)
class SavingsPaper:
    """A certificate that was just written."""

    number: int
    name: str
    community: str
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
    newer: bool
    """They were given a newer one since."""
    corrected: bool
    """Time was taken back since, so that it says too much."""


@dataclass(frozen=True)
class TransferView:
    """Time that somebody passes on to a relative, as one of both reads it."""

    id: int
    giver: Who | None
    receiver: Who | None
    minutes: int
    pooled: int
    """Of these, what went to the pool."""
    state: TransferState
    mine: bool
    """It is for the reader."""
    moves: frozenset[TransferMove]


@dataclass(frozen=True)
class TimeView:
    """Time that somebody says they gave, to whoever decides on it, or gave it."""

    id: int
    giver: Who | None
    other: Who | None
    """Who was served; None: they have left."""
    minutes: int
    kind: CauseKind
    done_at: datetime
    state: TimeState
    mine: bool
    moves: frozenset[TimeMove]


@dataclass(frozen=True)
class DecidedView:
    """What was decided of somebody's own time, or why it was taken back."""

    counts: bool
    minutes: int
    done_at: datetime
    reason: str
    instead: int = 0
    """Minutes that count instead of what was taken back."""


@dataclass(frozen=True)
class FlagView:
    """Something that stands out, with names, to the secretary."""

    flag: Flag
    names: tuple[str, ...]
    count: int
    """Confirmations, overlapping pieces, or minutes."""


@dataclass(frozen=True)
class CheckedLine:
    """A move of time, with names, to the secretary."""

    id: int
    at: datetime
    giver: Who | None
    """Whose help it was, or who passed it on; None: they have left."""
    by: Who | None
    minutes: int
    kind: CauseKind
    part: MovePart
    confirmer: Confirmer | None
    reversed: bool
    """A later move has taken it back."""


@dataclass(frozen=True)
class SavingsSheet:
    """What the secretary prints: all that stands out, and every move, the latest first."""

    flags: tuple[FlagView, ...]
    lines: tuple[CheckedLine, ...]


@dataclass(frozen=True)
class SavingsChecks:
    """What the secretary looks at: what stands out, and a page of what was credited."""

    flags: tuple[FlagView, ...]
    lines: PageOf[CheckedLine]
