"""Delivery: dates, what is late, and what stars come to."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from models.hours.rules.clocks import Clock
from models.policy.rules import Span
from models.proposals.rules.limits import STARS
from models.proposals.rules.states import Move, State

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
    """Return whether a delivery is underway: a person and a date are named."""
    return person_id is not None and due_at is not None


def month_later(day: date, months: int) -> date:
    """Return the same day so many months later; the last of a month that is too short for it."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_good_date(due_at: datetime, now: datetime) -> bool:
    """Return whether something may be due then: later than now, within two years."""
    return now < due_at <= now + FARTHEST


def assign_by(adopted_at: datetime, clock: Clock) -> datetime:
    """Return by when somebody has to be named who delivers what was adopted."""
    return clock.after(adopted_at, ASSIGN_WITHIN.by(clock))


def street_at(due_at: datetime, clock: Clock) -> datetime:
    """Return when the street is told of what is late: a working week after its date."""
    return clock.after(due_at, STREET_AFTER.by(clock))


@dataclass(frozen=True)
class StarsTally:
    """How many have rated, and all their stars together."""

    count: int = 0
    total: int = 0

    @classmethod
    def of(cls, stars: Iterable[int]) -> Self:
        """Count ratings; ValueError for stars that nobody can give."""
        given = list(stars)
        if any(one not in STARS for one in given):
            raise ValueError(f"stars are {STARS.start} to {STARS.stop - 1}: {given}")
        return cls(len(given), sum(given))

    @property
    def mean(self) -> float | None:
        """Return the mean of stars; None where nobody has rated."""
        return self.total / self.count if self.count else None


def ends_with(tally: StarsTally, content_from: int) -> Move:
    """Return how the time for rating ends: well where they are content, or nobody said a word.

    Content means a mean of `content_from` or more, compared in whole numbers, so that no rounding
    ever decides.
    """
    content = tally.total >= content_from * tally.count
    return Move.END_WELL if content else Move.END_BADLY


def may_still_rate(rate_by: datetime | None, now: datetime) -> bool:
    """Return whether the time for rating runs: until the instant at which it ends."""
    return rate_by is not None and now < rate_by
