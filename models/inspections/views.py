"""What of rounds and walks leaves the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.categories import Body
from models.inspections.rules import (
    InspectionRoundMove,
    InspectionRoundState,
    RoundRhythm,
    WalkMark,
    WalkMove,
    WalkState,
    tally,
)
from models.names.views import Where, Who
from models.records.rules import PageOf
from models.routines.views import OccasionView
from models.sheets.rules.fields import SheetField, SheetWords


@dataclass(frozen=True)
class ChecklistLine:
    """A checklist that can be walked."""

    code: str
    title: SheetWords
    points: tuple[SheetWords, ...]
    changes: bool
    """The reader may change it."""


@dataclass(frozen=True)
class WalkLine:
    """A walk in a list."""

    id: int
    title: SheetWords
    """Of the round, else of the checklist."""
    place: Where
    state: WalkState
    begun_at: datetime
    finished_at: datetime | None
    marked: int
    points: int
    bad: int


@dataclass(frozen=True)
class RoundLine:
    """A round in a list."""

    id: int
    title: str
    place: Where
    rhythm: RoundRhythm
    state: InspectionRoundState
    open: OccasionView | None
    """What is to be walked now; also what was missed and can still be covered."""
    unseen: int
    """Times that were missed and of which nobody at its desk has said that they know."""
    next_at: datetime | None
    """When the next one opens."""
    last_done: datetime | None


@dataclass(frozen=True)
class RoundsPage:
    """What somebody's places have to walk."""

    halves: tuple[WalkLine, ...]
    """Walks that were begun and not finished."""
    rounds: PageOf[RoundLine]


@dataclass(frozen=True)
class InspectionRoundView:
    """One round as its reader sees it."""

    line: RoundLine
    body: Body
    checklist: SheetWords
    walkers: tuple[Who, ...]
    """In whose turn it comes, the next first."""
    turn: Who | None
    """Whose turn it is, or who has taken it, of what is to be walked now."""
    half: WalkLine | None
    """The walk of it that was begun and not finished."""
    walks: tuple[WalkLine, ...]
    """The last ones that were finished, the latest first."""
    missed: int
    """Within the last 90 days; those that were covered are left out."""
    moves: frozenset[InspectionRoundMove]


@dataclass(frozen=True)
class PointView:
    """One point of a walk."""

    field: SheetField
    mark: WalkMark | None
    """None: nobody has said anything of it yet."""
    hazard_id: int | None = None


@dataclass(frozen=True)
class WalkView:
    """One walk as its reader sees it."""

    id: int
    round_id: int | None
    title: SheetWords
    place: Where
    body: Body
    version: int
    """Of the checklist with which it was begun."""
    changed: bool
    """The checklist has been changed since; this walk is finished as it was begun."""
    state: WalkState
    by: Who | None
    begun_at: datetime
    finished_at: datetime | None
    points: tuple[PointView, ...]
    at: int | None
    """The number of the first point of which nothing is said, from 0; None: all are said."""
    moves: frozenset[WalkMove]

    @property
    def counts(self) -> Mapping[WalkMark, int]:
        """Count the points by what was said of them."""
        return tally({one.field.key: one.mark for one in self.points if one.mark is not None})

    @property
    def marked(self) -> int:
        """Count the points of which something was said."""
        return sum(one.mark is not None for one in self.points)


@dataclass(frozen=True)
class HistoryLine:
    """One time of a round; who walked it is not in it: it is no list of people."""

    opens_at: datetime
    ends_at: datetime
    state: str
    settled_at: datetime | None
    seen_at: datetime | None
    """When the desk said that it knows; None: it was not missed, or nobody has."""
    counts: Mapping[WalkMark, int]


@dataclass(frozen=True)
class RoundHistory:
    """What became of a round, time by time, the latest first."""

    view: InspectionRoundView
    lines: tuple[HistoryLine, ...]
