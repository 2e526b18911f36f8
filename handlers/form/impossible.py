"""Telling a day or an hour that no calendar and no clock has: 2月30号, 25:00. Pure."""

import re
from calendar import monthrange
from datetime import datetime

from handlers.form.plain_words import normalised, read_moments, read_time

COMMON = 2026
"""A year without a 29th of February: where this year has one, it has been read as a day already."""

MONTH_AND_DAY = re.compile(r"(?<!\d)(\d{1,2})(?P<sign>\s*[月/-]\s*)(\d{1,2})(?!\d|\s*[点:时])")
HOUR = re.compile(r"(?<![\d:])\d{1,3}(?=\s*[:点时])")
MINUTE = re.compile(r"(?<=[:点时])\s*\d{2,3}(?!\d)")


def is_impossible(text: str, now: datetime) -> bool:
    """Return whether words would name a time, were there such a day and hour.

    They are read once more with what cannot be put right: only what then is a time was meant as
    one.
    """
    if read_moments(text, now) or read_time(text) is not None:
        return False
    said = normalised(text)
    mended = MONTH_AND_DAY.sub(_day, said)
    mended = MINUTE.sub(lambda found: found[0] if int(found[0]) < 60 else "30", mended)
    mended = HOUR.sub(lambda found: found[0] if int(found[0]) <= 24 else "10", mended)
    return mended != said and (bool(read_moments(mended, now)) or read_time(mended) is not None)


def _day(found: re.Match[str]) -> str:
    """Put a first of January in place of a day that months, but for leap years, do not have."""
    month, day = int(found[1]), int(found[3])
    fits = 1 <= month <= 12 and 1 <= day <= monthrange(COMMON, month)[1]
    return found[0] if fits else f"1{found['sign']}1"
