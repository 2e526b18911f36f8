"""Pictures of broadcasts that leave the room."""

from dataclasses import dataclass
from datetime import datetime

from models.broadcasts.rules.audience import Audience
from models.broadcasts.rules.content import Content, Offer
from models.broadcasts.rules.kinds import Delivery, Style, Topic
from models.broadcasts.rules.states import Move, State
from models.rollcalls.views import Asked


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
    offers: tuple[Offer, ...]
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
class Tally:
    """How many recipients are where; the counts of `by` add up to `heads`."""

    heads: int
    by: dict[Delivery, int]
    confirmed: int
    signed_up: int
    repeated: int
    """Emergency copies that went again as their answer was lost, marked as a repeat."""


@dataclass(frozen=True)
class Standing:
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
class CopyView:
    """What one recipient is shown."""

    id: int
    style: Style
    topic: Topic
    content: Content
    offers: tuple[Offer, ...]
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
