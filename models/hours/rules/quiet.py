"""Quiet hours: nobody is disturbed, but for an emergency."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.hours.rules.local_time import day_of, first_showing, in_utc

DAY = timedelta(days=1)
DAYS_AROUND = range(-1, 4)
"""Days whose night can touch an instant, or the end of the quiet it falls in: the night before,
this one, and two more where the calendar of a place skips a day."""


@dataclass(frozen=True)
class QuietHours:
    """From one time of the day to another, over midnight where the end is the earlier one."""

    begins: time
    ends: time
    zone: str

    def __post_init__(self) -> None:
        ZoneInfo(self.zone)
        if self.begins.tzinfo or self.ends.tzinfo:
            raise ValueError("quiet hours are times on the wall, without a zone")
        if self.begins == self.ends:
            raise ValueError("quiet hours end at another time than they begin")


QUIET = QuietHours(time(21, 30), time(7, 30), "Asia/Shanghai")
"""The default, 21:30 to 07:30."""


def in_quiet_hours(instant: datetime, quiet: QuietHours) -> bool:
    """Return whether an instant is in quiet hours; their end is not."""
    at = in_utc(instant)
    return any(begin <= at < end for begin, end in _nights(at, quiet))


def next_quiet_end(instant: datetime, quiet: QuietHours) -> datetime:
    """Give the next instant, in UTC, at which quiet hours end, those that last or those to come."""
    at = in_utc(instant)
    ends = (end for begin, end in _nights(at, quiet) if at < end and begin < end)
    return next(end for end in ends if not in_quiet_hours(end, quiet))


def quiet_began(instant: datetime, quiet: QuietHours) -> datetime:
    """Give, in UTC, when the quiet hours an instant falls in began; the instant where in none."""
    at = in_utc(instant)
    return min((begin for begin, end in _nights(at, quiet) if begin <= at < end), default=at)


def out_of_quiet(instant: datetime, quiet: QuietHours) -> datetime:
    """Return the instant itself, in UTC, or where it is in quiet hours their end."""
    at = in_utc(instant)
    return next_quiet_end(at, quiet) if in_quiet_hours(at, quiet) else at


def _nights(at: datetime, quiet: QuietHours) -> Iterator[tuple[datetime, datetime]]:
    today = day_of(at, quiet.zone)
    over_midnight = DAY if quiet.ends < quiet.begins else timedelta()
    for away in DAYS_AROUND:
        day = today + away * DAY
        yield (
            first_showing(day, quiet.begins, quiet.zone),
            first_showing(day + over_midnight, quiet.ends, quiet.zone),
        )
