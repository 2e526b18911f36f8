"""Known days of festivals, leap months, and where the calendar ends."""

import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise

import pytest

from models.routines.lunar import BY_THE_MOON, KNOWN_YEARS, festival_day
from models.routines.rules import YEAR_AT_LEAST, Festival

FIRST, LAST = KNOWN_YEARS[0], KNOWN_YEARS[-1]


@pytest.mark.parametrize(
    ("festival", "day"),
    [
        (Festival.SPRING, date(2026, 2, 17)),
        (Festival.SPRING, date(2027, 2, 6)),
        (Festival.LANTERN, date(2026, 3, 3)),
        (Festival.DRAGON_BOAT, date(2026, 6, 19)),
        (Festival.PARTY_DAY, date(2026, 7, 1)),
        (Festival.MID_AUTUMN, date(2026, 9, 25)),
        (Festival.NATIONAL_DAY, date(2026, 10, 1)),
        (Festival.DOUBLE_NINTH, date(2026, 10, 18)),
    ],
)
def test_festivals_are_on_their_days(festival: Festival, day: date) -> None:
    assert festival_day(festival, day.year) == day


@pytest.mark.parametrize(
    ("festival", "day"),
    [
        # After a leap month before it: 2020 has a second fourth month, 2023 a second second one.
        (Festival.DRAGON_BOAT, date(2020, 6, 25)),
        (Festival.MID_AUTUMN, date(2020, 10, 1)),
        (Festival.SPRING, date(2023, 1, 22)),
        (Festival.DRAGON_BOAT, date(2023, 6, 22)),
        # In a month of which there are two, it is the first: the second fifth month of 2009, the
        # second eighth of 1995.
        (Festival.DRAGON_BOAT, date(2009, 5, 28)),
        (Festival.MID_AUTUMN, date(1995, 9, 9)),
        # At midnight: another clock's day of the new moon would be the day before.
        (Festival.MID_AUTUMN, date(1978, 9, 17)),
        # The year in which the leap month was long disputed.
        (Festival.MID_AUTUMN, date(2033, 9, 8)),
        (Festival.SPRING, date(2034, 2, 19)),
    ],
)
def test_leap_months_are_none_of_them(festival: Festival, day: date) -> None:
    assert festival_day(festival, day.year) == day


@pytest.mark.parametrize("festival", [*Festival])
def test_a_festival_is_once_a_year_in_each_known_year(festival: Festival) -> None:
    found = [festival_day(festival, year) for year in KNOWN_YEARS]
    known = [day for day in found if day is not None]
    assert [day.year for day in known] == [*KNOWN_YEARS]
    assert min((later - one).days for one, later in pairwise(known)) >= YEAR_AT_LEAST


def test_the_lantern_festival_is_two_weeks_after_the_spring_festival() -> None:
    for year in KNOWN_YEARS:
        spring, lantern = (festival_day(one, year) for one in (Festival.SPRING, Festival.LANTERN))
        assert spring is not None
        assert lantern == spring + timedelta(days=14)


@pytest.mark.parametrize("year", [FIRST - 1, LAST + 1, 9000])
def test_beyond_the_calendar_the_moon_has_no_festivals_and_the_sun_has(year: int) -> None:
    assert {festival_day(one, year) for one in BY_THE_MOON} == {None}
    assert festival_day(Festival.NATIONAL_DAY, year) == date(year, 10, 1)


def test_whoever_has_no_festival_loads_no_calendar() -> None:
    asked = "import sys, models.routines.lunar, bot.app; print('lunar_python' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False"]
