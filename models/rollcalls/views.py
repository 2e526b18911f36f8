"""Pictures of roll-calls that leave the room; a door is in what its buddy alone is told."""

from dataclasses import dataclass
from datetime import datetime

from models.broadcasts.rules.notices import Answer, Way
from models.broadcasts.views import Asked
from models.rollcalls.rules.notices import BoardStanding
from models.rollcalls.rules.outcomes import Answering
from models.rollcalls.rules.rounds import BoardCounts


@dataclass(frozen=True)
class Answered:
    """What an answer came to."""

    outcome: Answering
    broadcast_id: int
    about_id: int
    name: str = ""
    own: bool = True
    answer: Answer | None = None
    drill: bool = False
    number: int | None = None
    """Of the emergency request that is open about them."""
    request_id: int | None = None
    filed: bool = False
    """This very answer has filed it."""
    may_close: bool = False
    """They are safe by now, and a request of theirs is open still."""


@dataclass(frozen=True)
class BuildingCounts:
    """The counts of one building; None for those who live nowhere that we know."""

    place_id: int | None
    counts: BoardCounts


@dataclass(frozen=True)
class Board:
    """A roll-call as whoever leads sees it."""

    broadcast_id: int
    drill: bool
    words: str
    started_at: datetime | None
    ended_at: datetime | None
    stopped: bool
    """The broadcast was cancelled or recalled."""
    rounds: int
    most_rounds: int
    listed_at: datetime | None
    counts: BoardCounts
    out_of_reach: int
    """Silent ones whom no chat reaches: at their doors somebody has to knock."""
    groups: tuple[BuildingCounts, ...]
    may_end: bool
    whole: bool
    """False: the viewer sees their own places alone."""

    @property
    def over(self) -> bool:
        """Return whether no answer counts any more."""
        return self.stopped or self.ended_at is not None


@dataclass(frozen=True)
class Listed:
    """One person on a list of the board."""

    person_id: int
    name: str
    place_id: int | None
    standing: BoardStanding
    way: Way
    answered_at: datetime | None
    answered_by: str
    """Who said it, where it was not themselves; else ''."""
    spoken_by: str
    """Who speaks for them; else ''."""
    request_id: int | None
    number: int | None
    buddy: bool = False
    """Somebody knocks first at their door, as they asked."""


@dataclass(frozen=True)
class BuddyDoor:
    """One door at which somebody knocks first."""

    person_id: int
    name: str
    place_id: int | None
    door: str
    """While a real roll-call runs and nothing is heard of them; the look is on record."""
    answer: Answer | None


@dataclass(frozen=True)
class BuddyView:
    """At whose doors somebody knocks first in a roll-call."""

    broadcast_id: int
    drill: bool
    over: bool
    words: str
    doors: tuple[BuddyDoor, ...]


@dataclass(frozen=True)
class ListPage:
    """A page of one list."""

    broadcast_id: int
    drill: bool
    over: bool
    standing: BoardStanding
    page: int
    pages: int
    total: int
    people: tuple[Listed, ...]


@dataclass(frozen=True)
class AskView:
    """What a reader who is asked once more sees."""

    broadcast_id: int
    drill: bool
    words: str
    over: bool
    asked: tuple[Asked, ...]
