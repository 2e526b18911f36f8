"""Clocks: working time counted without a gap, around the clock, and pauses."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from models.hours.rules.desk import MIDNIGHT, DeskHours, Interval, Workdays
from models.hours.rules.local_time import day_of, first_showing, in_utc

NUDGE_PERCENT = 80
"""How much of a promise is used up when its owner is nudged."""


class Clock(Protocol):
    """What a promise is counted by."""

    def runs(self, at: datetime) -> bool:
        """Return whether time counts at an instant."""
        ...

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the time counted from one instant to another."""
        ...

    def after(self, start: datetime, span: timedelta) -> datetime:
        """Return the earliest instant by which so much was counted; ValueError below zero."""
        ...


@dataclass(frozen=True)
class DeskClock:
    """Counts working time: while the desk is open on a working day."""

    hours: DeskHours
    is_workday: Workdays

    def runs(self, at: datetime) -> bool:
        """Return whether the desk is open."""
        return is_working(at, self.hours, self.is_workday)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from one instant to another."""
        return working_between(start, end, self.hours, self.is_workday)

    def after(self, start: datetime, span: timedelta) -> datetime:
        """Return the earliest instant by which so much working time has passed."""
        return add_working(start, span, self.hours, self.is_workday)


@dataclass(frozen=True)
class RoundTheClock:
    """Counts every hour, for an emergency."""

    def runs(self, at: datetime) -> bool:
        """Tell that it always runs."""
        in_utc(at)
        return True

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the time from one instant to another."""
        return in_utc(end) - in_utc(start)

    def after(self, start: datetime, span: timedelta) -> datetime:
        """Return the instant so much later."""
        if span < timedelta():
            raise ValueError(f"time to come is not below zero: {span}")
        return in_utc(start) + span


ROUND_THE_CLOCK = RoundTheClock()


@dataclass(frozen=True)
class ClockPause:
    """A time that does not count against whoever promised: the resident is waited for.

    One without an end still lasts. Pauses may overlap; what they cover is left out once.
    """

    begin: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        begin = in_utc(self.begin)
        if self.end is not None and in_utc(self.end) < begin:
            raise ValueError(f"a pause ends before it begins: {self.begin} to {self.end}")


def is_paused(at: datetime, pauses: Collection[ClockPause]) -> bool:
    """Return whether a clock stands still at an instant; at the end of a pause it runs again."""
    instant = in_utc(at)
    return any(
        in_utc(pause.begin) <= instant and (pause.end is None or instant < in_utc(pause.end))
        for pause in pauses
    )


def spent(
    clock: Clock, start: datetime, now: datetime, pauses: Collection[ClockPause] = ()
) -> timedelta:
    """Return how much of a promise is used up by `now`: counted time without the pauses.

    Nothing is before the start.
    """
    begin, until = in_utc(start), in_utc(now)
    used = timedelta()
    for since, to in _stretches(begin, pauses):
        end = until if to is None else min(to, until)
        if since < end:
            used += clock.between(since, end)
    return used


def deadline(
    clock: Clock, start: datetime, span: timedelta, pauses: Collection[ClockPause] = ()
) -> datetime | None:
    """Return the earliest instant by which `span` is used up, the pauses left out.

    None while a pause that began before then still lasts: nobody can say yet. Who has the task
    does not matter, so a hand-over never moves it.
    """
    left = span
    for since, to in _stretches(in_utc(start), pauses):
        if to is None:
            return clock.after(since, left)
        counted = clock.between(since, to)
        if counted >= left:
            return clock.after(since, left)
        left -= counted
    return None


def nudge_at(
    clock: Clock, start: datetime, span: timedelta, pauses: Collection[ClockPause] = ()
) -> datetime | None:
    """Return when NUDGE_PERCENT of a promise are used up; None as `deadline` has it."""
    return deadline(clock, start, span * NUDGE_PERCENT / 100, pauses)


def _stretches(
    start: datetime, pauses: Collection[ClockPause]
) -> Iterator[tuple[datetime, datetime | None]]:
    """Return what lies between the pauses, from `start` on; the last has no end unless paused."""
    since = start
    for pause in sorted(pauses, key=lambda each: in_utc(each.begin)):
        yield since, max(since, in_utc(pause.begin))
        if pause.end is None:
            return
        since = max(since, in_utc(pause.end))
    yield since, None


DAY = timedelta(days=1)


MOST_CLOSED_DAYS = 366
"""So many days on end without working time, and the calendar is broken: counting would not end."""


class NeverOpen(ValueError):  # noqa: N818 - the name says what was found
    """The calendar names no working day within a year."""


@dataclass(frozen=True)
class TimeSpan:
    """From one instant to another, in UTC, without the end."""

    begin: datetime
    end: datetime

    def within(self, start: datetime, end: datetime) -> timedelta:
        """Return how much of it lies between two instants."""
        return max(min(self.end, end) - max(self.begin, start), timedelta())


def is_working(instant: datetime, hours: DeskHours, is_workday: Workdays) -> bool:
    """Return whether the desk is open at an instant; it is not at the very end of its hours."""
    at = in_utc(instant)
    return any(span.begin <= at < span.end for span in _spans(at, at, hours, is_workday))


def working_between(
    start: datetime, end: datetime, hours: DeskHours, is_workday: Workdays
) -> timedelta:
    """Return the working time between two instants, below zero where the end lies before the start.

    It is time that passes: an hour that clocks skip does not count, one they repeat counts twice.
    """
    begin, until = in_utc(start), in_utc(end)
    if until < begin:
        return -working_between(until, begin, hours, is_workday)
    spans = _spans(begin, until, hours, is_workday)
    return sum((span.within(begin, until) for span in spans), timedelta())


def add_working(
    start: datetime, span: timedelta, hours: DeskHours, is_workday: Workdays
) -> datetime:
    """Return the earliest instant by which so much working time has passed since the start.

    Eight hours from opening end at closing, not at the next opening; nothing from `start` is
    `start` itself. ValueError for a span below zero, NeverOpen for a calendar without working days.
    """
    begin, left = in_utc(start), span
    if left < timedelta():
        raise ValueError(f"working time to come is not below zero: {span}")
    day, closed = day_of(begin, hours.zone), 0
    while left and closed < MOST_CLOSED_DAYS:
        closed += 1
        for each in _open_on(day, hours, is_workday):
            opens = max(begin, each.begin)
            if each.end - opens >= left:
                return opens + left
            left -= max(each.end - opens, timedelta())
            closed = 0
        day += DAY
    if left:
        raise NeverOpen(f"no working day in the {MOST_CLOSED_DAYS} days before {day}")
    return begin


def _spans(
    start: datetime, end: datetime, hours: DeskHours, is_workday: Workdays
) -> Iterator[TimeSpan]:
    """Return the spans of every day that can touch the time between two instants.

    Clocks put back over midnight show the old date again after the new day's hours have begun:
    hence one day more.
    """
    day, last = day_of(start, hours.zone), day_of(end, hours.zone) + DAY
    while day <= last:
        yield from _open_on(day, hours, is_workday)
        day += DAY


def _open_on(day: date, hours: DeskHours, is_workday: Workdays) -> Iterator[TimeSpan]:
    if is_workday(day):
        for interval in hours.on(day):
            yield _span(day, interval, hours.zone)


def _span(day: date, interval: Interval, zone: str) -> TimeSpan:
    closing_day = day + DAY if interval.closes == MIDNIGHT else day
    return TimeSpan(
        first_showing(day, interval.opens, zone),
        first_showing(closing_day, interval.closes, zone),
    )
