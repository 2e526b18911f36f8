"""Weekly hours and sound choices."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.volunteers.rules import (
    ALL_HOURS,
    NO_HOURS,
    DayPart,
    Offered,
    State,
    hours_of,
    is_free,
    may_become,
    part_of,
    slot,
    slot_at,
    slots_of,
)

ZONE = "Asia/Shanghai"
slots = st.sets(st.tuples(st.integers(0, 6), st.sampled_from(DayPart)))


@given(slots)
def test_hours_keep_what_was_chosen(chosen: set[tuple[int, DayPart]]) -> None:
    assert set(slots_of(hours_of(chosen))) == chosen
    assert hours_of(slots_of(ALL_HOURS)) == ALL_HOURS
    assert slots_of(NO_HOURS) == []


@given(st.integers(0, 10**6))
def test_every_instant_is_in_one_part_of_the_week(minutes: int) -> None:
    instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    bit = slot_at(instant, ZONE)
    assert bit.bit_count() == 1
    assert is_free(bit, instant, ZONE)
    assert is_free(ALL_HOURS, instant, ZONE)
    assert not is_free(ALL_HOURS ^ bit, instant, ZONE)
    assert slot_at(instant + timedelta(days=7), ZONE) == bit


@pytest.mark.parametrize(
    ("instant", "weekday", "part"),
    [
        ("2026-11-23T06:00", 0, DayPart.MORNING),
        ("2026-11-23T12:00", 0, DayPart.AFTERNOON),
        ("2026-11-23T21:59", 0, DayPart.EVENING),
        ("2026-11-23T22:00", 0, DayPart.NIGHT),
        ("2026-11-24T05:59", 0, DayPart.NIGHT),
        ("2026-11-23T05:59", 6, DayPart.NIGHT),
    ],
)
def test_the_night_belongs_to_the_evening_before(instant: str, weekday: int, part: DayPart) -> None:
    at = datetime.fromisoformat(f"{instant}+08:00")
    assert slot_at(at, ZONE) == slot(weekday, part)


def test_the_parts_cover_a_day() -> None:
    counted = [part_of(hour) for hour in range(24)]
    assert [counted.count(part) for part in DayPart] == [6, 6, 4, 8]


@pytest.mark.parametrize(
    "offered",
    [
        Offered(frozenset(), frozenset()),
        Offered(frozenset(), frozenset(range(21))),
        Offered(frozenset(), frozenset({1}), hours=NO_HOURS),
        Offered(frozenset(), frozenset({1}), hours=ALL_HOURS + 1),
        Offered(frozenset(), frozenset({1}), load_cap=0),
        Offered(frozenset(), frozenset({1}), load_cap=31),
    ],
)
def test_unsound_choices(offered: Offered) -> None:
    assert not offered.sound()


def test_standings() -> None:
    assert Offered(frozenset(), frozenset({1})).sound()
    assert may_become(None, State.APPLIED)
    assert not may_become(None, State.PAUSED)
    assert may_become(State.LEFT, State.APPLIED)
    assert not may_become(State.APPLIED, State.PAUSED)
    assert not any(may_become(state, state) for state in State)
