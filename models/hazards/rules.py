"""Where a hazard stands, how grave it is, what a finding must say; no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.categories import Body
from models.hours.rules.quiet import out_of_quiet
from models.media import Media, MediaKind
from models.policy.rules import Policy
from models.records.rules import Lifecycle, Refusal, Transition
from models.text import clean_line

SPOT_LENGTH, AUTHORITY_LENGTH, FILE_NUMBER_LENGTH = 120, 60, 40
MOST_PHOTOS = 4
FARTHEST = timedelta(days=90)
"""Ahead of today: no later day can be set for putting a hazard right."""


class HazardKind(StrEnum):
    """What is dangerous."""

    FIRE_EXIT = "fire_exit"
    """A way out or a fire door is blocked."""
    E_BIKE = "e_bike"
    """An electric bicycle is charged where it must not be."""
    WIRING = "wiring"
    GAS = "gas"
    WATER = "water"
    FALLING = "falling"
    LIGHTING = "lighting"
    LIFT = "lift"
    STRUCTURE = "structure"
    OTHER = "other"


class HazardLevel(StrEnum):
    """What has to happen with it."""

    ON_SPOT = "on_spot"
    """当场改: put right while the inspector stood there."""
    BY_DATE = "by_date"
    """限期改: put right until a day, under an order."""
    BEYOND = "beyond"
    """上报: beyond us, handed on to an authority."""


class HazardState(StrEnum):
    """Where a hazard stands."""

    FOUND = "found"
    FIXED = "fixed"
    """On the spot."""
    ORDERED = "ordered"
    REPORTED = "reported"
    """Whoever had to says that it is put right; nobody has signed it off yet."""
    PUT_RIGHT = "put_right"
    """Signed off by somebody else."""
    RECHECKED = "rechecked"
    """LookAnswer at again, and still well."""
    CLOSED = "closed"
    HANDED_ON = "handed_on"
    ANSWERED = "answered"


STANDS_AFTER = {
    HazardLevel.ON_SPOT: HazardState.FIXED,
    HazardLevel.BY_DATE: HazardState.ORDERED,
    HazardLevel.BEYOND: HazardState.HANDED_ON,
}
"""Where a hazard of each level stands once it is written down."""


class FindOutcome(StrEnum):
    """What became of a finding."""

    FOUND = "found"
    ALREADY = "already"
    """The same form was sent before; it is the same hazard."""
    NO_SPOT = "no_spot"
    """Where it is has to be said."""
    BAD_DATE = "bad_date"
    """The day is past, or too far ahead, or missing, or not asked for."""
    NO_AUTHORITY = "no_authority"
    """To whom it was handed on has to be said."""
    BAD_CHOICE = "bad_choice"
    """There is no such place, or what came along is no photo."""
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True)
class Finding:
    """What somebody at a desk found. `token` names the form: the same token is one hazard, ever."""

    token: str
    place_id: int
    spot: str
    """Where exactly, in words: no names, no doors of people."""
    kind: HazardKind
    level: HazardLevel
    due_on: date | None = None
    """BY_DATE alone: put right until the desk closes on this day."""
    authority: str = ""
    """BEYOND alone: to whom it was handed on."""
    authority_number: str = ""
    photos: tuple[Media, ...] = ()
    inspection_id: int | None = None


def problem_with(
    finding: Finding, today: date, now: datetime, due_at: datetime | None
) -> FindOutcome | None:
    """Return what is wrong with a finding; None if nothing is. `due_at` is when its day ends."""
    if not clean_line(finding.spot, SPOT_LENGTH):
        return FindOutcome.NO_SPOT
    if (finding.level is HazardLevel.BY_DATE) != (finding.due_on is not None):
        return FindOutcome.BAD_DATE
    if finding.due_on is not None and not today <= finding.due_on <= today + FARTHEST:
        return FindOutcome.BAD_DATE
    if due_at is not None and due_at <= now:
        return FindOutcome.BAD_DATE
    named = bool(clean_line(finding.authority, AUTHORITY_LENGTH))
    if finding.level is HazardLevel.BEYOND and not named:
        return FindOutcome.NO_AUTHORITY
    return None if _are_photos(finding.photos) else FindOutcome.BAD_CHOICE


def _are_photos(photos: Sequence[Media]) -> bool:
    shown = all(one.kind is MediaKind.PHOTO and one.file_id for one in photos)
    return shown and len(photos) <= MOST_PHOTOS


class HazardMove(StrEnum):
    """What is done to a hazard."""

    LOOK = "look"
    SORT = "sort"
    """Say of what kind it is; a resident's is of no kind that they named."""
    HAND_ON = "hand_on"
    """It turned out to be beyond us: an authority has to see to it."""
    BACK = "back"
    """The authority has answered, and its order goes on; nobody does it by hand."""
    ANSWER = "answer"
    """Enter what the authority says to which it was handed on."""
    WELL = "well"
    """It was looked at again, and is well."""
    AGAIN = "again"
    """It was looked at again, and is as it was."""
    CLOSE = "close"
    """The last look was well; nobody does it by hand."""


