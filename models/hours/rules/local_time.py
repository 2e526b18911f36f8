"""From the clock on the wall to instants, and the rule where clocks are put forward or back."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)


def in_utc(instant: datetime) -> datetime:
    """Return an aware instant in UTC; ValueError for a naive one."""
    if instant.utcoffset() is None:
        raise ValueError(f"an instant needs a time zone: {instant!r}")
    return instant.astimezone(UTC)


def day_of(instant: datetime, zone: str) -> date:
    """Return the date that calendars of a zone show at an instant."""
    return in_utc(instant).astimezone(ZoneInfo(zone)).date()


def first_showing(day: date, at: time, zone: str) -> datetime:
    """Give, in UTC, when the clocks of a zone first show a time of a day, or pass over it.

    A time that clocks put back show twice means its first showing; a time that clocks put
    forward skip means the moment of the jump. So a later time never falls earlier, and the
    spans of a day never overlap.
    """
    wall, clocks = datetime.combine(day, at), ZoneInfo(zone)
    instant = wall.replace(tzinfo=clocks).astimezone(UTC)
    if instant.astimezone(clocks).replace(tzinfo=None) == wall:
        return instant
    return _jump(wall, clocks)


def _jump(skipped: datetime, clocks: ZoneInfo) -> datetime:
    """Find the second at which clocks jump over a time: PEP 495's two readings lie around it."""
    before = skipped.replace(tzinfo=clocks, fold=1).astimezone(UTC)
    after = skipped.replace(tzinfo=clocks, fold=0).astimezone(UTC)
    old = before.astimezone(clocks).utcoffset()
    seconds = range((after - before) // SECOND + 1)

    def has_jumped(second: int) -> bool:
        return (before + second * SECOND).astimezone(clocks).utcoffset() != old

    return before + bisect_left(seconds, x=True, key=has_jumped) * SECOND
