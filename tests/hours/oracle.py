"""The slow way to count working time: somebody sits before the desk and looks every minute."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from models.hours.rules.desk import DeskHours, Workdays

MINUTE = timedelta(minutes=1)
DAY = 24 * 60


@dataclass(frozen=True)
class Watch:
    """A desk, its calendar, and the days from which to which somebody watches it."""

    name: str
    hours: DeskHours
    is_workday: Workdays
    first: date
    last: date

    @property
    def start(self) -> datetime:
        return datetime(self.first.year, self.first.month, self.first.day, tzinfo=UTC)

    @property
    def minutes(self) -> int:
        return (self.last - self.first).days * DAY

    def at(self, minute: int) -> datetime:
        return self.start + minute * MINUTE


def looks(watch: Watch) -> Iterator[bool]:
    """Tell minute after minute whether the desk is open.

    Whoever opens and closes does so when the clock on the wall first reaches or passes the time:
    clocks that go back afterwards are not heeded, so only the latest time shown so far counts.
    """
    clocks, latest = ZoneInfo(watch.hours.zone), datetime.min  # noqa: DTZ901 - a wall's time
    open_in = [_minutes_open(watch.hours, day) for day in range(7)]
    at, start, day, open_today, is_open = watch.at(-DAY), watch.start, 0, frozenset[int](), False
    for _ in range(-DAY, watch.minutes):
        shown = at.astimezone(clocks).replace(tzinfo=None)
        if shown > latest:
            latest = shown
            if shown.day != day:
                day, works = shown.day, watch.is_workday(shown.date())
                open_today = open_in[shown.weekday()] if works else frozenset()
            is_open = shown.hour * 60 + shown.minute in open_today
        if at >= start:
            yield is_open
        at += MINUTE


def _minutes_open(hours: DeskHours, weekday: int) -> frozenset[int]:
    """Give the open minutes of a weekday from midnight; of one without, the first that has any."""
    intervals = hours.week[weekday] or next(day for day in hours.week if day)
    return frozenset(
        minute
        for each in intervals
        for minute in range(
            each.opens.hour * 60 + each.opens.minute,
            each.closes.hour * 60 + each.closes.minute or DAY,
        )
    )


@cache
def tally(watch: Watch) -> "array[int]":
    """Give, for every minute from the start, how many minutes the desk was open before it."""
    return array("l", accumulate(looks(watch), initial=0))


def is_open(watch: Watch, minute: int) -> bool:
    counts = tally(watch)
    return counts[minute + 1] > counts[minute]


def between(watch: Watch, start: int, end: int) -> int:
    counts = tally(watch)
    return counts[end] - counts[start]


def after(watch: Watch, start: int, span: int) -> int:
    """Give the first minute at which `span` minutes were counted; past the end for never."""
    counts = tally(watch)
    return bisect_left(counts, counts[start] + span, lo=start)
