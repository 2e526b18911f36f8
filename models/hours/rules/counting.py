"""Counting working time: only while the desk is open on a working day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.hours.rules.desk import MIDNIGHT, DeskHours, Interval, Workdays
from models.hours.rules.instants import day_of, first_showing, in_utc

DAY = timedelta(days=1)
MOST_CLOSED_DAYS = 366
"""So many days on end without working time, and the calendar is broken: counting would not end."""


class NeverOpen(ValueError):  # noqa: N818 - the name says what was found
    """The calendar names no working day within a year."""


@dataclass(frozen=True)
class Span:
    """From one instant to another, in UTC, without the end."""

    begin: datetime
    end: datetime

    def within(self, start: datetime, end: datetime) -> timedelta:
        """Give how much of it lies between two instants."""
        return max(min(self.end, end) - max(self.begin, start), timedelta())


def is_working(instant: datetime, hours: DeskHours, is_workday: Workdays) -> bool:
    """Tell whether the desk is open at an instant; it is not at the very end of its hours."""
    at = in_utc(instant)
    return any(span.begin <= at < span.end for span in _spans(at, at, hours, is_workday))


def working_between(
    start: datetime, end: datetime, hours: DeskHours, is_workday: Workdays
) -> timedelta:
    """Give the working time between two instants, below zero where the end lies before the start.

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
    """Give the earliest instant by which so much working time has passed since the start.

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
) -> Iterator[Span]:
    """Give the spans of every day that can touch the time between two instants.

    Clocks put back over midnight show the old date again after the new day's hours have begun:
    hence one day more.
    """
    day, last = day_of(start, hours.zone), day_of(end, hours.zone) + DAY
    while day <= last:
        yield from _open_on(day, hours, is_workday)
        day += DAY


def _open_on(day: date, hours: DeskHours, is_workday: Workdays) -> Iterator[Span]:
    if is_workday(day):
        for interval in hours.on(day):
            yield _span(day, interval, hours.zone)


def _span(day: date, interval: Interval, zone: str) -> Span:
    closing_day = day + DAY if interval.closes == MIDNIGHT else day
    return Span(
        first_showing(day, interval.opens, zone),
        first_showing(closing_day, interval.closes, zone),
    )
