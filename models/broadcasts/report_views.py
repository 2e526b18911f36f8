"""Pictures of what came of broadcasts: counts, lists, progress, what somebody was sent."""

from dataclasses import dataclass
from datetime import datetime

from models.broadcasts.rules.kinds import Delivery, Style, Topic, Way
from models.broadcasts.rules.reports import Listing, Why
from models.broadcasts.views import BroadcastView, Tally
from models.names.views import Where
from models.people.rules import Field


@dataclass(frozen=True)
class BuildingTally:
    """The recipients of one building."""

    where: Where | None
    """None for those who have not chosen a home."""
    heads: int
    by: dict[Delivery, int]
    confirmed: int
    signed_up: int


@dataclass(frozen=True)
class RecipientLine:
    """One recipient on a list of a report: a name and a building, never a door or a number."""

    person_id: int
    name: str
    """'' of somebody who has left."""
    where: Where | None
    way: Way
    delivery: Delivery
    why: Why | None
    confirmed_at: datetime | None
    signed_up_at: datetime | None


@dataclass(frozen=True)
class Door:
    """Where to knock, and the number to ring, as far as they were given."""

    who: RecipientLine
    fields: dict[Field, str]


@dataclass(frozen=True)
class RecipientPage:
    """A page of one list."""

    broadcast_id: int
    listing: Listing
    lines: tuple[RecipientLine, ...]
    page: int
    more: bool


@dataclass(frozen=True)
class Report:
    """What came of a broadcast, for whoever answers for it."""

    broadcast: BroadcastView
    tally: Tally
    whys: dict[Why, int]
    """Why copies were refused."""
    kept: int
    """In how many chats it stays though it was recalled; 0 where it was not."""
    mine: bool
    """The reader may remind those who have not confirmed: it is their own."""


@dataclass(frozen=True)
class Progress:
    """How far a broadcast is."""

    broadcast: BroadcastView
    tally: Tally
    minutes_left: int
    morning: datetime | None
    """When it goes on, where it waits for the end of quiet hours."""
    now: datetime


@dataclass(frozen=True)
class InboxLine:
    """One broadcast that somebody was sent."""

    id: int
    style: Style
    topic: Topic
    words: str
    at: datetime
    confirmed: bool
    recalled: bool


@dataclass(frozen=True)
class InboxPage:
    """A page of what somebody was sent, the latest first."""

    lines: tuple[InboxLine, ...]
    page: int
    more: bool


@dataclass(frozen=True)
class Answers:
    """What somebody has answered under their copy."""

    confirmed: bool
    signed_up: bool
