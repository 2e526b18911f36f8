"""What of hazards leaves the room."""

from dataclasses import dataclass
from datetime import date, datetime

from models.hazards.rules import FindOutcome, HazardKind, HazardLevel, HazardMove, HazardState
from models.media import Media
from models.names.views import Where, Who


@dataclass(frozen=True)
class HazardFound:
    """What became of a finding; `hazard_id` is None where nothing was written down."""

    outcome: FindOutcome
    hazard_id: int | None = None


@dataclass(frozen=True)
class HazardLine:
    """One line of a list of hazards."""

    id: int
    kind: HazardKind
    level: HazardLevel
    state: HazardState
    where: Where
    spot: str
    """'' where a resident reported it: their words stay with the request."""
    found_at: datetime
    number: int | None
    """Of its request; None where there is none."""
    body: str | None
    """Responsible body of its order."""
    due_at: datetime | None
    overdue: bool
    reported: bool
    """By a resident."""


@dataclass(frozen=True)
class LookView:
    """One look again at a hazard."""

    days: int
    due_at: datetime
    well: bool | None
    """None while nobody said."""


@dataclass(frozen=True)
class HazardView:
    """One hazard whole, and what its reader may do with it now."""

    line: HazardLine
    finder: Who | None
    """None where a resident reported it, or the finder left."""
    request_id: int | None
    order_id: int | None
    """The order that stands about it."""
    person: Who | None
    """Who has to put it right."""
    authority: str | None
    authority_number: str | None
    handed_on_at: datetime | None
    answer: str | None
    photos: tuple[Media, ...]
    looks: tuple[LookView, ...]
    asked: bool
    """A look is asked for and has no answer yet."""
    partial: bool
    """The reader put it right, so somebody else looks."""
    may: frozenset[HazardMove]


@dataclass(frozen=True)
class Calm:
    """How long a place has been without an accident; a figure of the place, of nobody's."""

    where: Where
    last_on: date | None
    """None where no accident was entered."""
    days: int | None
