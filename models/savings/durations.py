"""A length of time as people write it; standard library only."""

import re

from models.places.rules import read_numeral

_NUMBER = r"(\d{1,4}(?:\.5)?|[一二两三四五六七八九十百]{1,5}|半)"
_HOURS = r"(?:个?(?:半)?小时|钟头|个钟头|hours?|hrs?|h)"
_MINUTES = r"(?:分钟?|minutes?|mins?|min|m)"
_TIME = re.compile(
    rf"(?:{_NUMBER}\s*({_HOURS})\s*(半)?)?\s*(?:and\s*)?(?:{_NUMBER}\s*{_MINUTES})?", re.IGNORECASE
)


def read_minutes(text: str) -> int | None:
    """Return the minutes that somebody wrote: '1小时30分', '90分钟', '一个半小时', '1 h 30 min'.

    None for what is no exact length: 'three hours or so', '-30', '2'.
    """
    found = _TIME.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return None
    hours, unit, half, minutes = found.groups()
    total = 0.0
    if hours is not None:
        total += _number(hours) * 60 + (30 if half or "半" in unit else 0)
    if minutes is not None:
        total += _number(minutes)
    return int(total) or None


def _number(text: str) -> float:
    if text == "半":
        return 0.5
    return float(text) if text[0].isdigit() else read_numeral(text.replace("两", "二"))
