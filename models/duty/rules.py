"""Who is on duty, and how setting it turns out."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

WEEK = range(7)
"""Days of the week; 0 is Monday."""


class DutySet(StrEnum):
    """What became of setting who is on duty."""

    SET = "set"
    CLEARED = "cleared"
    """Nobody is on duty that day."""
    NOT_STAFF = "not_staff"
    """The person does not work at the place."""
    BAD_DAY = "bad_day"
    NO_SUCH_PLACE = "no_such_place"
    NOT_ALLOWED = "not_allowed"


class DutyEntry(NamedTuple):
    """Who is on duty at a place; `depth` counts the places above it."""

    person_id: int
    depth: int


def weekday_at(now: datetime, zone: str) -> int:
    """Return the day of the week on the clocks of a zone; 0 is Monday."""
    return now.astimezone(ZoneInfo(zone)).weekday()


def in_turn(entries: Iterable[DutyEntry]) -> list[int]:
    """List who is on duty from the nearest place upwards, each once."""
    ordered = sorted(entries, key=lambda one: -one.depth)
    return list(dict.fromkeys(one.person_id for one in ordered))
