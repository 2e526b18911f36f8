"""The rules of posts by properties: order, windows, missing hands, whom a stand-in may be."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.categories import Skill
from models.policy.rules import Policy
from models.posts.rules import (
    ANSWER_WITHIN,
    DOOR_OPENS,
    FILLED_AHEAD,
    LIFECYCLE,
    SHIFT_LIFECYCLE,
    SHORT_DESK,
    SHORT_LEAD,
    Move,
    Relation,
    ShiftMove,
    ShiftState,
    State,
    WeeklyPlan,
    answer_by,
    claim_closed,
    door_closed,
    is_of_use,
    mask_of,
    may_step_in,
    minutes_of,
    missing,
    nearness,
    rank,
    surname,
    weekdays_of,
    weekly_shifts,
)
from models.records.rules import Refusal

CODES = [str(skill) for skill in Skill]
SETS = st.sets(st.sampled_from(CODES), max_size=4)
PATHS = st.lists(st.integers(1, 3), min_size=1, max_size=5).map(
    lambda ids: "/" + "".join(f"{one}/" for one in ids)
)
EARLY, LATE = datetime(2024, 1, 1), datetime(2030, 1, 1)  # noqa: DTZ001 - hypothesis wants naive
INSTANTS = st.datetimes(EARLY, LATE, timezones=st.just(UTC))
SPANS = st.timedeltas(timedelta(minutes=1), timedelta(days=40))
ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
PLANS = st.builds(
    WeeklyPlan,
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    st.times(time(0), time(11, 59)).map(lambda at: at.replace(second=0, microsecond=0)),
    st.times(time(12), time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0)),
)


@given(wanted=SETS, other=SETS, mine=SETS, home=PATHS, place=PATHS, elsewhere=PATHS)
def test_own_skills_come_before_anything_near(
    wanted: set[str], other: set[str], mine: set[str], home: str, place: str, elsewhere: str
) -> None:
    if wanted & mine and not other & mine:
        assert rank(wanted, place, mine, home) < rank(other, elsewhere, mine, home)
    if other and not other & mine:
        assert rank(other, place, mine, home) > rank((), elsewhere, mine, home)


@given(wanted=SETS, mine=SETS, home=PATHS, place=PATHS, elsewhere=PATHS)
def test_of_equal_skills_the_nearer_comes_first(
    wanted: set[str], mine: set[str], home: str, place: str, elsewhere: str
) -> None:
    nearer = nearness(home, place) > nearness(home, elsewhere)
    before = rank(wanted, place, mine, home) < rank(wanted, elsewhere, mine, home)
    assert nearer == before


@given(home=PATHS, place=PATHS)
def test_nothing_is_nearer_than_home(home: str, place: str) -> None:
    assert nearness(home, place) == nearness(place, home) <= nearness(home, home)


@given(plan=PLANS, now=INSTANTS, zone=ZONES)
def test_a_weekly_plan_has_each_of_its_days_within_fourteen_once(
    plan: WeeklyPlan, now: datetime, zone: str
) -> None:
    shifts = weekly_shifts(plan, zone, now)
    starts = [starts_at for starts_at, _ends_at in shifts]
    assert starts == sorted(set(starts))
    assert all(now < starts_at <= now + FILLED_AHEAD for starts_at in starts)
    assert all(starts_at < ends_at for starts_at, ends_at in shifts)
    days = [starts_at.astimezone(ZoneInfo(zone)) for starts_at in starts]
    assert {day.weekday() for day in days} <= set(plan.weekdays)
    assert 2 * len(plan.weekdays) - 1 <= len(starts) <= 2 * len(plan.weekdays) + 1


@given(plan=PLANS, now=INSTANTS, zone=ZONES, later=st.timedeltas(timedelta(0), timedelta(days=3)))
def test_a_plan_looked_at_again_names_the_same_shifts_and_later_ones(
    plan: WeeklyPlan, now: datetime, zone: str, later: timedelta
) -> None:
    first, then = weekly_shifts(plan, zone, now), weekly_shifts(plan, zone, now + later)
    still = [one for one in first if one[0] > now + later]
    assert then[: len(still)] == still


@given(days=st.sets(st.integers(0, 6)))
def test_a_mask_keeps_the_days(days: set[int]) -> None:
    assert weekdays_of(mask_of(days)) == tuple(sorted(days))


@given(seats=st.integers(1, 50), sure=st.integers(0, 60))
def test_so_many_are_missing_as_make_it_full(seats: int, sure: int) -> None:
    short = missing(seats, sure)
    assert sure + short >= seats
    assert not short or sure + short == seats


@given(starts_at=INSTANTS, ahead=SPANS)
def test_of_two_late_words_about_missing_hands_one_serves(
    starts_at: datetime, ahead: timedelta
) -> None:
    now, spans = starts_at - ahead, (SHORT_LEAD, SHORT_DESK)
    due = [starts_at - span for span in spans if starts_at - span <= now]
    serves = [one for one in due if is_of_use(one, starts_at, spans, now)]
    assert len(serves) == min(1, len(due))


@given(starts_at=INSTANTS, length=st.timedeltas(timedelta(minutes=1), timedelta(hours=12)))
def test_the_door_and_the_list_close_in_order(starts_at: datetime, length: timedelta) -> None:
    ends_at = starts_at + length
    assert door_closed(starts_at, ends_at, starts_at) is None
    assert door_closed(starts_at, ends_at, starts_at - DOOR_OPENS) is None
    early = starts_at - DOOR_OPENS - timedelta(seconds=1)
    assert door_closed(starts_at, ends_at, early) is Refusal.TOO_EARLY
    assert door_closed(starts_at, ends_at, ends_at) is Refusal.TOO_LATE
    assert claim_closed(starts_at, early) is None
    assert claim_closed(starts_at, starts_at) is Refusal.TOO_LATE
    assert timedelta(minutes=minutes_of(starts_at, ends_at)) <= length


@given(now=INSTANTS, ahead=SPANS)
def test_an_answer_is_awaited_until_the_start_at_the_latest(
    now: datetime, ahead: timedelta
) -> None:
    policy = Policy()
    assert now < answer_by(now + ahead, now, policy) <= now + ahead
    assert answer_by(None, now, policy) >= now + ANSWER_WITHIN


@given(in_line=st.booleans(), line=st.integers(0, 5), wide=st.booleans())
def test_no_line_is_jumped_but_by_who_was_asked(*, in_line: bool, line: int, wide: bool) -> None:
    may = may_step_in(in_line=in_line, line=line, wide=wide)
    assert may or (line and not in_line and not wide)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("李强", "李"),
        ("欧阳兰", "欧阳"),
        ("东方", "东"),
        ("Emma Brown", "Brown"),
        ("Emma", "Emma"),
        ("", ""),
    ],
)
def test_a_surname_alone(name: str, called: str) -> None:
    assert surname(name) == called


def test_only_who_looks_after_it_sees_names_and_only_the_desk_ends_it() -> None:
    leads = {Relation.LEAD, Relation.DESK}
    for relation in Relation:
        moves = LIFECYCLE.open_to(State.OPEN, [relation])
        of_shift = SHIFT_LIFECYCLE.open_to(ShiftState.OPEN, [relation])
        assert (Move.ROSTER in moves) == (relation in leads)
        assert (ShiftMove.ROSTER in of_shift) == (relation in leads)
        assert (Move.END in moves) == (relation is Relation.DESK)
        assert (Move.NAME_LEAD in moves) == (relation is Relation.DESK)
        assert ShiftMove.CLOSE not in of_shift
        assert ShiftMove.CONFIRM not in of_shift
