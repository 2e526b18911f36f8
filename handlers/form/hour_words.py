"""Reading the hour, and the part of a day, in plain Chinese and English words. Pure.

The words come in small letters with their numbers in digits.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

PARTS = {
    "凌晨": 5,
    "早上": 8,
    "早晨": 8,
    "清早": 7,
    "上午": 9,
    "morning": 9,
    "早": 8,
    "中午": 12,
    "noon": 12,
    "下午": 15,
    "afternoon": 15,
    "傍晚": 18,
    "evening": 19,
    "晚上": 19,
    "夜里": 21,
    "夜": 21,
    "深夜": 22,
    "半夜": 24,
    "午夜": 24,
    "midnight": 24,
    "tonight": 19,
    "night": 20,
    "晚": 19,
}
"""The hour that a part of the day stands for when none is named."""

NIGHT = frozenset({"半夜", "夜里", "深夜", "夜", "night"})
MINUTES = {"": 0, "半": 30, "1刻": 15, "3刻": 45}

LATE_HOURS = 7
"""A bare hour below this is meant after noon: nobody says '三点' for the middle of the night."""


@dataclass(frozen=True)
class HourOfDay:
    """An hour of a day; beyond 24 it belongs to the night that follows."""

    since: timedelta
    """Since midnight."""
    ends: timedelta | None = None
    """Where only a part of a day was named: when that part ends."""
    loose: bool = False
    """The hour was said without its half of the day: it can be one or the other."""
    named: bool = False
    """The hour was said with its part of the day: 晚上8点."""
    either_night: bool = False
    """Past midnight, said as of the night: of the one before a day, or of the one after it."""


def hours_in(text: str) -> tuple[HourOfDay | None, str]:
    """Return the hour that is named, and the words without it; None, and all of them, for none."""
    part = max((word for word in PARTS if word in text), key=len, default=None)
    rest = text.replace(part, " ", 1) if part else text
    found = re.search(
        r"(?P<h>\d{1,2})\s*(?:(?:[:点时]|\.(?=\d\d))\s*(?P<m>半|[13]刻|\d{1,2})?\s*分?|(?=\s*[ap]\.?m)|(?=\s*o'?clock))"
        r"\s*(?P<half>[ap])?(?:\.?m\.?)?",
        rest,
    ) or re.search(r"(?<![\d/-])(?P<h>\d{1,2})(?![\d/-])(?P<m>)(?P<half>)", rest)
    if found is None:
        return (_whole_part(part), rest) if part else (None, text)
    since = _stated_hours(found, part)
    if since is None:
        return None, text
    either = part is None and not found["half"] and LATE_HOURS <= int(found["h"]) <= 12
    loose = either and not found["h"].startswith("0")
    named = part is not None or bool(found["half"])
    night = part in NIGHT and since > timedelta(days=1)
    return HourOfDay(since, loose=loose, named=named, either_night=night), rest.replace(
        found[0], " ", 1
    )


def _whole_part(part: str) -> HourOfDay:
    usual = PARTS[part]
    last = next(end for end in (6, 12, 14, 18, 24, 30) if usual < end)
    return HourOfDay(timedelta(hours=usual), ends=timedelta(hours=last))


def _stated_hours(found: re.Match[str], part: str | None) -> timedelta | None:
    hour, minute = int(found["h"]), _minute(found["m"] or "")
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    usual = PARTS[part] if part else None
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "p" else 0) if hour <= 12 else hour
    elif usual is None:
        hour += 12 if 0 < hour < LATE_HOURS and not found["h"].startswith("0") else 0
    else:
        hour = _within(hour, usual)
    return timedelta(hours=hour, minutes=minute)


def _within(hour: int, usual: int) -> int:
    if usual >= 18:
        return (
            24 if hour == 12 else hour + 12 if 4 < hour < 12 else hour + 24 if hour <= 4 else hour
        )
    if usual >= 12:
        return hour + 12 if hour < 10 else hour
    return 0 if hour == 12 and usual < 9 else hour


def _minute(text: str) -> int:
    return int(text) if text.isdecimal() else MINUTES[text]
