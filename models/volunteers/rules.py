"""What a volunteer offers, where a volunteer stands, and which choices are sound."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

from models.categories import Skill
from models.outbox.kinds import NoticeKind, notice
from models.policy.rules import Policy
from models.text import mark


@dataclass(frozen=True)
class VolunteerPolicy(Policy):
    """How the tasks of volunteers are counted."""

    load_window: timedelta = timedelta(days=30)
    """Over which tasks are counted against a volunteer's cap."""


class State(StrEnum):
    """Where a volunteer stands."""

    APPLIED = "applied"
    ACTIVE = "active"
    PAUSED = "paused"
    REFUSED = "refused"
    LEFT = "left"


class DayPart(IntEnum):
    """Part of a day, in local time: 06 to 12, 12 to 18, 18 to 22, 22 to 06."""

    MORNING = 0
    AFTERNOON = 1
    EVENING = 2
    NIGHT = 3


PARTS = len(DayPart)
PART_ENDS = (
    (DayPart.NIGHT, 6),
    (DayPart.MORNING, 12),
    (DayPart.AFTERNOON, 18),
    (DayPart.EVENING, 22),
)
"""The hour at which each part ends; what is left of a day is night again."""
ALL_HOURS = (1 << 7 * PARTS) - 1
"""Every part of every day of the week."""
NO_HOURS = 0

LOAD_CAPS = range(1, 31)
"""Tasks within 30 days that a volunteer may set as the most."""
DEFAULT_LOAD_CAP = 8
REASON_LENGTH = 300
MOST_PLACES = 20


class Notice(NoticeKind):
    """Kinds of notice; the subject of each is the volunteer's id."""

    APPLIED = notice(
        "volunteers.applied",
        mark("somebody offers to help"),
        to="up to three of the staff, least loaded first",
        when="somebody offers to help; the subject is that person",
        changes="yes",
    )
    APPROVED = notice(
        "volunteers.approved",
        mark("a volunteer was approved"),
        to="the volunteer",
        when="staff approved",
    )
    REFUSED = notice(
        "volunteers.refused",
        mark("a sign-up was refused"),
        to="the applicant",
        when="staff refused, with a reason",
    )


class SignUpOutcome(StrEnum):
    """What became of a sign-up."""

    APPLIED = "applied"
    ACTIVE = "active"
    ALREADY = "already"
    BAD_CHOICE = "bad_choice"
    NOT_ALLOWED = "not_allowed"
    """Not registered."""


class ChangeOutcome(StrEnum):
    """What became of a change to one's own offer or standing."""

    CHANGED = "changed"
    ALREADY = "already"
    BAD_CHOICE = "bad_choice"
    NOT_VOLUNTEER = "not_volunteer"


class DecisionOutcome(StrEnum):
    """What became of approving or refusing an application."""

    APPROVED = "approved"
    REFUSED = "refused"
    ALREADY = "already"
    """Somebody decided before, or the application was withdrawn."""
    MISSING = "missing"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True)
class Offered:
    """What somebody offers: skills, places served (ids), weekly hours, most tasks in 30 days."""

    skills: frozenset[Skill]
    places: frozenset[int]
    hours: int = ALL_HOURS
    load_cap: int = DEFAULT_LOAD_CAP

    def sound(self) -> bool:
        """Return whether the choices can stand: some place, some hour, a cap within bounds."""
        return (
            0 < len(self.places) <= MOST_PLACES
            and NO_HOURS < self.hours <= ALL_HOURS
            and self.load_cap in LOAD_CAPS
        )


def slot(weekday: int, part: DayPart) -> int:
    """Return the bit of one part of one weekday (0 is Monday) in a mask of weekly hours."""
    return 1 << (weekday * PARTS + part)


def hours_of(slots: Iterable[tuple[int, DayPart]]) -> int:
    """Join (weekday, part) pairs to a mask of weekly hours."""
    mask = NO_HOURS
    for weekday, part in slots:
        mask |= slot(weekday, part)
    return mask


def slots_of(hours: int) -> list[tuple[int, DayPart]]:
    """List the (weekday, part) pairs of a mask, Monday morning first."""
    return [(day, part) for day in range(7) for part in DayPart if hours & slot(day, part)]


def part_of(hour: int) -> DayPart:
    """Tell the part of the day an hour from 0 to 23 falls in."""
    return next((part for part, end in PART_ENDS if hour < end), DayPart.NIGHT)


def slot_at(instant: datetime, zone: str) -> int:
    """Return the bit of the part of the week an instant falls in, by the clocks of a zone.

    The hours before six belong to the night of the day before.
    """
    local = instant.astimezone(ZoneInfo(zone))
    weekday = (local.weekday() - (local.hour < 6)) % 7
    return slot(weekday, part_of(local.hour))


def is_free(hours: int, instant: datetime, zone: str) -> bool:
    """Return whether an instant falls within somebody's weekly hours."""
    return bool(hours & slot_at(instant, zone))


MOVES: dict[State, frozenset[State]] = {
    State.APPLIED: frozenset({State.ACTIVE, State.REFUSED, State.LEFT}),
    State.ACTIVE: frozenset({State.PAUSED, State.LEFT}),
    State.PAUSED: frozenset({State.ACTIVE, State.LEFT}),
    State.REFUSED: frozenset({State.APPLIED, State.ACTIVE}),
    State.LEFT: frozenset({State.APPLIED, State.ACTIVE}),
}
"""Which standing may follow which."""

STANDING: Collection[State] = frozenset({State.ACTIVE, State.PAUSED})
"""Approved and not left."""


def may_become(state: State | None, then: State) -> bool:
    """Return whether a volunteer may come from one standing to another; None never signed up."""
    if state is None:
        return then in {State.APPLIED, State.ACTIVE}
    return then in MOVES[state]
