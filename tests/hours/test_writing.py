"""Desk hours put down and read again, and typed by hand."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.hours.rules.desk import DESK, DeskHours, Interval
from models.hours.rules.desk_hours_text import Unreadable, read, written

ZONE = "Asia/Shanghai"


@st.composite
def days(draw: st.DrawFn) -> tuple[Interval, ...]:
    """A day of up to four intervals; the last may end at midnight."""
    number = draw(st.integers(0, 4))
    size = 2 * number
    minutes = sorted(draw(st.sets(st.integers(0, 24 * 60), min_size=size, max_size=size)))
    clock = [time(minute // 60 % 24, minute % 60) for minute in minutes]
    return tuple(Interval(clock[at], clock[at + 1]) for at in range(0, size, 2))


weeks = st.lists(days(), min_size=7, max_size=7).map(tuple).filter(any)


@given(weeks)
def test_what_is_written_is_read_again(week: tuple[tuple[Interval, ...], ...]) -> None:
    hours = DeskHours(week, ZONE)
    assert read(written(hours), ZONE) == hours
    assert len(written(hours)) <= 400


@given(
    st.text(alphabet="周一二五日天至到;；,-: 0123458九点半mon fri和每天\n", max_size=40) | st.text()
)
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    found = read(text, ZONE)
    assert isinstance(found, Unreadable) or read(written(found), ZONE) == found


@pytest.mark.parametrize(
    "typed",
    [
        "周一至周五 8:30-12:00 13:30-18:00",
        "周一到周五８：３０－１２：００，１３：３０－１８：００。",
        "星期一至星期五 8点半-12点 13点30分-18点",
        "Monday to Friday 8:30-12, 13:30-18",
        "工作日 8:30~12:00 和 13:30~18:00",
        "mon, tue, wed, thu, fri 08:30-12:00 13:30-18:00",
        "周一、周二、周三 8:30-12 13:30-18\n周四和周五 8:30-12 13:30-18",
    ],
)
def test_people_write_the_same_hours_in_many_ways(typed: str) -> None:
    assert read(typed, ZONE) == DESK


def test_a_range_may_go_over_the_end_of_the_week_and_a_day_to_midnight() -> None:
    found = read("周六至周一 20:00-24:00", ZONE)
    assert isinstance(found, DeskHours)
    assert written(found) == "mon 20:00-24:00; sat-sun 20:00-24:00"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Unreadable.NO_DAYS),
        ("8:30-18:00", Unreadable.NO_DAYS),
        ("早上 周一 8:30-18:00", Unreadable.NO_DAYS),
        ("周一至周五", Unreadable.NO_TIMES),
        ("周一 18:00-8:00", Unreadable.BAD_TIME),
        ("周一 8:70-12:00", Unreadable.BAD_TIME),
        ("周一 早上", Unreadable.BAD_TIME),
        ("周一 9-12 11-13", Unreadable.OVERLAP),
        ("周一至周五 9-12 周三 9-10", Unreadable.TWICE),
        ("周一 1-2 3-4 5-6 7-8 9-10", Unreadable.TOO_MANY),
    ],
)
def test_what_cannot_be_read_says_why(typed: str, problem: Unreadable) -> None:
    assert read(typed, ZONE) is problem
