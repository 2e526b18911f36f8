"""At which hours somebody is asked, and from when on a sign of theirs is looked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from models.daychecks.rules.states import DayOutcome
from models.hours.rules.local_time import day_of, first_showing
from models.hours.rules.quiet import QuietHours, in_quiet_hours
from models.records.rules import Refusal

FIRST_HOUR, LAST_HOUR = 5, 21
EARLY = time(FIRST_HOUR)
"""From then on whatever somebody does is a sign of that day."""
APART = 4
"""Hours between the two of a day."""
FARTHEST = timedelta(days=180)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class CheckHours:
    """At which hours of the day somebody is asked."""

    first: int
    second: int | None = None


@dataclass(frozen=True)
class DayAsking:
    """One asking of a day: from when on a sign counts, and when the question comes."""

    day: date
    part: int
    from_at: datetime
    ask_at: datetime

    @property
    def key(self) -> tuple[date, int]:
        """Return what orders askings."""
        return self.day, self.part


def wrong_hours(hours: CheckHours, now: datetime, quiet: QuietHours) -> DayOutcome | None:
    """Return what is wrong with hours; None where nothing is."""
    each = [one for one in (hours.first, hours.second) if one is not None]
    if not all(FIRST_HOUR <= one <= LAST_HOUR for one in each):
        return DayOutcome.OUTSIDE
    if hours.second is not None and hours.second - hours.first < APART:
        return DayOutcome.TOO_CLOSE
    hour = now.astimezone(ZoneInfo(quiet.zone)).hour
    return DayOutcome.QUIET_NOW if hour in each and in_quiet_hours(now, quiet) else None


def wrong_rest(until: date, now: datetime, zone: str) -> Refusal | None:
    """Return why nobody can be away until a day: it is past, or too far ahead."""
    today = day_of(now, zone)
    return None if today <= until <= today + FARTHEST else Refusal.BAD_DATE


def askings(hours: CheckHours, day: date, zone: str) -> list[DayAsking]:
    """List the askings of a day, in order.

    Those of one day lie behind one another, and behind those of the day before.
    """
    first = DayAsking(
        day, 0, first_showing(day, EARLY, zone), first_showing(day, time(hours.first), zone)
    )
    if hours.second is None:
        return [first]
    middle = first_showing(day, time((hours.first + hours.second) // 2), zone)
    return [first, DayAsking(day, 1, middle, first_showing(day, time(hours.second), zone))]


def asking_at(hours: CheckHours, at: datetime, zone: str) -> DayAsking:
    """Return the asking that a sign at an instant is for."""
    near = _around(hours, day_of(at, zone) - DAY, zone)
    found = next(near)
    for one in near:
        if one.from_at > at:
            return found
        found = one
    raise AssertionError


def next_window(
    hours: CheckHours, after: datetime, zone: str, rest_until: date | None = None
) -> DayAsking:
    """Return the first asking for which a sign counts only after an instant, and after a rest."""
    found = _around(hours, day_of(after, zone) - DAY, zone)
    return next(one for one in found if one.from_at > after and _awake(one, rest_until))


def last_asked(hours: CheckHours, now: datetime, zone: str) -> DayAsking:
    """Return the latest asking whose hour has come."""
    near = _around(hours, day_of(now, zone) - DAY, zone)
    found = next(near)
    for one in near:
        if one.ask_at > now:
            return found
        found = one
    raise AssertionError


def next_asked(
    hours: CheckHours, now: datetime, zone: str, rest_until: date | None = None
) -> DayAsking:
    """Return the first asking whose hour is still to come, after a rest."""
    found = _around(hours, day_of(now, zone) - DAY, zone)
    return next(one for one in found if one.ask_at > now and _awake(one, rest_until))


def _awake(one: DayAsking, rest_until: date | None) -> bool:
    return rest_until is None or one.day > rest_until


def _around(hours: CheckHours, day: date, zone: str) -> Iterator[DayAsking]:
    for number in count():
        yield from askings(hours, day + number * DAY, zone)
