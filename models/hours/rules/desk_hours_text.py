"""Desk hours as people write them: 'mon-fri 08:30-12:00 13:30-18:00; sat 09:00-12:00'."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import time
from enum import StrEnum

from models.hours.rules.desk import MIDNIGHT, WEEK, DeskHours, Interval

MOST_INTERVALS = 4
"""In a day; so a week is at most 400 characters long."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHINESE_DAYS = "一二三四五六日"
EVERY_DAY = "每天"
WORKDAYS = "工作日"


class Unreadable(StrEnum):
    """Why words are no desk hours."""

    NO_DAYS = "no_days"
    """A part does not begin with the days it is about."""
    NO_TIMES = "no_times"
    """Days stand there without times."""
    BAD_TIME = "bad_time"
    """Not a time of the day, or one that ends before it begins."""
    OVERLAP = "overlap"
    """The times of a day do not follow one another."""
    TWICE = "twice"
    """A day is named twice."""
    TOO_MANY = "too_many"
    """More than MOST_INTERVALS in a day."""


class HoursSet(StrEnum):
    """What became of setting the hours of a place."""

    SET = "set"
    CLEARED = "cleared"
    NO_SUCH_PLACE = "no_such_place"
    NOT_ALLOWED = "not_allowed"


_DAY = "|".join(DAYS)
_DAYS = re.compile(rf"({_DAY})(?:-({_DAY}))?")
_TIMES = re.compile(r"(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?")
_ENGLISH = re.compile(rf"\b({_DAY})[a-z]*\b")
_CHINESE = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_DASH = re.compile(r"\s*(?:[-–—~〜至到]|\bto\b)+\s*")
_BETWEEN = re.compile(r"[;,、。和及]|\band\b")
_O_CLOCK = re.compile(r"(\d{1,2})[点时](半|\d{2}分?)?")


def written(hours: DeskHours) -> str:
    """Put the week of desk hours down so that `read` gives it back; at most 400 characters.

    Days that follow one another and have the same hours stand together; closed ones are left out.
    """
    parts = []
    for first, last, intervals in stretches(hours):
        days = DAYS[first] if last == first else f"{DAYS[first]}-{DAYS[last]}"
        parts.append(" ".join([days, *(spelt(each) for each in intervals)]))
    return "; ".join(parts)


def stretches(hours: DeskHours) -> Iterator[tuple[int, int, tuple[Interval, ...]]]:
    """Return the open days as (first, last, hours): neighbours with the same hours together."""
    day = 0
    while day < WEEK:
        last = day
        while last + 1 < WEEK and hours.week[last + 1] == hours.week[day]:
            last += 1
        if hours.week[day]:
            yield day, last, hours.week[day]
        day = last + 1


def read(text: str, zone: str) -> DeskHours | Unreadable:
    """Read desk hours as written down or typed: '周一至周五 8:30-12:00 13:30-18:00；周六 9点-12点'.

    Days stand before their times, parts are set apart by semicolons, lines or the next days.
    """
    week: list[tuple[Interval, ...]] = [()] * WEEK
    named: set[int] = set()
    for days, times in _parts(_plain(text)):
        intervals = _intervals(times)
        if isinstance(intervals, Unreadable):
            return intervals
        if named & days:
            return Unreadable.TWICE
        named |= days
        for day in days:
            week[day] = intervals
    return DeskHours(tuple(week), zone) if named else Unreadable.NO_DAYS


def span_in(text: str) -> tuple[str, str] | None:
    """Return the two ends of one span of hours in words, '晚上9点到早上7点', as they are written;
    None where these are not two. It may reach over midnight."""
    plain = unicodedata.normalize("NFKC", text).lower().strip(" 。.!")
    ends = _DASH.split(re.sub(r"^(?:从|自|from\b)\s*", "", plain))
    return (ends[0], ends[1]) if len(ends) == 2 and all(ends) else None


def spelt(each: Interval) -> str:
    """Write an interval: '13:30-18:00'; the end of the day is 24:00."""
    closes = "24:00" if each.closes == MIDNIGHT else f"{each.closes:%H:%M}"
    return f"{each.opens:%H:%M}-{closes}"


def _plain(text: str) -> str:
    """Bring typed words to the form that is kept."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("天天", EVERY_DAY)
    plain = plain.replace(EVERY_DAY, " mon-sun ").replace(WORKDAYS, " mon-fri ")
    plain = _ENGLISH.sub(r"\1", plain)
    while (further := _CHINESE.sub(_english_day, plain)) != plain:
        plain = further
    plain = _O_CLOCK.sub(_o_clock, plain)
    return _DASH.sub("-", plain)


def _english_day(found: re.Match[str]) -> str:
    return f" {DAYS[CHINESE_DAYS.index(found[1].replace('天', '日'))]} "


def _o_clock(found: re.Match[str]) -> str:
    minutes = "30" if found[2] == "半" else (found[2] or "00").rstrip("分")
    return f"{found[1]}:{minutes}"


def _parts(text: str) -> list[tuple[set[int], str]]:
    """Cut a week into days and the times that follow them; nothing where it begins otherwise."""
    found = list(_DAYS.finditer(text))
    if not found or text[: found[0].start()].split():
        return []
    ends = [*(one.start() for one in found[1:]), len(text)]
    parts: list[tuple[set[int], str]] = []
    days: set[int] = set()
    for one, end in zip(found, ends, strict=True):
        days |= _days(one[1], one[2])
        times = text[one.end() : end]
        if _words(times):
            parts.append((days, times))
            days = set()
    return [*parts, (days, "")] if days else parts


def _days(first: str, last: str | None) -> set[int]:
    begin, end = DAYS.index(first), DAYS.index(last or first)
    return {day % WEEK for day in range(begin, end + 1 if end >= begin else end + WEEK + 1)}


def _intervals(text: str) -> tuple[Interval, ...] | Unreadable:
    words = _words(text)
    if not words:
        return Unreadable.NO_TIMES
    if len(words) > MOST_INTERVALS:
        return Unreadable.TOO_MANY
    intervals = [_interval(word) for word in words]
    read_ones = [each for each in intervals if each is not None]
    if len(read_ones) < len(intervals):
        return Unreadable.BAD_TIME
    return tuple(read_ones) if _in_order(read_ones) else Unreadable.OVERLAP


def _words(text: str) -> list[str]:
    return _BETWEEN.sub(" ", text).split()


def _interval(word: str) -> Interval | None:
    found = _TIMES.fullmatch(word)
    if found is None:
        return None
    opens, closes = _time(found[1], found[2]), _time(found[3], found[4])
    if opens is None or closes is None or (closes != MIDNIGHT and closes <= opens):
        return None
    return Interval(opens, closes)


def _time(hour: str, minute: str | None) -> time | None:
    hours, minutes = int(hour), int(minute or 0)
    if (hours, minutes) == (24, 0):
        return MIDNIGHT
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def _in_order(intervals: Sequence[Interval]) -> bool:
    begun = [each.opens for each in intervals]
    closed = [each.closes for each in intervals[:-1]]
    return all(end != MIDNIGHT and end <= then for end, then in zip(closed, begun[1:], strict=True))
