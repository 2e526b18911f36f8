"""China's calendar, the years it does not know, and what the doctor says of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.doctor import LONGEST_PROMISE, Health, calendar
from models.hours.holidays import is_workday, known_years, knows
from models.hours.rules.clocks import add_working
from models.hours.rules.desk import DESK, weekdays

LAST = known_years()[-1]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True),
        (date(2026, 2, 14), True),  # a Saturday, for the Spring Festival
        (date(2026, 2, 15), False),
        (date(2026, 2, 23), False),  # a Monday
        (date(2026, 2, 28), True),  # a Saturday
        (date(2026, 9, 20), True),  # a Sunday, for the National Day
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # a Saturday
        (date(2026, 10, 11), False),
        (date(2026, 1, 1), False),
        (date(2026, 1, 4), True),  # a Sunday
        (date(2025, 12, 31), True),
    ],
)
def test_holidays_and_make_up_days(day: date, works: bool) -> None:
    assert is_workday(day) is works


def test_years_are_known_without_a_gap() -> None:
    assert all(knows(year) for year in known_years())
    assert {2024, 2025, 2026} <= set(known_years())
    assert not knows(LAST + 1)
    assert not knows(known_years()[0] - 1)


@pytest.mark.parametrize("year", [LAST + 1, LAST + 20, 1990])
def test_a_year_not_known_has_plain_weeks(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [is_workday(day) for day in days] == [weekdays(day) for day in days]


def test_fifteen_working_days_never_reach_further_than_the_doctor_looks() -> None:
    winters = [datetime(year, month, 1, tzinfo=UTC) for year in known_years() for month in (1, 9)]
    starts = [first + timedelta(days=day) for first in winters for day in range(45)]
    reach = max(add_working(each, DESK.days(15), DESK, is_workday) - each for each in starts)
    assert timedelta(days=28) < reach <= LONGEST_PROMISE


def test_the_doctor_tells_how_far_the_calendar_reaches() -> None:
    found = calendar(date(LAST, 6, 1))
    assert found.health is Health.FINE
    assert str(LAST) in found.told


@pytest.mark.parametrize("today", [date(LAST, 12, 15), date(LAST + 1, 3, 1)])
def test_the_doctor_warns_before_deadlines_fall_in_a_year_not_known(today: date) -> None:
    found = calendar(today)
    assert found.health is Health.NOTED
    assert str(LAST + 1) in found.told
