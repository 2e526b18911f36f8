"""Pictures of what the office sees: its queue, its ready reasons, what its places ask for."""

from dataclasses import dataclass

from models.places.views import Place
from models.proposals.rules.kinds import Topic
from models.proposals.rules.seconding import Terms
from models.proposals.views import ProposalLine


@dataclass(frozen=True)
class Queue:
    """A page of what waits at the reception of somebody's places, the first due first."""

    lines: tuple[ProposalLine, ...]
    total: int
    overdue: int
    """Of all that wait."""
    page: int
    pages: int


@dataclass(frozen=True)
class Reason:
    """A reason that a place has ready."""

    reason_id: int
    words: str


@dataclass(frozen=True)
class PlaceReasons:
    """The reasons of one place; empty where the house's own are offered."""

    place: Place
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class StandingTerms:
    """What holds for one topic at a place, or (None) for all that have nothing of their own."""

    topic: Topic | None
    terms: Terms
    own: bool
    """The place itself has set it for this topic; else it comes from above, or from all topics."""


@dataclass(frozen=True)
class PlaceTerms:
    """What a place asks for."""

    place: Place
    standing: tuple[StandingTerms, ...]
    """First what holds for all topics."""


@dataclass(frozen=True)
class Merger:
    """Two proposals, one of which may be merged into the other."""

    one: ProposalLine
    into: ProposalLine
