"""Windows of plans: in order, apart, from the plan alone, by the clocks of the place."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.rules import Refusal
from models.routines.lunar import festival_day
from models.routines.rules import (
    ENDS,
    LAST_YEAR,
    MOST_EVERY,
    MOST_LEAD,
    OCCASIONS,
    OPENS,
    YEAR_AT_LEAST,
    Festival,
    Move,
    OccasionState,
    Relation,
    Rhythm,
    RoutinePlan,
    Window,
    WrongPlan,
    half_of,
    next_to_plan,
    next_window,
    span_of,
    wrong_plan,
)

DAY = timedelta(days=1)
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York"]
JAN = date(2026, 1, 1)
days = st.dates(date(1999, 1, 1), date(2090, 1, 1))
GAPS = {Rhythm.DAYS: 1, Rhythm.WEEKDAY: 7, Rhythm.MONTH_DAY: 28}


@st.composite
def plans(draw: st.DrawFn) -> RoutinePlan:
    """Make sound plans, also those that last as long as they can."""
    rhythm = draw(st.sampled_from([*Rhythm]))
    starts_on = draw(days)
    if rhythm is Rhythm.FESTIVAL:
        return RoutinePlan(
            rhythm,
            starts_on,
            festival=draw(st.sampled_from([*Festival])),
            lead=draw(st.integers(0, MOST_LEAD)),
            lasts=draw(st.integers(1, YEAR_AT_LEAST)),
        )
    every = draw(st.integers(1, 4) | st.integers(1, MOST_EVERY))
    on = draw(st.integers(1, 31) if rhythm is Rhythm.MONTH_DAY else st.integers(0, 6))
    longest = every * GAPS[rhythm]
    lasts = draw(st.integers(1, longest) | st.just(longest))
    return RoutinePlan(rhythm, starts_on, every, on, lasts=lasts)


def windows(plan: RoutinePlan, after: date, many: int = 6) -> list[Window]:
    """List the windows that open from a day on."""
    found: list[Window] = []
    window = next_window(plan, after, festival_day)
    while window is not None and len(found) < many:
        found.append(window)
        window = next_window(plan, window.opens_on + DAY, festival_day)
    return found


@given(plans(), days)
def test_windows_are_in_order_and_never_overlap(plan: RoutinePlan, after: date) -> None:
    assert wrong_plan(plan) is None
    found = windows(plan, after)
    assert found
    assert found[0].opens_on >= max(after, plan.starts_on)
    assert all((one.ends_on - one.opens_on).days == plan.lasts - 1 for one in found)
    assert all(one.ends_on < later.opens_on for one, later in pairwise(found))


@given(plans(), st.data())
def test_windows_follow_from_the_plan_whenever_one_asks(
    plan: RoutinePlan, data: st.DataObject
) -> None:
    whole = windows(plan, plan.starts_on)
    assert windows(plan, date(1990, 1, 1)) == whole
    after = data.draw(st.dates(plan.starts_on, whole[-1].opens_on))
    asked = next_window(plan, after, festival_day)
    assert asked == next(one for one in whole if one.opens_on >= after)


@given(days, st.integers(1, 60), st.integers(0, 400))
def test_every_n_days_and_n_weeks(starts_on: date, every: int, later: int) -> None:
    after = starts_on + timedelta(days=later)
    opens = windows(RoutinePlan(Rhythm.DAYS, starts_on, every), after)[0].opens_on
    assert (opens - starts_on).days % every == 0
    assert 0 <= (opens - after).days < every
    for weekday in range(7):
        first, second = windows(
            RoutinePlan(Rhythm.WEEKDAY, starts_on, every, weekday), starts_on, 2
        )
        assert first.opens_on.weekday() == second.opens_on.weekday() == weekday
        assert 0 <= (first.opens_on - starts_on).days < 7
        assert (second.opens_on - first.opens_on).days == every * 7


@given(days, st.integers(1, 24), st.integers(1, 31))
def test_every_n_months_on_a_day_or_the_last_of_the_month(
    starts_on: date, every: int, on: int
) -> None:
    found = [
        one.opens_on for one in windows(RoutinePlan(Rhythm.MONTH_DAY, starts_on, every, on), JAN)
    ]
    for day in found:
        assert day.day == on or (day.day < on and (day + DAY).day == 1)
    months = [day.year * 12 + day.month for day in found]
    assert {later - one for one, later in pairwise(months)} == {every}
    first = windows(RoutinePlan(Rhythm.MONTH_DAY, starts_on, every, on), starts_on)[0].opens_on
    assert 0 <= (first - starts_on).days < 31


def test_a_month_day_is_clipped_to_the_months_end() -> None:
    plan = RoutinePlan(Rhythm.MONTH_DAY, date(2027, 12, 31), on=31)
    found = [one.opens_on for one in windows(plan, plan.starts_on, 5)]
    last = [(2027, 12, 31), (2028, 1, 31), (2028, 2, 29), (2028, 3, 31), (2028, 4, 30)]
    assert found == [date(*one) for one in last]
    quarter = RoutinePlan(Rhythm.MONTH_DAY, date(2026, 1, 20), every=3, on=15)
    assert [one.opens_on.isoformat() for one in windows(quarter, JAN, 3)] == [
        "2026-02-15",
        "2026-05-15",
        "2026-08-15",
    ]


@given(st.sampled_from([*Festival]), st.integers(0, MOST_LEAD), days)
def test_festivals_come_once_in_each_of_consecutive_years(
    festival: Festival, lead: int, starts_on: date
) -> None:
    plan = RoutinePlan(Rhythm.FESTIVAL, starts_on, festival=festival, lead=lead)
    feasts = [one.opens_on + timedelta(days=lead) for one in windows(plan, starts_on)]
    years = [feast.year for feast in feasts]
    assert years == [*range(years[0], years[0] + len(years))]
    assert feasts == [festival_day(festival, year) for year in years]


def test_calls_before_the_spring_festival_open_in_the_year_before() -> None:
    plan = RoutinePlan(Rhythm.FESTIVAL, JAN, festival=Festival.SPRING, lead=40, lasts=40)
    assert windows(plan, JAN, 2) == [
        Window(date(2026, 1, 8), date(2026, 2, 16)),
        Window(date(2026, 12, 28), date(2027, 2, 5)),
    ]


def test_there_is_no_window_where_the_calendar_ends() -> None:
    moon = RoutinePlan(Rhythm.FESTIVAL, date(2099, 9, 1), festival=Festival.DRAGON_BOAT)
    assert next_window(moon, JAN, festival_day) is None
    sun = RoutinePlan(Rhythm.FESTIVAL, date(2099, 9, 1), festival=Festival.PARTY_DAY)
    assert windows(sun, JAN, 1) == [Window(date(2100, 7, 1), date(2100, 7, 1))]
    for rhythm in (Rhythm.DAYS, Rhythm.WEEKDAY, Rhythm.MONTH_DAY):
        plan = RoutinePlan(rhythm, date(LAST_YEAR, 12, 31), MOST_EVERY, 3, lasts=MOST_EVERY)
        assert windows(plan, date(LAST_YEAR, 12, 31), 1)
        assert next_window(plan, date(LAST_YEAR + 1, 1, 1), festival_day) is None
        assert next_window(plan, date.max, festival_day) is None


@pytest.mark.parametrize(
    ("plan", "wrong"),
    [
        (RoutinePlan(Rhythm.DAYS, JAN, every=0), WrongPlan.EVERY),
        (RoutinePlan(Rhythm.WEEKDAY, JAN, every=-1), WrongPlan.EVERY),
        (RoutinePlan(Rhythm.DAYS, JAN, every=MOST_EVERY + 1), WrongPlan.EVERY),
        (RoutinePlan(Rhythm.FESTIVAL, JAN, every=2, festival="spring"), WrongPlan.EVERY),
        (RoutinePlan(Rhythm.WEEKDAY, JAN, on=7), WrongPlan.WEEKDAY),
        (RoutinePlan(Rhythm.WEEKDAY, JAN, on=-1), WrongPlan.WEEKDAY),
        (RoutinePlan(Rhythm.MONTH_DAY, JAN, on=0), WrongPlan.MONTH_DAY),
        (RoutinePlan(Rhythm.MONTH_DAY, JAN, on=32), WrongPlan.MONTH_DAY),
        (RoutinePlan(Rhythm.FESTIVAL, JAN), WrongPlan.FESTIVAL),
        (RoutinePlan(Rhythm.FESTIVAL, JAN, festival="easter"), WrongPlan.FESTIVAL),
        (RoutinePlan(Rhythm.FESTIVAL, JAN, festival="spring", lead=-1), WrongPlan.LEAD),
        (RoutinePlan(Rhythm.FESTIVAL, JAN, festival="spring", lead=61), WrongPlan.LEAD),
        (RoutinePlan(Rhythm.DAYS, JAN, every=7, lead=1), WrongPlan.LEAD),
        (RoutinePlan(Rhythm.DAYS, JAN, lasts=0), WrongPlan.LASTS),
        (RoutinePlan(Rhythm.DAYS, JAN, every=7, lasts=8), WrongPlan.LASTS),
        (RoutinePlan(Rhythm.WEEKDAY, JAN, every=2, lasts=15), WrongPlan.LASTS),
        (RoutinePlan(Rhythm.MONTH_DAY, JAN, on=1, lasts=29), WrongPlan.LASTS),
        (RoutinePlan(Rhythm.FESTIVAL, JAN, festival="spring", lasts=354), WrongPlan.LASTS),
    ],
)
def test_what_is_wrong_with_a_plan_is_named(plan: RoutinePlan, wrong: WrongPlan) -> None:
    assert wrong_plan(plan) is wrong


@pytest.mark.parametrize("zone", ZONES)
@given(days, st.integers(1, 40))
def test_a_window_is_open_from_nine_to_eight_by_the_clocks(
    zone: str, opens_on: date, lasts: int
) -> None:
    window = Window(opens_on, opens_on + timedelta(days=lasts - 1))
    opens_at, ends_at = span_of(window, zone)
    clocks = ZoneInfo(zone)
    assert opens_at.tzinfo is UTC
    assert opens_at.astimezone(clocks).replace(tzinfo=None) == datetime.combine(opens_on, OPENS)
    assert ends_at.astimezone(clocks).replace(tzinfo=None) == datetime.combine(window.ends_on, ENDS)
    half = half_of(opens_at, ends_at)
    assert half - opens_at == ends_at - half


@pytest.mark.parametrize(
    ("zone", "changed", "hours"),
    [
        ("Asia/Shanghai", date(2026, 3, 29), 35),
        ("Europe/Berlin", date(2026, 3, 29), 34),
        ("Europe/Berlin", date(2026, 10, 25), 36),
        ("America/New_York", date(2026, 3, 8), 34),
        ("America/New_York", date(2026, 11, 1), 36),
    ],
)
def test_a_window_over_changed_clocks_is_an_hour_shorter_or_longer(
    zone: str, changed: date, hours: int
) -> None:
    opens_at, ends_at = span_of(Window(changed - DAY, changed), zone)
    assert ends_at - opens_at == timedelta(hours=hours)


def test_a_window_on_a_day_that_a_place_skipped_opens_at_the_jump() -> None:
    skipped = date(2011, 12, 30)
    opens_at, ends_at = span_of(Window(skipped, skipped), "Pacific/Apia")
    assert opens_at == ends_at == datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert half_of(opens_at, ends_at) == opens_at


@given(
    plans(),
    days,
    st.times(),
    st.sampled_from(ZONES),
)
def test_what_is_more_than_half_over_is_not_begun(
    plan: RoutinePlan, after: date, at: time, zone: str
) -> None:
    now = datetime.combine(after + DAY, at, UTC)
    planned = next_to_plan(plan, after, now, zone, festival_day)
    assert planned is not None
    assert half_of(*span_of(planned, zone)) > now
    for window in windows(plan, after, 3):
        if window.opens_on < planned.opens_on:
            assert half_of(*span_of(window, zone)) <= now


def test_who_may_what() -> None:
    state, asked, holder = OccasionState, [Relation.ASKED], [Relation.HOLDER, Relation.ASKED]
    keeper, home = [Relation.KEEPER], [Relation.HOME]
    may, why = OCCASIONS.open_to, OCCASIONS.why_not
    assert may(state.DUE, asked) == {Move.LOOK, Move.TAKE, Move.CANNOT, Move.DO}
    assert may(state.TAKEN, asked) == {Move.LOOK}
    assert why(state.TAKEN, Move.TAKE, asked) is Refusal.ALREADY
    assert may(state.TAKEN, holder) == {Move.LOOK, Move.CANNOT, Move.DO}
    assert may(state.MISSED, asked) == {Move.LOOK, Move.TAKE, Move.CANNOT, Move.COVER}
    assert why(state.MISSED, Move.DO, holder) is Refusal.WRONG_TIME
    assert may(state.TAKEN, keeper) == {Move.LOOK, Move.CANNOT, Move.DO, Move.EXCUSE}
    for one in (state.DUE, state.TAKEN):
        assert may(one, home) == {Move.LOOK, Move.EXCUSE}
        assert OCCASIONS.after(one, Move.MISS) is state.MISSED
    for one in (state.DONE, state.COVERED, state.EXCUSED):
        assert may(one, [*Relation]) == {Move.LOOK}
    assert why(state.MISSED, Move.EXCUSE, keeper) is Refusal.WRONG_TIME
    assert {why(one, Move.MISS, [*Relation]) for one in state} == {Refusal.NOT_ALLOWED}
    assert {why(state.DUE, one, []) for one in Move} == {Refusal.NOT_ALLOWED}
