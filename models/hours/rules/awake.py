"""The clock of people who may be disturbed: it stands still in quiet hours."""

from datetime import date

from models.hours.rules.clocks import DeskClock
from models.hours.rules.desk import MIDNIGHT, WEEK, DeskHours, Interval
from models.hours.rules.quiet import QuietHours


def waking_clock(quiet: QuietHours) -> DeskClock:
    """Return the clock that counts the hours of every day outside quiet ones."""
    return DeskClock(DeskHours((_awake(quiet),) * WEEK, quiet.zone), _every_day)


def _every_day(_day: date, /) -> bool:
    return True


def _awake(quiet: QuietHours) -> tuple[Interval, ...]:
    if quiet.ends < quiet.begins:
        return (Interval(quiet.ends, quiet.begins),)
    before = () if quiet.begins == MIDNIGHT else (Interval(MIDNIGHT, quiet.begins),)
    return (*before, Interval(quiet.ends, MIDNIGHT))
