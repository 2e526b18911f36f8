"""What rounds and walks are, who may do what with them, and when; standard library only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from models.categories import Body
from models.hazards.rules import HazardKind, HazardLevel
from models.media import Media
from models.policy.rules import Policy
from models.records.rules import Lifecycle, Transition
from models.routines.rules import Rhythm, RoutinePlan
from models.text import clean_line

T = TypeVar("T")

NAME = "inspections"
"""Of the subject: its checklists, its routines, its entries in the audit log."""
TITLE_LENGTH, SPOT_LENGTH = 60, 120
MOST_WALKERS = 12
FARTHEST = timedelta(days=366)
GO_ON_AFTER = timedelta(days=1)
"""After a walk was begun: when whoever walks is told that it is half-done."""


@dataclass(frozen=True)
class InspectionPolicy(Policy):
    """Rounds and walks."""

    keep_inspectors: timedelta = timedelta(days=365)
    """After a walk was finished: so long it is kept who walked; what was found stays."""


class WalkMark(StrEnum):
    """What an inspector says of one point; they are the options of every point of a checklist."""

    GOOD = "good"
    BAD = "bad"
    NONE = "none"
    """不适用: there is nothing of the kind here."""


class RoundRhythm(StrEnum):
    """How often: property walks daily and checks monthly (Handan 2013, art. 21-22)."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


LASTS = {
    RoundRhythm.DAILY: 1,
    RoundRhythm.WEEKLY: 2,
    RoundRhythm.MONTHLY: 5,
    RoundRhythm.QUARTERLY: 10,
}
"""Days on which a round can be walked before it is missed."""


SEEN_WITHIN = timedelta(hours=2)
"""After a missed round was told nobody has said so long that they know: the street is told.

What falls into the night comes at its end: a daily round ends at 20:00 and opens again at 9:00, so
the street hears at 7:30."""


class InspectionRoundState(StrEnum):
    """Where a round stands."""

    ON = "on"
    ENDED = "ended"


class InspectionRoundMove(StrEnum):
    """What is done to a round."""

    LOOK = "look"
    WALK = "walk"
    CHOOSE = "choose"
    """Say who walks it, in turn."""
    EXCUSE = "excuse"
    """It need not be walked this once."""
    SEE = "see"
    """Say that one knows what was missed."""
    EXPORT = "export"
    END = "end"


