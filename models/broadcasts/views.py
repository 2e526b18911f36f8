"""Pictures of broadcasts that leave the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.broadcasts.rules.audience import Audience
from models.broadcasts.rules.content import Content, CopyButton
from models.broadcasts.rules.notices import Answer, Delivery, Style, Topic, Way
from models.broadcasts.rules.reports import Listing, Why
from models.broadcasts.rules.sending import SendingPlan
from models.broadcasts.rules.states import Move, State
from models.names.views import Where
from models.people.rules import Field


@dataclass(frozen=True)
class BroadcastView:
    """One broadcast as its author, an approver or a keeper sees it."""

    id: int
    author_id: int
    author: str
    place_id: int
    style: Style
    topic: Topic
    state: State
    language: str
    """In which `content` is written."""
    content: Content
    content_other: Content | None
    offers: tuple[CopyButton, ...]
    audience: Audience
    version: int
    heads: int
    """Of a draft the people in its audience now; once begun, its recipients."""
    start_at: datetime | None
    weekly: bool
    asked_at: datetime | None
    approved_by: str | None
    reason: str | None
    started_at: datetime | None
    ended_at: datetime | None
    corrected_at: datetime | None
    recalled_at: datetime | None
    moves: frozenset[Move]
    """What the viewer may do now."""


@dataclass(frozen=True)
class RecipientTally:
    """How many recipients are where; the counts of `by` add up to `heads`."""

    heads: int
    by: dict[Delivery, int]
    confirmed: int
    signed_up: int
    repeated: int
    """Emergency copies that went again as their answer was lost, marked as a repeat."""


@dataclass(frozen=True)
class BroadcastStanding:
    """As much of a broadcast as decides what is sent of it now."""

    state: State
    recalled: bool
    place_id: int
    language: str
    """In which `content` is written."""
    content: Content
    over: bool = False
    """It is a roll-call that was ended."""


@dataclass(frozen=True)
class Asked:
    """One person about whom a reader is asked: themselves, or somebody they speak for."""

    person_id: int
    name: str
    own: bool
    """The reader themselves."""
    answer: Answer | None = None


@dataclass(frozen=True)
class CopyView:
    """What one recipient is shown."""

    id: int
    style: Style
    topic: Topic
    content: Content
    offers: tuple[CopyButton, ...]
    place_id: int
    """Of the broadcast: who sends it."""
    person_id: int
    confirmed: bool
    signed_up: bool
    corrected_at: datetime | None
    recalled: bool
    meant_for: datetime | None = None
    """When it was to go, of one that went noticeably later."""
    asked: tuple[Asked, ...] = ()
    """Of a roll-call: everybody whom the reader answers for."""
    passed_on_to: tuple[str, ...] = ()
    """Of any other: who has no phone and reads it through the reader, by name."""
    own: bool = True
    """Whether the reader is a recipient too."""


@dataclass(frozen=True)
class Outlook:
    """Whom a broadcast would reach if it went now or at its hour, and when."""

    heads: int
    by_way: Mapping[Way, int]
    """How many would be reached how; the counts add up to `heads`."""
    by_place: tuple[tuple[Where | None, int], ...]
    """Heads by where people live; None for those who have not chosen a home."""
    run: SendingPlan


@dataclass(frozen=True)
class BroadcastLine:
    """One broadcast on a list."""

    id: int
    style: Style
    topic: Topic
    state: State
    words: str
    author: str
    at: datetime
    """When it began, else when it is to, else when it was last changed."""


@dataclass(frozen=True)
class BroadcastsPage:
    """A page of a list, the latest first."""

    lines: tuple[BroadcastLine, ...]
    page: int
    pages: int
    waiting: int
    """How many wait for the reader's approval."""


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
class KnockAt:
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
class BroadcastReport:
    """What came of a broadcast, for whoever answers for it."""

    broadcast: BroadcastView
    tally: RecipientTally
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
    tally: RecipientTally
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
class CopyAnswers:
    """What somebody has answered under their copy."""

    confirmed: bool
    signed_up: bool
