"""What leaves the room of gatherings."""

from dataclasses import dataclass
from datetime import datetime

from models.gatherings.rules import GatheringKind, Move, State
from models.marks.views import Sums
from models.names.views import Where, Who
from models.seats.rules import SeatState
from models.seats.views import RosterLine, SeatCounts, SeatView


@dataclass(frozen=True)
class GatheringLine:
    """One gathering in a list, as its reader sees it."""

    id: int
    title: str
    topic: str
    where: str
    starts_at: datetime
    counts: SeatCounts
    mine: SeatState | None


@dataclass(frozen=True)
class Guest:
    """Somebody on the list, by name: for whom the reader speaks, or whom the host sees."""

    who: Who
    seat: RosterLine


@dataclass(frozen=True)
class GatheringView:
    """One gathering as its reader sees it."""

    id: int
    kind: GatheringKind
    title: str
    words: str
    topic: str
    where: str
    rain: str
    place: Where
    starts_at: datetime
    ends_at: datetime
    ages: tuple[int, int] | None
    state: State
    version: int
    code: str
    """Of the poster; '' for all but the host."""
    why_off: str
    counts: SeatCounts
    mine: SeatView | None
    others: tuple[Guest, ...]
    """Of whom the reader speaks for, those on the list."""
    rated: int | None
    """The reader's mark."""
    moves: frozenset[Move]
    later: int
    """Later times of its series that are announced."""


@dataclass(frozen=True)
class RosterView:
    """Who is on the list, for the host."""

    gathering: GatheringView
    guests: tuple[Guest, ...]
    """In the order of the line."""
    marks: Sums
    words: tuple[str, ...]
    """What was said of it, without names; empty where fewer than five said how it was."""


@dataclass(frozen=True)
class LedgerLine:
    """One gathering in the ledger: numbers, nobody's name."""

    line: GatheringLine
    kind: GatheringKind
    place: Where
    state: State
    marks: Sums
