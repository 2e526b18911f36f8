"""China's working days: the official holidays and make-up days (调休), from chinese_calendar.

The State Council announces a year in the autumn before it, and the package follows. The
announcement can still move the last days of the year before, where the New Year's holiday
reaches back.
"""

from datetime import date
from functools import lru_cache

import chinese_calendar

from models.hours.rules.desk import weekdays

NATIONAL_DAY = (10, 1)
"""A year is known when its National Day is: stray days of a year may come with the one before."""

TEN_YEARS = 3660
"""Days to keep in mind: the package looks through all its years for every answer."""


def knows(year: int) -> bool:
    """Return whether the official calendar of a year is at hand."""
    return date(year, *NATIONAL_DAY) in chinese_calendar.holidays


def known_years() -> range:
    """Return the years from the first known one to the last, without a gap."""
    years = {day.year for day in chinese_calendar.holidays if knows(day.year)}
    return range(min(years), max(years) + 1)


@lru_cache(TEN_YEARS)
def is_workday(day: date) -> bool:
    """Return whether China works on a day; in a year not known, whether it is Monday to Friday."""
    return chinese_calendar.is_workday(day) if knows(day.year) else weekdays(day)
