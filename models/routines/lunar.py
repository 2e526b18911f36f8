"""On which day a festival is; those that go by the moon from lunar_python (MIT)."""

from datetime import date
from functools import cache

from models.routines.rules import Festival

BY_THE_MOON = {
    Festival.SPRING: (1, 1),
    Festival.LANTERN: (1, 15),
    Festival.DRAGON_BOAT: (5, 5),
    Festival.MID_AUTUMN: (8, 15),
    Festival.DOUBLE_NINTH: (9, 9),
}
"""Month and day; of two months of one number the first, never the leap month 闰月."""
BY_THE_SUN = {Festival.PARTY_DAY: (7, 1), Festival.NATIONAL_DAY: (10, 1)}

KNOWN_YEARS = range(1900, 2100)
"""For which the days of the moon are computed; almanacs go no further."""


def festival_day(festival: Festival, year: int) -> date | None:
    """Return the day of a festival in a year; None for the moon's beyond KNOWN_YEARS."""
    if festival in BY_THE_SUN:
        return date(year, *BY_THE_SUN[festival])
    if year not in KNOWN_YEARS:
        return None
    return _by_the_moon(year, *BY_THE_MOON[festival])


@cache
def _by_the_moon(year: int, month: int, day: int) -> date:
    """Return the date of a day of the moon's year, worked out once: it takes milliseconds."""
    from lunar_python import Lunar  # noqa: PLC0415 - loaded by the first festival

    found = Lunar.fromYmd(year, month, day).getSolar()
    return date(found.getYear(), found.getMonth(), found.getDay())
