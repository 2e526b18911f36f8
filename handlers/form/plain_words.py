"""Reading days, hours and numbers from plain Chinese and English words.

Pure: the present is an argument, local to the person. Words that are not understood in full are
refused rather than half-read; a few letters of filler ('about', '左右') are let be.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

MINUTES_A_DAY = 1440
DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
ENGLISH_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 - a list of words reads best as one
    )
}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

NEAR_DAYS = {
    "大后天": 3,
    "后天": 2,
    "day after tomorrow": 2,
    "明天": 1,
    "明日": 1,
    "明早": 1,
    "明晚": 1,
    "tomorrow": 1,
    "今天": 0,
    "今日": 0,
    "今早": 0,
    "今晚": 0,
    "today": 0,
    "tonight": 0,
}
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
    "tonight": 19,
    "night": 20,
    "晚": 19,
}
"""The hour that a part of the day stands for when none is named."""

MINUTES = {"": 0, "半": 30, "1刻": 15, "3刻": 45}

NOW = re.compile(r"(right now|now|asap|as soon as possible|right away|现在|马上|立刻|立即|尽快)")
FILLER = re.compile(
    r"(about|around|at|on|by|the|of|please|this|in|next|coming|o'?clock|st|nd|rd|th|and|"
    r"左右|大概|大约|吧|的|前后|请|在|这|本|于|整|前|号|日|天|[\s,.，。、!！~～-])"
)
LATE_HOURS = 7
"""A bare hour below this is meant after noon: nobody says '三点' for the middle of the night."""


@dataclass(frozen=True)
class Said:
    """What was understood of a text: a day, an hour since its midnight, or both, or an instant."""

    day: date | None = None
    hours: timedelta | None = None
    instant: datetime | None = None


def read_said(text: str, now: datetime) -> Said | None:
    """Understand a text; `now` is local and naive. None for what is not understood in full."""
    rest = _normalise(text)
    instant, rest = _relative(rest, now)
    if instant is not None:
        return Said(instant=instant) if _nothing_left(rest) else None
    day, rest = _day(rest, now.date())
    hours, rest = _hours(rest)
    if (day is None and hours is None) or not _nothing_left(rest):
        return None
    return Said(day, hours)


def read_moment(text: str, now: datetime) -> tuple[datetime, bool] | None:
    """Give a local naive instant and whether an hour was named (else it is the day's midnight).

    An hour without a day is the next such hour.
    """
    said = read_said(text, now)
    if said is None:
        return None
    if said.instant is not None:
        return said.instant, True
    day = said.day or now.date()
    at = datetime.combine(day, time()) + (said.hours or timedelta())
    if said.day is None and at < now:
        at += timedelta(days=1)
    return at, said.hours is not None


def read_day(text: str, now: datetime) -> date | None:
    """Give the day that was named alone; None where an hour stands beside it or no day is named."""
    said = read_said(text, now)
    return said.day if said and said.hours is None else None


def read_time(text: str) -> time | None:
    """Give the hour that was named alone; midnight at the end of a day is 00:00."""
    hours, rest = _hours(_normalise(text))
    if hours is None or not _nothing_left(rest):
        return None
    hour, minute = divmod(int(hours.total_seconds()) // 60 % MINUTES_A_DAY, 60)
    return time(hour, minute)


def read_number(text: str) -> int | None:
    """Give the whole number of '3', '３', '三个' or 'three people'; None for anything else."""
    found = re.fullmatch(r"\D{0,1}(\d{1,9})(?![\d.:/-])\D{0,8}", _normalise(text).strip())
    return int(found[1]) if found and not found[0].startswith("-") else None


def _normalise(text: str) -> str:
    lowered = text.lower().replace("礼拜", "周").replace("星期", "周").replace("：", ":")
    lowered = re.sub(r"(?<=周)[天日]", "7", lowered)
    lowered = "".join(str(int(char)) if char.isdecimal() else char for char in lowered)
    lowered = re.sub(r"[零〇一二两三四五六七八九十]+", lambda found: _chinese(found[0]), lowered)
    names = "|".join(ENGLISH_NUMBERS)
    return re.sub(rf"\b({names})\b", lambda found: str(ENGLISH_NUMBERS[found[0]]), lowered)


def _chinese(numeral: str) -> str:
    tens, ten, units = numeral.rpartition("十")
    if not ten:
        return "".join(str(DIGITS[char]) for char in numeral)
    if len(tens) > 1 or len(units) > 1 or "十" in tens:
        return numeral
    return str((DIGITS[tens] if tens else 1) * 10 + (DIGITS[units] if units else 0))


def _relative(text: str, now: datetime) -> tuple[datetime | None, str]:
    pattern = (
        r"(?:in\s+)?(?P<half>half an?|半)?\s*(?P<count>\d{1,4}|an?\b)?\s*个?(?P<half2>半)?\s*"
        r"(?P<unit>minutes?|mins?|分钟|hours?|hrs?|小时|钟头|days?|天|weeks?|周)"
        r"(?P<after>\s*(?:from now|later|之后|以后|后))?"
    )
    for found in re.finditer(pattern, text):
        stated = found["after"] or found[0].startswith("in ")
        if stated and (length := _length(found)) is not None:
            return now + length, text.replace(found[0], "", 1)
    if at_once := NOW.search(text):
        return now, text.replace(at_once[0], "", 1)
    return None, text


def _length(found: re.Match[str]) -> timedelta | None:
    count = found["count"]
    amount = 0.0 if count is None else 1.0 if count.startswith("a") else float(count)
    amount += 0.5 if found["half"] or found["half2"] else 0.0
    unit = found["unit"]
    minutes = {
        "m": 1,
        "分": 1,
        "h": 60,
        "小": 60,
        "钟": 60,
        "d": MINUTES_A_DAY,
        "天": MINUTES_A_DAY,
    }.get(unit[0])
    return timedelta(minutes=amount * (minutes or 7 * MINUTES_A_DAY)) if amount else None


def _day(text: str, today: date) -> tuple[date | None, str]:
    for word, ahead in NEAR_DAYS.items():
        if word in text:
            kept = next((part for part in ("早", "晚", "tonight") if part in word), "")
            return today + timedelta(days=ahead), text.replace(word, kept, 1)
    day, rest = _weekday(text, today)
    return (day, rest) if day else _dated(text, today)


def _weekday(text: str, today: date) -> tuple[date | None, str]:
    found = re.search(r"(下个?)?(?:周|week)(?:([1-7])(?!\d)|(末|end))", text)
    if found is None:
        names = "|".join(WEEKDAYS)
        found = re.search(rf"\b(next\s+)?({names})[a-z]*\b()", text)
    if found is None:
        return None, text
    named = found[2]
    index = 5 if not named else int(named) - 1 if named.isdecimal() else WEEKDAYS.index(named)
    monday = today - timedelta(days=today.weekday())
    ahead = timedelta(days=index + (7 if found[1] or index < today.weekday() else 0))
    return monday + ahead, text.replace(found[0], " ", 1)


def _dated(text: str, today: date) -> tuple[date | None, str]:
    months = "|".join(MONTHS)
    tries = (
        (r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号]?"),
        (r"(?P<m>\d{1,2})\s*[-/月]\s*(?P<d>\d{1,2})(?![\d:点])\s*[日号]?"),
        (
            rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{months})[a-z]*(?:\s+(?P<y>\d{{4}}))?"
        ),
        (
            rf"(?P<m>{months})[a-z]*\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y>\d{{4}}))?(?!:)"
        ),
        (r"(?P<d>\d{1,2})\s*[日号]"),
    )
    for pattern in tries:
        if found := re.search(pattern, text):
            return _calendar_day(found, today), text.replace(found[0], " ", 1)
    return None, text


def _calendar_day(found: re.Match[str], today: date) -> date | None:
    named = found.groupdict()
    month = named.get("m")
    if month is None:
        return _next_of_month(int(named["d"]), today)
    number = int(month) if month.isdecimal() else MONTHS.index(month) + 1
    year = named.get("y")
    try:
        day = date(int(year) if year else today.year, number, int(named["d"]))
        return day.replace(year=day.year + 1) if not year and day < today else day
    except ValueError:
        return None


def _next_of_month(number: int, today: date) -> date | None:
    for ahead in range(62):
        day = today + timedelta(days=ahead)
        if day.day == number:
            return day
    return None


def _hours(text: str) -> tuple[timedelta | None, str]:
    part = max((word for word in PARTS if word in text), key=len, default=None)
    rest = text.replace(part, " ", 1) if part else text
    found = re.search(
        r"(?P<h>\d{1,2})\s*(?:(?:[:点时]|\.(?=\d\d))\s*(?P<m>半|[13]刻|\d{1,2})?\s*分?|(?=\s*[ap]\.?m)|(?=\s*o'?clock))"
        r"\s*(?P<half>[ap])?(?:\.?m\.?)?",
        rest,
    ) or re.search(r"(?<![\d/-])(?P<h>\d{1,2})(?![\d/-])(?P<m>)(?P<half>)", rest)
    if found is None:
        return (timedelta(hours=PARTS[part]), rest) if part else (None, text)
    return _stated_hours(found, part), rest.replace(found[0], " ", 1)


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


def _nothing_left(rest: str) -> bool:
    return not FILLER.sub("", rest).strip()
