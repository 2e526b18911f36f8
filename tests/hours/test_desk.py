"""Desk hours, what is refused, and clocks put forward and back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.hours.rules.clocks import (
    ROUND_THE_CLOCK,
    ClockPause,
    DeskClock,
    NeverOpen,
    add_working,
    deadline,
    is_paused,
    is_working,
    nudge_at,
    spent,
    working_between,
)
from models.hours.rules.desk import DESK, DeskHours, Interval, weekdays
from models.hours.rules.local_time import first_showing
from models.hours.rules.quiet import QUIET, in_quiet_hours, next_quiet_end, out_of_quiet

HOUR = timedelta(hours=1)
AWARE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
NAIVE = datetime(2026, 11, 23, 1, 0)  # noqa: DTZ001 - to be refused
OFFICE = DeskClock(DESK, weekdays)
MORNING = Interval(time(9), time(12))


@pytest.mark.parametrize(
    "use",
    [
        lambda at: is_working(at, DESK, weekdays),
        lambda at: add_working(at, HOUR, DESK, weekdays),
        lambda at: working_between(at, AWARE, DESK, weekdays),
        lambda at: working_between(AWARE, at, DESK, weekdays),
        ROUND_THE_CLOCK.runs,
        lambda at: ROUND_THE_CLOCK.after(at, HOUR),
        lambda at: ROUND_THE_CLOCK.between(at, AWARE),
        lambda at: deadline(OFFICE, at, HOUR),
        lambda at: nudge_at(OFFICE, at, HOUR),
        lambda at: spent(OFFICE, AWARE, at),
        lambda at: is_paused(at, []),
        ClockPause,
        lambda at: ClockPause(AWARE, at),
        lambda at: in_quiet_hours(at, QUIET),
        lambda at: next_quiet_end(at, QUIET),
        lambda at: out_of_quiet(at, QUIET),
    ],
)
def test_an_instant_without_a_zone_is_refused(use: Callable[[datetime], object]) -> None:
    use(AWARE)
    with pytest.raises(ValueError, match="needs a time zone"):
        use(NAIVE)


@pytest.mark.parametrize("clock", [OFFICE, ROUND_THE_CLOCK])
def test_time_to_come_is_not_below_zero(clock: DeskClock) -> None:
    with pytest.raises(ValueError, match="not below zero"):
        clock.after(AWARE, -HOUR)


def test_a_calendar_without_working_days_is_found_out() -> None:
    with pytest.raises(NeverOpen):
        add_working(AWARE, HOUR, DESK, lambda _day: False)
    assert working_between(AWARE, AWARE + 99 * HOUR, DESK, lambda _day: False) == timedelta()
    assert add_working(AWARE, timedelta(), DESK, lambda _day: False) == AWARE


def test_a_calendar_with_one_working_day_a_year_is_enough() -> None:
    due = add_working(AWARE, 10 * HOUR, DESK, lambda day: (day.month, day.day) == (6, 1))
    assert due == datetime(2028, 6, 1, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "intervals",
    [
        (Interval(time(13), time(17)), MORNING),
        (MORNING, Interval(time(11), time(17))),
        (Interval(time(9), time(0)), Interval(time(10), time(11))),
    ],
)
def test_hours_of_a_day_follow_one_another(intervals: tuple[Interval, ...]) -> None:
    with pytest.raises(ValueError, match="follow one another"):
        DeskHours((intervals, *[()] * 6), "Asia/Shanghai")


def test_unsound_hours_are_refused() -> None:
    with pytest.raises(ValueError, match="end before they begin"):
        Interval(time(12), time(12))
    with pytest.raises(ValueError, match="without a zone"):
        Interval(time(9, tzinfo=UTC), time(12))
    with pytest.raises(ValueError, match="7 days"):
        DeskHours(((MORNING,),), "Asia/Shanghai")
    with pytest.raises(ValueError, match="open at some time"):
        DeskHours(((),) * 7, "Asia/Shanghai")
    with pytest.raises(ZoneInfoNotFoundError):
        DeskHours(((MORNING,),) * 7, "Asia/Nowhere")


def test_a_make_up_day_without_hours_has_those_of_monday() -> None:
    assert DESK.on(date(2026, 2, 14)) == DESK.on(date(2026, 2, 16))


def test_working_days_are_counted_by_the_longest() -> None:
    assert DESK.days(1) == 8 * HOUR
    assert DESK.days(15) == 120 * HOUR
    assert Interval(time(0), time(0)).length == 24 * HOUR
    uneven = DeskHours(((MORNING,), (MORNING, Interval(time(13), time(0))), *[()] * 5), "UTC")
    assert uneven.days(2) == 28 * HOUR


def test_seven_working_days_end_at_the_same_hour_seven_working_days_on() -> None:
    due = OFFICE.after(AWARE, DESK.days(7))
    assert due == AWARE + timedelta(days=9)


@pytest.mark.parametrize(
    ("day", "at", "zone", "instant"),
    [
        # clocks jump from 02:00 to 03:00 at 01:00 UTC
        (date(2026, 3, 29), time(1, 59), "Europe/Berlin", "2026-03-29T00:59"),
        (date(2026, 3, 29), time(2), "Europe/Berlin", "2026-03-29T01:00"),
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", "2026-03-29T01:00"),
        (date(2026, 3, 29), time(3), "Europe/Berlin", "2026-03-29T01:00"),
        (date(2026, 3, 29), time(3, 1), "Europe/Berlin", "2026-03-29T01:01"),
        # 02:00 to 03:00 is shown from 00:00 and again from 01:00 UTC
        (date(2026, 10, 25), time(2), "Europe/Berlin", "2026-10-25T00:00"),
        (date(2026, 10, 25), time(2, 59), "Europe/Berlin", "2026-10-25T00:59"),
        (date(2026, 10, 25), time(3), "Europe/Berlin", "2026-10-25T02:00"),
        # midnight itself is skipped
        (date(2026, 3, 8), time(0), "America/Havana", "2026-03-08T05:00"),
        # the day itself is skipped
        (date(2011, 12, 30), time(0), "Pacific/Apia", "2011-12-30T10:00"),
        (date(2011, 12, 30), time(23, 59), "Pacific/Apia", "2011-12-30T10:00"),
        (date(2011, 12, 31), time(0), "Pacific/Apia", "2011-12-30T10:00"),
    ],
)
def test_the_first_showing_of_a_time(day: date, at: time, zone: str, instant: str) -> None:
    assert first_showing(day, at, zone) == datetime.fromisoformat(f"{instant}+00:00")


@given(
    st.lists(st.datetimes(datetime(2010, 1, 1), datetime(2027, 1, 1)), min_size=2, max_size=2),  # noqa: DTZ001 - a wall's time
    st.sampled_from(["Europe/Berlin", "America/Havana", "Pacific/Apia", "America/Goose_Bay"]),
)
def test_a_later_time_never_shows_earlier(walls: list[datetime], zone: str) -> None:
    early, late = (first_showing(wall.date(), wall.time(), zone) for wall in sorted(walls))
    assert early <= late


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)],
)
def test_a_desk_that_never_closes_counts_the_hours_that_pass(day: date, hours: int) -> None:
    never_closed = DeskHours(((Interval(time(0), time(0)),),) * 7, "Europe/Berlin")
    opens = first_showing(day, time(0), "Europe/Berlin")
    closes = first_showing(day + timedelta(days=1), time(0), "Europe/Berlin")
    assert working_between(opens, closes, never_closed, lambda _day: True) == hours * HOUR
