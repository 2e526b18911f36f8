"""Who delivers what was adopted, until when; standard library only."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.hours.rules.clocks import Clock
from models.policy.rules import Span
from models.proposals.rules.states import State

ASSIGN_WITHIN = Span(days=5)
"""From adopting to naming who delivers it, in working time; then the secretaries are reminded."""

STREET_AFTER = Span(days=5)
"""From a date that has passed, in working time, to telling the street: one working week."""

FARTHEST = timedelta(days=731)
"""A date of delivery lies within two years."""

MONTHS_OFFERED = (1, 3, 6)
"""Months from today that a tap names; any other day is written."""

IN_DELIVERY = frozenset({State.ADOPTED, State.UNDERWAY, State.DELIVERED, State.RATED, State.CLOSED})
"""From being adopted on: what stands on the yearly list."""

TO_BE_DELIVERED = frozenset({State.ADOPTED, State.UNDERWAY})
"""Somebody owes the delivery."""


class News(StrEnum):
    """What those who back a proposal are told on its way; `detail['what']` of PROGRESS."""

    UNDERWAY = "underway"
    """Somebody answers for it now, until a date."""
    DATE = "date"
    """It has another date."""
    NOTE = "note"
    OVERDUE = "overdue"
    RATED = "rated"
    """They were not content: the secretary has to look again."""
    REDO = "redo"


def is_underway(person_id: int | None, due_at: datetime | None) -> bool:
    """Tell whether a delivery is underway: a person and a date are named."""
    return person_id is not None and due_at is not None


def month_later(day: date, months: int) -> date:
    """Give the same day so many months later; the last of a month that is too short for it."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_good_date(due_at: datetime, now: datetime) -> bool:
    """Tell whether something may be due then: later than now, within two years."""
    return now < due_at <= now + FARTHEST


def assign_by(adopted_at: datetime, clock: Clock) -> datetime:
    """Give by when somebody has to be named who delivers what was adopted."""
    return clock.after(adopted_at, ASSIGN_WITHIN.by(clock))


def street_at(due_at: datetime, clock: Clock) -> datetime:
    """Give when the street is told of what is late: a working week after its date."""
    return clock.after(due_at, STREET_AFTER.by(clock))
