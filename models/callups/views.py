"""What leaves the room of call-ups."""

from dataclasses import dataclass
from datetime import date, datetime

from models.callups.rules import Filled, Move, PartState, State
from models.names.views import Where, Who
from models.seats.rules import SeatState


@dataclass(frozen=True)
class CallupLine:
    """One call-up in a list, for whoever draws them up."""

    id: int
    words: str
    state: State
    drill: bool
    starts_at: datetime
    wanted: int
    coming: int


@dataclass(frozen=True)
class CallDay:
    """One day of a call-up, as one reader sees it."""

    day: date
    starts_at: datetime
    ends_at: datetime
    full: bool
    """Whoever says yes now stands by."""
    state: SeatState | None
    """Where the reader stands on that day."""
    part_id: int | None
    site: str
    """Where they are expected; '' while they are not."""
    ask_until: datetime | None
    left: bool
    """They were there, and have left."""
    over: bool


@dataclass(frozen=True)
class CallupView:
    """One call-up as whoever is asked sees it: what is wanted, and their own days."""

    id: int
    words: str
    place: Where
    drill: bool
    state: State
    enough: bool
    why_off: str
    sites: tuple[str, ...]
    days: tuple[CallDay, ...]
    moves: frozenset[Move]
    declined: bool
    """The reader has said that they come on no day."""
    minutes: int
    """What the reader gave, so far."""


@dataclass(frozen=True)
class BoardPart:
    """How one part stands: numbers, nobody's name."""

    filled: Filled
    team: str
    """'' for anybody."""
    site: str
    day: date
    state: PartState
    there: int
    """Arrived, those who have left among them."""
    left: int


@dataclass(frozen=True)
class BoardView:
    """How a call-up stands, for whoever drew it up and the second person."""

    id: int
    words: str
    place: Where
    drill: bool
    state: State
    enough: bool
    by: Who
    second: Who | None
    starts_at: datetime
    ends_at: datetime
    asked: int
    answered: int
    parts: tuple[BoardPart, ...]
    """By day, then in the order in which they were drawn up."""
    moves: frozenset[Move]

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days, in order."""
        return tuple(dict.fromkeys(part.day for part in self.parts))

    def sums(self, day: date) -> tuple[int, int, int, int]:
        """Return how many a day wants, how many come, how many arrived, how many have left."""
        parts = [part for part in self.parts if part.day == day]
        return (
            sum(part.filled.quota for part in parts),
            sum(part.filled.taken for part in parts),
            sum(part.there for part in parts),
            sum(part.left for part in parts),
        )


@dataclass(frozen=True)
class OnSite:
    """Somebody on the list of a part, by name."""

    who: Who
    state: SeatState
    arrived_at: datetime | None
    left_at: datetime | None
    minutes: int | None
    confirmed: bool


@dataclass(frozen=True)
class PartRoster:
    """Who comes to one part, for its leads and whoever drew it up."""

    id: int
    callup_id: int
    drill: bool
    part: BoardPart
    starts_at: datetime
    ends_at: datetime
    people: tuple[OnSite, ...]
    """Who comes in the order of their yes, then who stands by."""


@dataclass(frozen=True)
class CallupDue:
    """One day of a call-up on which somebody is expected."""

    title: str
    where: str
    starts_at: datetime
    ends_at: datetime
    callup_id: int
    part_id: int


@dataclass(frozen=True)
class LedParts:
    """Parts for which somebody notes who is there, by their numbers."""

    drill: bool
    parts: tuple[tuple[int, BoardPart], ...]
