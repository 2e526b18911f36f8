"""A length of time as people write it; standard library only.

What is read is read exactly; whatever else is asked for again: 'two or three hours' is no length.
"""

import re
import unicodedata
from collections.abc import Callable

A_DAY = 24 * 60

_SIGNS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2}
_ENGLISH = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "ninety": 90,
}  # fmt: skip
_NUMERAL = re.compile(r"([一二两三四五六七八九])?(十)?([一二两俩三四五六七八九])?")
_WORDS = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_NUMBER = rf"(\d{{1,4}}|[一二两俩三四五六七八九十]{{1,3}}|\b(?:{_WORDS})\b)"
_HOUR = r"(?:个?小时|个?钟头|个钟|hours?|hrs?|h)"
_MINUTE = r"(?:分钟?|minutes?|mins?|m)"


def _sum(hours: str, minutes: int | None) -> int | None:
    whole = _whole(hours)
    return None if whole is None or minutes is None or minutes >= 60 else whole * 60 + minutes


def _whole(text: str) -> int | None:
    """Return a whole number below a hundred in words, or in digits; None for neighbours (两三)."""
    if text.isdecimal():
        return int(text)
    if text in _ENGLISH:
        return _ENGLISH[text]
    found = _NUMERAL.fullmatch(text)
    if found is None or (found[1] and found[3] and not found[2]):
        return None
    ones = _SIGNS[found[3]] if found[3] else 0
    if not found[2]:
        return _SIGNS[found[1]] if found[1] else ones
    return 10 * (_SIGNS[found[1]] if found[1] else 1) + ones


_FORMS: tuple[tuple[str, Callable[..., int | None]], ...] = (
    (rf"半{_HOUR}|half an hour", lambda: 30),
    (rf"{_NUMBER}个?半{_HOUR}", lambda hours: _sum(hours, 30)),
    (rf"{_NUMBER}{_HOUR}半", lambda hours: _sum(hours, 30)),
    (rf"{_NUMBER} and a half {_HOUR}", lambda hours: _sum(hours, 30)),
    (rf"(\d{{1,4}})\.5 ?{_HOUR}", lambda hours: _sum(hours, 30)),
    (r"(一|两|三)刻钟?", lambda quarters: 15 * _SIGNS[quarters]),
    (
        rf"{_NUMBER} ?{_HOUR} ?(?:and |零|又)?{_NUMBER} ?{_MINUTE}?",
        lambda hours, rest: _sum(hours, _whole(rest)),
    ),
    (rf"{_NUMBER} ?{_HOUR}", lambda hours: _sum(hours, 0)),
    (rf"{_NUMBER} ?{_MINUTE}", _whole),
    (r"(\d{2,4})", _whole),
)
"""Each way to write a length, and how it is reckoned."""


def read_minutes(text: str, most: int = A_DAY) -> int | None:
    """Return the minutes that somebody wrote, 1 to `most`; None for what is no exact length.

    '1小时30分', '一个半小时', '三刻钟', '1h30', '90' (minutes), 'half an hour' are; 'three hours or
    so', '两三小时', '1.5分钟', '-30' and '2' are not.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    for form, reckon in _FORMS:
        if found := re.fullmatch(form, plain):
            minutes = reckon(*found.groups())
            return minutes if minutes is not None and 0 < minutes <= most else None
    return None