class WalkState(StrEnum):
    """Where a walk stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class WalkMove(StrEnum):
    """What is done to a walk."""

    LOOK = "look"
    MARK = "mark"
    BACK = "back"
    FINISH = "finish"
    DROP = "drop"


class InspectionRelation(StrEnum):
    """What somebody is to a round or a walk."""

    DESK = "desk"
    """Works at the desk of its place: property, grid worker, secretary."""


_DESK = frozenset({InspectionRelation.DESK})
_ON, _OPEN = frozenset({InspectionRoundState.ON}), frozenset({WalkState.OPEN})

ROUND_LIFECYCLE = Lifecycle(
    InspectionRoundState,
    Transition(InspectionRoundMove.LOOK, _DESK, frozenset(InspectionRoundState)),
    Transition(InspectionRoundMove.EXPORT, _DESK, frozenset(InspectionRoundState)),
    Transition(InspectionRoundMove.SEE, _DESK, frozenset(InspectionRoundState)),
    Transition(InspectionRoundMove.WALK, _DESK, _ON),
    Transition(InspectionRoundMove.CHOOSE, _DESK, _ON),
    Transition(InspectionRoundMove.EXCUSE, _DESK, _ON),
    Transition(InspectionRoundMove.END, _DESK, _ON, InspectionRoundState.ENDED),
)

WALK_LIFECYCLE = Lifecycle(
    WalkState,
    Transition(WalkMove.LOOK, _DESK, frozenset(WalkState)),
    Transition(WalkMove.MARK, _DESK, _OPEN),
    Transition(WalkMove.BACK, _DESK, _OPEN),
    Transition(WalkMove.FINISH, _DESK, _OPEN, WalkState.DONE),
    Transition(WalkMove.DROP, _DESK, _OPEN, WalkState.DROPPED),
)


class BadRound(StrEnum):
    """What is wrong with a plan of a round; each names the answer to be given once more."""

    NO_TITLE = "title"
    CHECKLIST = "checklist"
    """It is not there any more, or of another community."""
    START = "start"
    """It is past, or more than a year ahead."""
    WALKERS = "walkers"
    """Nobody, too many, or somebody who does not work there."""


class InspectionOutcome(StrEnum):
    """What became of a use case, beside what refusals say."""

    SET_UP = "set_up"
    CHOSEN = "chosen"
    ENDED = "ended"
    EXCUSED = "excused"
    SEEN = "seen"
    BEGUN = "begun"
    GOES_ON = "goes_on"
    """The walk had been begun already, by them or by another: it is the same one."""
    MARKED = "marked"
    MARKED_ALREADY = "marked_already"
    """Somebody else has marked this point, or a tap came twice: the first mark stands."""
    TAKEN_BACK = "taken_back"
    NOTHING_BEFORE = "nothing_before"
    HAZARD_STANDS = "hazard_stands"
    """The last mark is a hazard that was opened: it is not undone by a step back."""
    POINTS_LEFT = "points_left"
    FINISHED = "finished"
    FINISHED_LATE = "finished_late"
    """The walk is kept, but the next one has opened: what was missed stays missed."""
    DROPPED = "dropped"
    HAS_HAZARDS = "has_hazards"
    """A walk in which hazards were found is not dropped, it is finished."""
    NO_SPOT = "no_spot"
    BAD_DUE = "bad_due"
    NO_AUTHORITY = "no_authority"
    DEFINED = "defined"
    NO_POINTS = "no_points"
    TOO_MANY_POINTS = "too_many_points"


@dataclass(frozen=True)
class RoundPlan:
    """What round somebody wants to set up."""

    token: str
    """Names the form that was sent: the same form sets up once."""
    title: str
    checklist: str
    """Code of the sheet."""
    rhythm: RoundRhythm
    starts_on: date
    body: Body
    walkers: tuple[int, ...]
    """People (ids), in whose turn it comes."""


@dataclass(frozen=True)
class BadFinding:
    """What an inspector says of a point that is bad."""

    kind: HazardKind
    level: HazardLevel
    due_on: date | None = None
    """BY_DATE alone."""
    authority: str = ""
    """BEYOND alone."""
    spot: str = ""
    """Where exactly, in words; '': what the point is called."""
    photo: Media | None = None


def wrong_round(plan: RoundPlan, today: date) -> BadRound | None:
    """Return the first thing that is wrong with a plan; None where nothing is."""
    if not clean_line(plan.title, TITLE_LENGTH):
        return BadRound.NO_TITLE
    if not today <= plan.starts_on <= today + FARTHEST:
        return BadRound.START
    return BadRound.WALKERS if not 1 <= len({*plan.walkers}) <= MOST_WALKERS else None


def plan_for(rhythm: RoundRhythm, starts_on: date) -> RoutinePlan:
    """Return the plan of a routine: from a day on, again on its weekday or its day of the month."""
    lasts = LASTS[rhythm]
    if rhythm is RoundRhythm.DAILY:
        return RoutinePlan(Rhythm.DAYS, starts_on, lasts=lasts)
    if rhythm is RoundRhythm.WEEKLY:
        return RoutinePlan(Rhythm.WEEKDAY, starts_on, on=starts_on.weekday(), lasts=lasts)
    every = 3 if rhythm is RoundRhythm.QUARTERLY else 1
    return RoutinePlan(Rhythm.MONTH_DAY, starts_on, every, on=starts_on.day, lasts=lasts)


def rhythm_of(plan: RoutinePlan) -> RoundRhythm:
    """Return by which rhythm a plan was made."""
    if plan.rhythm is Rhythm.DAYS:
        return RoundRhythm.DAILY
    if plan.rhythm is Rhythm.WEEKDAY:
        return RoundRhythm.WEEKLY
    return RoundRhythm.MONTHLY if plan.every == 1 else RoundRhythm.QUARTERLY


def turned(order: Sequence[T], last: T | None) -> list[T]:
    """Return an order with whoever comes after the last one first; everybody has their turn."""
    if last is None or last not in order:
        return [*order]
    cut = [*order].index(last) + 1
    return [*order[cut:], *order[:cut]]


def point_at(keys: Sequence[str], marked: Collection[str]) -> int | None:
    """Return the number of the first point that is not marked, from 0; None where all are."""
    return next((at for at, key in enumerate(keys) if key not in marked), None)


def tally(marks: Mapping[str, WalkMark]) -> dict[WalkMark, int]:
    """Count the points by what was said of them."""
    said = [*marks.values()]
    return {mark: said.count(mark) for mark in WalkMark}
