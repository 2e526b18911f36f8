"""Reading days, hours and numbers from plain Chinese and English words.

Pure: the present is an argument, local to the person. Words that are not understood in full are
refused rather than half-read; a few letters of filler ('about', '左右') are let be.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.form.hour_words import HourOfDay, hours_in

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
    "大前天": -3,
    "前天": -2,
    "day before yesterday": -2,
    "昨天": -1,
    "昨日": -1,
    "昨早": -1,
    "昨晚": -1,
    "昨夜": -1,
    "yesterday": -1,
    "last night": -1,
    "大后天": 3,
    "后天": 2,
    "day after tomorrow": 2,
    "明天": 1,
    "明日": 1,
    "明早": 1,
    "明晚": 1,
    "明夜": 1,
    "tomorrow": 1,
    "今天": 0,
    "今日": 0,
    "今早": 0,
    "今晚": 0,
    "今夜": 0,
    "today": 0,
    "tonight": 0,
}
NOW = re.compile(r"(right now|now|asap|as soon as possible|right away|现在|马上|立刻|立即|尽快)")
FILLER = re.compile(
    r"(tonight|about|around|at|on|by|the|of|please|this|in|next|coming|o'?clock|st|nd|rd|th|and|"
    r"左右|大概|大约|吧|的|前后|请|在|这|本|于|整|前|号|日|天|[\s,.，。、!！~～-])"
)
DOTTED = re.compile(
    r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?![\d.])(?!\s*(?:个|小时|hours?|h\b|天|days?))"
)
OF_AN_HOUR = re.compile(r"(早|上午|早上|早晨|凌晨|中午|下午|傍晚|晚上|夜里|今晚|明晚|晚|at)\s*$")
OF_HALF_A_DAY = re.compile(r"\s*[ap]\.?m")
THIS_PART = re.compile(r"\bthis (morning|noon|afternoon|evening)\b")
PAST_THE_HOUR = re.compile(
    r"\b(?:a\s+)?(?P<part>half|quarter|[0-5]?\d(?=(?:\s*min\w*)?\s+(?:past|to)\b))(?:\s*min\w*)?"
    r"(?P<way>\s+(?:past|to))?\s+(?P<hour>[01]?\d)\b(?![:.]\d)"
)
A_DAY = timedelta(days=1)
JUST_GONE = timedelta(hours=2)
"""An hour of today that has passed by less may be meant still: now, or the same one tomorrow."""


@dataclass(frozen=True)
class UnderstoodTime:
    """What was understood of a text: a day, an hour of it, or both, or an instant."""

    day: date | None = None
    hour: HourOfDay | None = None
    instant: datetime | None = None


def read_said(text: str, now: datetime) -> UnderstoodTime | None:
    """Understand a text; `now` is local and naive. None for what is not understood in full."""
    rest = normalised(text)
    instant, rest = _relative(rest, now)
    if instant is not None:
        return UnderstoodTime(instant=instant) if _nothing_left(rest) else None
    day, rest = _day(rest, now.date())
    if day is None and THIS_PART.search(rest):
        day = now.date()
    found, rest = hours_in(rest)
    if (day is None and found is None) or not _nothing_left(rest):
        return None
    return UnderstoodTime(day, found)


def read_moments(text: str, now: datetime) -> list[tuple[datetime, bool]]:
    """Return every moment that words can mean, and whether an hour was named (else it is the day's
    midnight); `now` and the moments are local and naive.

    A number with a dot can be a date or an hour. An hour without a day is the next such hour; where
    its half of the day was not said either, both are returned that are to come today and tomorrow.
    """
    found: list[tuple[datetime, bool]] = []
    for each in _spelt_out(text):
        said = read_said(each, now)
        found += [] if said is None else _moments(said, now)
    return list(dict.fromkeys(found))


def _moments(said: UnderstoodTime, now: datetime) -> list[tuple[datetime, bool]]:
    if said.instant is not None:
        return [(said.instant, True)]
    midnight = datetime.combine(said.day or now.date(), time())
    if said.hour is None:
        return [(midnight, False)]
    at = midnight + said.hour.since
    if said.day is None and at - A_DAY >= now:
        at -= A_DAY  # 'at 2 in the night', said at 1, is this night
    if at >= now or said.day not in {None, now.date()}:
        before = said.hour.either_night and said.day is not None and at - A_DAY >= now
        return [(at - A_DAY, True), (at, True)] if before else [(at, True)]
    return [(each, True) for each in _gone_by(at, midnight, said.day is not None, said.hour, now)]


def _gone_by(
    at: datetime, midnight: datetime, today: bool, hour: HourOfDay, now: datetime
) -> list[datetime]:
    """Return what an hour can mean that has passed; `today` says that today was named."""
    if hour.ends is not None and now < midnight + hour.ends:
        return [now]  # this evening, after it has begun, is now
    later = at + timedelta(hours=12)
    evening = [later] if hour.loose and later > now else []
    if today:
        return evening or [at]
    still = [now] if hour.named and now - at < JUST_GONE else []
    return [*evening, *still, at + A_DAY]


def read_moment(text: str, now: datetime) -> tuple[datetime, bool] | None:
    """Return the moment that words mean, the later one where they can mean two; None for none."""
    return next(reversed(read_moments(text, now)), None)


def read_days(text: str, now: datetime) -> list[tuple[date, time | None]]:
    """Return the day that was named, and the hour where one stands beside it; empty for none."""
    found: list[tuple[date, time | None]] = []
    for each in _spelt_out(text):
        said = read_said(each, now)
        if said is None or said.day is None:
            continue
        at = datetime.combine(said.day, time()) + (said.hour.since if said.hour else timedelta())
        found.append((at.date(), None if said.hour is None else at.time()))
    return list(dict.fromkeys(found))


def _spelt_out(text: str) -> list[str]:
    """Return a text with a number such as 12.25 written as the date and as the hour it can be."""
    plain = normalised(text)
    found = DOTTED.search(plain)
    if found is None:
        return [text]
    first, second = int(found[1]), int(found[2])
    before, after = plain[: found.start()], plain[found.end() :]
    hour = f"{before}{first}:{found[2]}{after}"
    if OF_AN_HOUR.search(before) or OF_HALF_A_DAY.match(after):
        return [hour]
    months = [(first, second)] if 0 < first <= 12 else [(second, first)]
    dates = [f"{before}{month}月{day}日 {after}" for month, day in months if 0 < month <= 12]
    clock = (
        len(found[2]) == 2 and first <= 24 and second < 60 and not after.startswith(("日", "号"))
    )
    return [*dates, *([hour] if clock else [])]


def read_time(text: str) -> time | None:
    """Return the hour that was named alone; midnight at the end of a day is 00:00."""
    found, rest = hours_in(normalised(text))
    if found is None or not _nothing_left(rest):
        return None
    hour, minute = divmod(int(found.since.total_seconds()) // 60 % MINUTES_A_DAY, 60)
    return time(hour, minute)


def read_number(text: str) -> int | None:
    """Return the whole number of '3', '３', '三个' or 'three people'; None for anything else."""
    found = re.fullmatch(r"\D{0,1}(\d{1,9})(?![\d.:/-])\D{0,8}", normalised(text).strip())
    return int(found[1]) if found and not found[0].startswith("-") else None


def normalised(text: str) -> str:
    """Return a text in small letters, its numbers in digits, its hours as a clock shows them."""
    lowered = text.lower().replace("礼拜", "周").replace("星期", "周").replace("：", ":")
    lowered = re.sub(r"(?<=周)[天日]", "7", lowered)
    lowered = "".join(str(int(char)) if char.isdecimal() else char for char in lowered)
    lowered = re.sub(r"[零〇一二两三四五六七八九十]+", lambda found: _chinese(found[0]), lowered)
    names = "|".join(ENGLISH_NUMBERS)
    lowered = re.sub(rf"\b({names})\b", lambda found: str(ENGLISH_NUMBERS[found[0]]), lowered)
    return PAST_THE_HOUR.sub(_on_the_clock, lowered)


def _on_the_clock(found: re.Match[str]) -> str:
    """Write 'half past 8' and 'quarter to 9' as a clock shows them."""
    hour, to = int(found["hour"]), (found["way"] or "").strip() == "to"
    minute = {"half": 30, "quarter": 15}.get(found["part"]) or int(found["part"])
    if to:
        hour, minute = (hour or 24) - 1, 60 - minute
    return f"{hour}:{minute:02}" if minute < 60 else found[0]


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
            kept = next(
                (part for part in ("早", "晚", "夜", "tonight", "night") if part in word), ""
            )
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
            day = _calendar_day(found, today)
            return day, text.replace(found[0], " ", 1) if day else text
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


def _nothing_left(rest: str) -> bool:
    return not FILLER.sub("", rest).strip()
