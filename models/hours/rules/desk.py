"""The hours of a desk, and which days count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

MIDNIGHT = time(0)
WEEK = 7


class Workdays(Protocol):
    """A calendar: tells of a date whether it is a working day, make-up days among them."""

    def __call__(self, day: date, /) -> bool:
        """Return whether the desk works on this day."""
        ...


def weekdays(day: date) -> bool:
    """Tell of a day whether it is one from Monday to Friday: the calendar that knows no feasts."""
    return day.weekday() < 5


@dataclass(frozen=True)
class Interval:
    """From one time of a day to a later one, on the clock of the place.

    `closes` is no longer part of it; midnight there means the end of the day.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError("desk hours are times on the wall, without a zone")
        if self.closes != MIDNIGHT and self.closes <= self.opens:
            raise ValueError(f"hours end before they begin: {self.opens} to {self.closes}")

    @property
    def length(self) -> timedelta:
        """How long it is on a day when clocks are not changed."""
        opens = datetime.combine(date.min, self.opens)
        days = 1 if self.closes == MIDNIGHT else 0
        return datetime.combine(date.min + timedelta(days), self.closes) - opens


@dataclass(frozen=True)
class DeskHours:
    """When a desk is open: intervals for each weekday, Monday first, by the clocks of a zone.

    The calendar says which days count, these hours how long they are: on a day that is no
    working day nothing counts. A working day whose weekday has no hours (a make-up Saturday)
    has those of the first weekday that has some.
    """

    week: tuple[tuple[Interval, ...], ...]
    zone: str

    def __post_init__(self) -> None:
        ZoneInfo(self.zone)
        if len(self.week) != WEEK:
            raise ValueError(f"a week has {WEEK} days, not {len(self.week)}")
        if not any(self.week):
            raise ValueError("a desk is open at some time of the week")
        if not all(_in_order(intervals) for intervals in self.week):
            raise ValueError("the hours of a day follow one another and do not overlap")

    def on(self, day: date) -> tuple[Interval, ...]:
        """Return the hours of a working day."""
        return self.week[day.weekday()] or next(filter(None, self.week))

    def days(self, number: int) -> timedelta:
        """Return so many working days as working time; a day is the longest of the week."""
        longest = max(sum((each.length for each in day), timedelta()) for day in self.week)
        return number * longest


def _in_order(intervals: Sequence[Interval]) -> bool:
    return all(
        first.closes != MIDNIGHT and first.closes <= then.opens
        for first, then in pairwise(intervals)
    )


_OFFICE = (Interval(time(8, 30), time(12)), Interval(time(13, 30), time(18)))

DESK = DeskHours((*[_OFFICE] * 5, (), ()), "Asia/Shanghai")
"""The default: eight hours on five days, the standard working time by the State Council's
provisions of 1995 (国务院关于职工工作时间的规定, articles 3 and 7)."""
