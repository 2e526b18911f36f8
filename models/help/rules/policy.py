"""Urgency, promises and waits: every number that a settings page may come to change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from models.volunteers.rules import is_free

T = TypeVar("T")


class Urgency(StrEnum):
    """How soon somebody has to come."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    ORDINARY = "ordinary"
    COMPLEX = "complex"


def _each(emergency: T, urgent: T, ordinary: T, complex_: T) -> Mapping[Urgency, T]:
    return MappingProxyType(
        dict(zip(Urgency, (emergency, urgent, ordinary, complex_), strict=True))
    )


def _minutes(*numbers: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=number) for number in numbers)


def _hours(*numbers: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(hours=number) for number in numbers)


@dataclass(frozen=True)
class Policy:
    """What this community has set; the defaults are PRODUCT's promises (服务承诺)."""

    zone: str = "Asia/Shanghai"
    """Zone by whose clocks weekly hours are read."""
    promise: Mapping[Urgency, timedelta] = field(
        default_factory=lambda: _each(
            timedelta(hours=2), timedelta(hours=24), timedelta(days=7), timedelta(days=15)
        )
    )
    """From filing to solved, by urgency."""
    ring_size: Mapping[Urgency, int] = field(default_factory=lambda: _each(15, 5, 5, 5))
    """How many volunteers are asked at a time."""
    unclaimed_after: Mapping[Urgency, tuple[timedelta, ...]] = field(
        default_factory=lambda: _each(
            _minutes(3, 10, 30), _minutes(15, 60, 240), _hours(2, 24, 72), _hours(4, 24, 72)
        )
    )
    """Waits after which, hands still missing, more are asked and the owner told; the last one
    recurs."""
    before_start: timedelta = timedelta(hours=2)
    """How long before the start a holder is asked 'still coming?'."""
    check_after: Mapping[Urgency, timedelta] = field(
        default_factory=lambda: _each(
            timedelta(minutes=15), timedelta(hours=4), timedelta(hours=48), timedelta(hours=72)
        )
    )
    """The same question where no start was named, counted from taking the task."""
    after_done: tuple[timedelta, ...] = (timedelta(hours=24), timedelta(hours=72))
    """After 'done': when a silent resident is asked again."""
    unconfirmed_after: timedelta = timedelta(hours=96)
    """After 'done': when silence is marked unconfirmed and the owner told."""
    expire_after: timedelta = timedelta(days=30)
    """How long an open request that nobody took is kept up."""
    contact_kept: timedelta = timedelta(hours=48)
    """How long after closing the holder may still see door and phone."""
    load_window: timedelta = timedelta(days=30)
    """Over which tasks are counted against a volunteer's cap."""
    most_open: int = 10
    """Most unended requests for one beneficiary; emergencies are always taken."""
    most_hands: int = 50


POLICY = Policy()
"""The defaults."""


def promised_by(urgency: Urgency, filed_at: datetime, policy: Policy) -> datetime:
    """Give the instant by which a request is promised solved; hand-overs never move it."""
    return filed_at + policy.promise[urgency]


def unclaimed_at(urgency: Urgency, ring: int, asked_at: datetime, policy: Policy) -> datetime:
    """Give when to look again whether hands are missing, after ring number `ring` (from 0)."""
    waits = policy.unclaimed_after[urgency]
    return asked_at + waits[min(ring, len(waits) - 1)]


def check_at(
    urgency: Urgency, start_at: datetime | None, taken_at: datetime, policy: Policy
) -> datetime | None:
    """Give when a holder is asked 'still coming?'; None when the start is too near to ask."""
    if start_at is None:
        return taken_at + policy.check_after[urgency]
    asked_at = start_at - policy.before_start
    return asked_at if asked_at > taken_at else None


def is_overtaken(done_at: datetime, due_at: datetime, now: datetime, policy: Policy) -> bool:
    """Tell whether, after an outage, the next question about a silent 'done' is due as well."""
    return any(due_at < done_at + wait <= now for wait in policy.after_done)


def contact_visible(closed_at: datetime | None, now: datetime, policy: Policy) -> bool:
    """Tell whether a holder may see door and phone: while it lasts, and a set time after."""
    return closed_at is None or now < closed_at + policy.contact_kept


def free_at(hours: int, start_at: datetime | None, now: datetime, policy: Policy) -> bool:
    """Tell whether weekly hours cover the start, or the present where none was named."""
    return is_free(hours, start_at or now, policy.zone)
