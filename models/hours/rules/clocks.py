"""The clock of a promise: which time it counts, when it stands still, when it runs out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from models.hours.rules.counting import add_working, is_working, working_between
from models.hours.rules.desk import DeskHours, Workdays
from models.hours.rules.instants import in_utc

NUDGE_PERCENT = 80
"""How much of a promise is used up when its owner is nudged."""


class Clock(Protocol):
    """What a promise is counted by."""

    def runs(self, at: datetime) -> bool:
        """Tell whether time counts at an instant."""
        ...

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Give the time counted from one instant to another."""
        ...

    def after(self, start: datetime, span: timedelta) -> datetime:
        """Give the earliest instant by which so much was counted; ValueError below zero."""
        ...


@dataclass(frozen=True)
class DeskClock:
    """Counts working time: while the desk is open on a working day."""

    hours: DeskHours
    is_workday: Workdays

    def runs(self, at: datetime) -> bool:
        """Tell whether the desk is open."""
        return is_working(at, self.hours, self.is_workday)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Give the working time from one instant to another."""
        return working_between(start, end, self.hours, self.is_workday)

    def after(self, start: datetime, span: timedelta) -> datetime:
        """Give the earliest instant by which so much working time has passed."""
        return add_working(start, span, self.hours, self.is_workday)


@dataclass(frozen=True)
class RoundTheClock:
    """Counts every hour, for an emergency."""

    def runs(self, at: datetime) -> bool:
        """Tell that it always runs."""
        in_utc(at)
        return True

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Give the time from one instant to another."""
        return in_utc(end) - in_utc(start)

    def after(self, start: datetime, span: timedelta) -> datetime:
        """Give the instant so much later."""
        if span < timedelta():
            raise ValueError(f"time to come is not below zero: {span}")
        return in_utc(start) + span


ROUND_THE_CLOCK = RoundTheClock()


@dataclass(frozen=True)
class Pause:
    """A time that does not count against whoever promised: the resident is waited for.

    One without an end still lasts. Pauses may overlap; what they cover is left out once.
    """

    begin: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        begin = in_utc(self.begin)
        if self.end is not None and in_utc(self.end) < begin:
            raise ValueError(f"a pause ends before it begins: {self.begin} to {self.end}")


def is_paused(at: datetime, pauses: Collection[Pause]) -> bool:
    """Tell whether a clock stands still at an instant; at the end of a pause it runs again."""
    instant = in_utc(at)
    return any(
        in_utc(pause.begin) <= instant and (pause.end is None or instant < in_utc(pause.end))
        for pause in pauses
    )


def spent(
    clock: Clock, start: datetime, now: datetime, pauses: Collection[Pause] = ()
) -> timedelta:
    """Give how much of a promise is used up by `now`: counted time without the pauses.

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
    clock: Clock, start: datetime, span: timedelta, pauses: Collection[Pause] = ()
) -> datetime | None:
    """Give the earliest instant by which `span` is used up, the pauses left out.

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
    clock: Clock, start: datetime, span: timedelta, pauses: Collection[Pause] = ()
) -> datetime | None:
    """Give when NUDGE_PERCENT of a promise are used up; None as `deadline` has it."""
    return deadline(clock, start, span * NUDGE_PERCENT / 100, pauses)


def _stretches(
    start: datetime, pauses: Collection[Pause]
) -> Iterator[tuple[datetime, datetime | None]]:
    """Give what lies between the pauses, from `start` on; the last has no end unless paused."""
    since = start
    for pause in sorted(pauses, key=lambda each: in_utc(each.begin)):
        yield since, max(since, in_utc(pause.begin))
        if pause.end is None:
            return
        since = max(since, in_utc(pause.end))
    yield since, None
