"""How each kind of value is written in the file, and read back."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import pairwise
from typing import Any, Generic, TypeVar

from models.hours.rules.desk import DeskHours
from models.hours.rules.desk_hours_text import Unreadable, read, written
from models.hours.rules.quiet import QuietHours
from models.policy.rules import Span

T = TypeVar("T")

UNITS = ("days", "hours", "minutes")
PART = re.compile(r"(\d{1,6}) *(day|hour|minute)s?")
LONGEST = timedelta(days=3660)
"""Ten years: no promise is longer, and deadlines stay within what a calendar holds."""

TIME = re.compile(r"\d{1,2}:\d{2}")
TIMES = re.compile(rf"({TIME.pattern}) *[-–—] *({TIME.pattern})")
NEVER = "never"
ALL = "all"


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A kind of value: what it takes, in words, and how it is read and written."""

    takes: str
    read: Callable[[Any], T]
    """From what TOML holds; ValueError for what it does not take."""
    write: Callable[[T], str]
    """As TOML; reads back as the same."""
    note: str = ""
    """What whoever writes it should know besides."""
    none: str = ""
    """How None is written, where it may stand."""


def _text(found: Any) -> str:
    """Return what was written, without regard to case and white space around it."""
    if isinstance(found, str):
        return found.strip().lower()
    raise ValueError(found)


def whole(least: int, most: int) -> Kind[int]:
    """Make the kind of whole numbers in a range."""

    def reading(found: Any) -> int:
        if type(found) is not int or not least <= found <= most:
            raise ValueError
        return found

    return Kind(f"a whole number from {least} to {most}", reading, str)


def length(*, nothing: bool = False) -> Kind[timedelta]:
    """Make the kind of lengths of time by the clock; zero only where `nothing` is allowed."""

    def reading(found: Any) -> timedelta:
        return timedelta(**_parts(found, nothing=nothing))

    return Kind(_takes_length(nothing=nothing), reading, _written_length)


def span(*, nothing: bool = False) -> Kind[Span]:
    """Make the kind of promised lengths of time, whose days are the desk's."""

    def reading(found: Any) -> Span:
        return Span(**_parts(found, nothing=nothing))

    def write(value: Span) -> str:
        return _in_words({unit: getattr(value, unit) for unit in UNITS})

    note = "A day is a working day of the desk, but for emergencies."
    return Kind(_takes_length(nothing=nothing), reading, write, note)


def _takes_length(*, nothing: bool) -> str:
    least = "" if nothing else ", more than nothing"
    return f"a length of time like '15 minutes', '2 hours' or '1 day 12 hours'{least}"


def _parts(found: Any, *, nothing: bool) -> dict[str, int]:
    """Read days, hours and minutes, each at most once and in this order."""
    said = _text(found)
    named = [(f"{unit}s", int(number)) for number, unit in PART.findall(said)]
    places = [UNITS.index(unit) for unit, _ in named]
    if PART.sub("", said).strip(" ,") or not named or places != sorted(set(places)):
        raise ValueError
    parts = dict(named)
    if timedelta(**parts) > LONGEST or not (nothing or any(parts.values())):
        raise ValueError
    return parts


def _written_length(value: timedelta) -> str:
    minutes = value // timedelta(minutes=1)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return _in_words({"days": days, "hours": hours, "minutes": minutes})


def _in_words(parts: dict[str, int]) -> str:
    said = [
        f"{number} {unit if number != 1 else unit.removesuffix('s')}"
        for unit, number in parts.items()
        if number
    ]
    return json.dumps(" ".join(said) or "0 minutes")


def rising(kind: Kind[Any]) -> Kind[tuple[Any, ...]]:
    """Make the kind of lists, each item greater than the one before, with at least one."""

    def reading(found: Any) -> tuple[Any, ...]:
        items = _items(found, kind.read)
        if any(one >= then for one, then in pairwise(items)):
            raise ValueError
        return items

    takes = f"a list, each greater than the one before: {kind.takes}"
    return Kind(takes, reading, _lister(kind.write))


def rings(most: int) -> Kind[tuple[int | None, ...]]:
    """Make the kind of ring sizes; the last ring may be everybody."""
    size = whole(1, most)

    def reading(found: Any) -> tuple[int | None, ...]:
        items = _items(found, lambda one: None if one == ALL else size.read(one))
        if None in items[:-1]:
            raise ValueError
        return items

    def write(item: int | None) -> str:
        return json.dumps(ALL) if item is None else size.write(item)

    takes = f"a list of at least one ring: {size.takes} each, the last may be '{ALL}'"
    return Kind(takes, reading, _lister(write), none=ALL)


def _items(found: Any, read: Callable[[Any], Any]) -> tuple[Any, ...]:
    if not isinstance(found, list) or not found:
        raise ValueError
    return tuple(read(one) for one in found)


def _lister(write: Callable[[Any], str]) -> Callable[[Iterable[Any]], str]:
    return lambda items: f"[{', '.join(write(item) for item in items)}]"


def _read_times(found: Any) -> tuple[time, time]:
    parts = TIMES.fullmatch(_text(found))
    if parts is None:
        raise ValueError
    ends = time() if parts[2] == "24:00" else _time(parts[2])
    return _time(parts[1]), ends


def _time(said: str) -> time:
    hour, minute = said.split(":")
    return time(int(hour), int(minute))


def _write_times(begins: time, ends: time) -> str:
    return f"{begins:%H:%M}-{ends:%H:%M}"


def moment() -> Kind[time | None]:
    """Make the kind of times of the day, or never."""

    def reading(found: Any) -> time | None:
        said = _text(found)
        if said == NEVER:
            return None
        if not TIME.fullmatch(said):
            raise ValueError
        return _time(said)

    def write(value: time | None) -> str:
        return json.dumps(NEVER if value is None else f"{value:%H:%M}")

    return Kind(f"a time like '08:30', or '{NEVER}'", reading, write, none=NEVER)


def quiet(zone: str) -> Kind[QuietHours]:
    """Make the kind of quiet hours by the clocks of a zone."""

    def reading(found: Any) -> QuietHours:
        return QuietHours(*_read_times(found), zone)

    def write(value: QuietHours) -> str:
        return json.dumps(_write_times(value.begins, value.ends))

    return Kind("two different times like '21:30-07:30'", reading, write)


def desk(zone: str) -> Kind[DeskHours]:
    """Make the kind of desk hours by the clocks of a zone, written as staff write their own."""

    def read_week(found: Any) -> DeskHours:
        hours = read(_text(found), zone)
        if isinstance(hours, Unreadable):
            raise ValueError(hours)  # noqa: TRY004 - the words are wrong, not their type
        return hours

    takes = "days with their hours, like 'mon-fri 08:30-12:00 13:30-18:00; sat 09:00-12:00'"
    return Kind(takes, read_week, lambda value: json.dumps(written(value)))