class HazardRelation(StrEnum):
    """What somebody is to a hazard."""

    DESK = "desk"
    """Works at the desk of its place."""
    DOER = "doer"
    """The same, and put it right: somebody else looks whether it is."""


_DESK = frozenset({HazardRelation.DESK})
_THEY = frozenset(HazardRelation)
LOOKED_AT = frozenset({HazardState.FIXED, HazardState.PUT_RIGHT, HazardState.RECHECKED})
"""Put right, and still to be looked at again."""
OPEN = frozenset({HazardState.FOUND, HazardState.ORDERED, HazardState.REPORTED, *LOOKED_AT})

LIFECYCLE = Lifecycle(
    HazardState,
    Transition(HazardMove.LOOK, _THEY, frozenset(HazardState)),
    Transition(HazardMove.SORT, _THEY, OPEN | {HazardState.HANDED_ON}),
    Transition(HazardMove.HAND_ON, _THEY, frozenset({HazardState.ORDERED}), HazardState.HANDED_ON),
    Transition(
        HazardMove.BACK, frozenset(), frozenset({HazardState.HANDED_ON}), HazardState.ORDERED
    ),
    Transition(HazardMove.ANSWER, _THEY, frozenset({HazardState.HANDED_ON}), HazardState.ANSWERED),
    Transition(HazardMove.WELL, _DESK, LOOKED_AT, HazardState.RECHECKED),
    Transition(HazardMove.AGAIN, _DESK, LOOKED_AT, HazardState.ORDERED),
    Transition(HazardMove.CLOSE, frozenset(), LOOKED_AT, HazardState.CLOSED),
    barred={HazardRelation.DOER: Refusal.OWN},
)


class HazardOutcome(StrEnum):
    """What became of an act on a hazard."""

    SORTED = "sorted"
    HANDED_ON = "handed_on"
    NO_AUTHORITY = "no_authority"
    """To whom it is handed on has to be said."""
    ANSWERED = "answered"
    ORDERED = "ordered"
    """The answer is entered, and its order goes on until somebody signs it off."""
    WELL = "well"
    CLOSED = "closed"
    """The last look was well too."""
    AGAIN = "again"
    """It is put right once more, and the street is told."""


class AccidentOutcome(StrEnum):
    """What became of entering the day of an accident."""

    ENTERED = "entered"
    ALREADY = "already"
    TAKEN_BACK = "taken_back"
    NOT_THERE = "not_there"
    """No accident is entered for that day."""
    BAD_DATE = "bad_date"
    BAD_CHOICE = "bad_choice"
    NOT_ALLOWED = "not_allowed"


class LookAnswer(StrEnum):
    """What came of looking at a hazard again."""

    WELL = "well"
    AGAIN = "again"


LOOKS_ON_SPOT = 1
"""What was put right on the spot is looked at again on the first of the days alone."""

WAITS_EVERY = timedelta(days=14)
"""Between two reminders of a hazard that an authority has not answered."""

HANDED_ON_FOR = timedelta(days=90)
"""So long the order about what was handed on may wait for the authority."""

SOON_BEFORE = timedelta(days=1)

LONGEST_AGO = timedelta(days=366)
"""No earlier accident is entered."""

ANSWER_LENGTH = 300


def looks_at(right_at: datetime, days: Sequence[int], policy: Policy) -> list[tuple[int, datetime]]:
    """Return after how many days, and when, what was put right is looked at again."""
    return [(one, out_of_quiet(right_at + timedelta(days=one), policy.quiet)) for one in days]


def early_code(kind: str) -> str:
    """Return the kind under which alike hazards make an early item."""
    return f"hazard.{kind}"


def problem_with_day(day: date, today: date) -> bool:
    """Return whether an accident cannot be entered for a day: it is to come, or long ago."""
    return not today - LONGEST_AGO <= day <= today


@dataclass(frozen=True)
class HazardsAt:
    """Which hazards a list is narrowed to; None of each: all."""

    place_id: int | None = None
    """At or below it."""
    body: Body | None = None
    """Whose it is to put them right."""


EVERYWHERE = HazardsAt()


class HazardsShown(StrEnum):
    """Which hazards a list shows."""

    OPEN = "o"
    HANDED_ON = "h"
    CLOSED = "c"
