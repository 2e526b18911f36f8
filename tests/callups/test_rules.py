"""How an order becomes parts, where the next goes, how many days run, how long one was there."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.callups.rules import (
    MOST_DAYS,
    MOST_HOURS,
    BadOrder,
    Filled,
    Order,
    asked_of_anybody,
    cleaned_sites,
    minutes_there,
    parts_of,
    too_many_days,
    where_needed,
    wrong_with,
)
from tests.callups.muster import DAY, ORDER

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)

orders = st.builds(
    Order,
    token=st.just("t"),
    words=st.just("装沙袋"),
    sites=st.lists(
        st.sampled_from(["东", "西", "南", "北"]), min_size=1, max_size=4, unique=True
    ).map(tuple),
    day=st.just(DAY),
    days=st.integers(1, MOST_DAYS),
    at=st.just(time(7)),
    ends=st.just(time(15)),
    teams=st.lists(
        st.one_of(st.none(), st.integers(1, 9)), min_size=1, max_size=5, unique=True
    ).map(tuple),
    number=st.integers(25, 400),
)


def test_two_hundred_a_day_from_four_teams_at_two_sites_on_four_days() -> None:
    order = Order("t", "装沙袋", ("东堤", "西堤"), DAY, 4, time(7), time(15), (1, 2, 3, 4), 200)
    parts = parts_of(order)
    assert len(parts) == 32
    assert {part.quota for part in parts} == {25}
    for on in range(4):
        assert sum(p.quota for p in parts if p.day == DAY + timedelta(days=on)) == 200


@given(orders)
def test_each_day_has_the_number_and_parts_differ_by_one_at_most(order: Order) -> None:
    parts = parts_of(order)
    for on in range(order.days):
        quotas = [part.quota for part in parts if part.day == order.day + timedelta(days=on)]
        assert sum(quotas) == order.number
        assert max(quotas) - min(quotas) <= 1
        assert min(quotas) >= 1
    named = {(part.team_id, part.site, part.day) for part in parts}
    assert len(named) == len(parts) == len(order.sites) * len(order.teams) * order.days


@pytest.mark.parametrize(
    ("fields", "bad"),
    [
        ({"words": "  "}, BadOrder.NO_WORDS),
        ({"sites": ()}, BadOrder.SITES),
        ({"sites": tuple("一二三四五六七")}, BadOrder.SITES),
        ({"days": 5}, BadOrder.DAYS),
        ({"days": 0}, BadOrder.DAYS),
        ({"day": date(2026, 11, 23)}, BadOrder.START),
        ({"day": date(2027, 3, 1)}, BadOrder.START),
        ({"ends": time(15, 1)}, BadOrder.HOURS),
        ({"ends": time(7)}, BadOrder.HOURS),
        ({"teams": ()}, BadOrder.TEAMS),
        ({"number": 1}, BadOrder.NUMBER),
        ({"number": 2001}, BadOrder.NUMBER),
        ({}, None),
        ({"at": time(20), "ends": time(4)}, None),
    ],
)
def test_what_is_wrong_with_an_order_is_named(
    fields: dict[str, object], bad: BadOrder | None
) -> None:
    order = Order(**(vars(ORDER) | fields))
    assert wrong_with(order, "Asia/Shanghai", NOW) is bad


def test_a_site_that_is_written_twice_is_one() -> None:
    assert cleaned_sites([" 东堤 ", "东堤", "", "西 堤"]) == ("东堤", "西 堤")


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(0, 5)), max_size=6))
def test_the_next_goes_where_somebody_is_missing(counts: list[tuple[int, int, int]]) -> None:
    parts = [
        Filled(number, quota, min(taken, quota), waiting)
        for number, (quota, taken, waiting) in enumerate(counts)
    ]
    found = where_needed(parts)
    assert (found is None) == (not parts)
    if found is not None and any(part.free for part in parts):
        assert found.free


@given(st.sets(st.integers(-8, 8)))
def test_nobody_comes_more_than_four_days_running(offsets: set[int]) -> None:
    days = {DAY + timedelta(days=one) for one in offsets - {0}}
    all_days = sorted(offsets - {0} | {0})
    run = 1 + sum(all(step in all_days for step in range(1, k + 1)) for k in range(1, 9))
    run += sum(all(-step in all_days for step in range(1, k + 1)) for k in range(1, 9))
    assert too_many_days(days, DAY) == (run > MOST_DAYS)


@given(st.integers(-600, 3000))
def test_time_at_a_site_is_whole_minutes_and_never_more_than_a_day_has(minutes: int) -> None:
    found = minutes_there(NOW, NOW + timedelta(minutes=minutes, seconds=59))
    most = int(MOST_HOURS.total_seconds() // 60)
    assert found == min(max(minutes, 0), most)


@given(st.integers(1, 2000))
def test_enough_are_asked_to_find_who_is_missing(missing: int) -> None:
    assert asked_of_anybody(missing) >= missing
