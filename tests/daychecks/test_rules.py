"""The rules of day checks: silence is never 'well', and the ladder ends, upwards only."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.daychecks.rules.hours import (
    APART,
    FIRST_HOUR,
    LAST_HOUR,
    CheckHours,
    asking_at,
    askings,
    last_asked,
    next_asked,
    next_window,
    wrong_hours,
)
from models.daychecks.rules.ladder import (
    Around,
    DayCheckPolicy,
    LadderStep,
    Rung,
    above,
    first_step,
    following,
    lane_of,
    reached,
    sounds_like_trouble,
    wait,
)
from models.daychecks.rules.states import (
    BY_THE_CLOCK,
    CHECK_LIFECYCLE,
    DAY_LIFECYCLE,
    NOBODY_KNOWS,
    CheckRelation,
    DayMove,
    DayOutcome,
    DayRelation,
    DayState,
    well_move,
)
from models.hours.rules.quiet import QUIET
from models.outbox.rules import Lane

POLICY = DayCheckPolicy()
KNOWN_WELL = {DayState.HEARD, DayState.WELL, DayState.LATE_WELL, DayState.FOUND_WELL}
ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia"])
SINCE, UNTIL = datetime(2010, 1, 2), datetime(2030, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
INSTANTS = st.datetimes(SINCE, UNTIL, timezones=st.just(UTC))
HOURS = st.one_of(
    st.builds(CheckHours, st.integers(FIRST_HOUR, LAST_HOUR)),
    st.integers(FIRST_HOUR, LAST_HOUR - APART).flatmap(
        lambda first: st.builds(CheckHours, st.just(first), st.integers(first + APART, LAST_HOUR))
    ),
)
STEPS = st.builds(
    LadderStep, st.sampled_from([one for one in Rung if one < Rung.LAST]), st.integers(0, 5)
)
AROUND = st.builds(Around, st.integers(0, 5), st.booleans())


@pytest.mark.parametrize("row", DAY_LIFECYCLE.rows)
def test_no_move_of_the_clock_says_that_anybody_is_well(row) -> None:
    if row.by == BY_THE_CLOCK:
        assert row.to not in KNOWN_WELL
    if row.to in {DayState.WELL, DayState.LATE_WELL, DayState.HEARD, DayState.HELP}:
        assert row.by == {DayRelation.SELF}
    if row.to is DayState.FOUND_WELL:
        assert DayRelation.SELF not in row.by


@pytest.mark.parametrize("row", CHECK_LIFECYCLE.rows)
def test_nobody_else_does_anything_with_a_day_check(row) -> None:
    assert row.by == {CheckRelation.SELF}


def test_who_cannot_or_had_no_answer_closes_nothing() -> None:
    for state in NOBODY_KNOWS:
        for move in (DayMove.HAND_ON, DayMove.GO):
            assert DAY_LIFECYCLE.after(state, move) is state


@given(STEPS, AROUND)
def test_the_ladder_goes_up_and_ends(step: LadderStep, around: Around) -> None:
    seen = [step]
    while seen[-1].rung < Rung.LAST:
        after = following(seen[-1], around)
        assert (after.rung, after.asked) > (seen[-1].rung, seen[-1].asked)
        seen.append(after)
    assert len(seen) <= len(Rung) + 6
    asked = [one.asked for one in seen if one.rung is Rung.CIRCLE]
    assert asked == sorted(set(asked)), "one of the circle at a time, nobody twice"
    assert Rung.DESK in [one.rung for one in seen], "nothing goes past the desk"
    assert around.near or Rung.NEAR not in [one.rung for one in seen[1:]]


@given(STEPS, AROUND)
def test_above_is_a_higher_rung_than_the_circle(step: LadderStep, around: Around) -> None:
    found = above(step, around)
    assert found.rung > max(step.rung, Rung.CIRCLE)


@given(STEPS, AROUND, st.timedeltas(timedelta(), timedelta(days=3)))
def test_after_an_outage_the_highest_rung_and_never_beyond_the_desk(
    step: LadderStep, around: Around, late: timedelta
) -> None:
    due = datetime(2026, 11, 24, tzinfo=UTC)
    found = reached(step, due, due + late, around, POLICY)
    after = following(step, around)
    assert found.rung >= after.rung
    assert found.rung <= max(Rung.DESK, after.rung)
    if late < timedelta(minutes=10):
        assert found == after
    if found.rung is Rung.CIRCLE:
        assert found.asked == step.asked + 1, "the next, not one further on"
    if late > timedelta(hours=5):
        assert found.rung >= Rung.DESK


@given(st.timedeltas(timedelta(), timedelta(days=2)), st.integers(0, 5))
def test_a_question_that_comes_too_late_is_asked_of_the_circle_too(
    late: timedelta, contacts: int
) -> None:
    step = first_step(late=late, contacts=contacts, policy=POLICY)
    at_once = late > POLICY.check_late and contacts > 0
    assert step == (LadderStep(Rung.CIRCLE, 1) if at_once else LadderStep(Rung.ASKED))
    assert wait(step, POLICY) is not None


def test_only_the_last_rung_has_no_end_and_only_from_the_third_on_somebody_is_woken() -> None:
    for rung in Rung:
        assert (wait(LadderStep(rung), POLICY) is None) == (rung is Rung.LAST)
        assert (lane_of(rung) is Lane.URGENT) == (rung >= Rung.NEAR)


def test_well_is_late_where_more_than_the_first_question_was_asked() -> None:
    assert [well_move(rung) for rung in Rung] == [DayMove.SAY_WELL, *[DayMove.SAY_LATE] * 5]


@given(HOURS, INSTANTS, ZONES)
def test_askings_follow_one_another(hours: CheckHours, now: datetime, zone: str) -> None:
    on = asking_at(hours, now, zone)
    assert on.from_at <= now
    after = next_window(hours, now, zone)
    assert on.key < after.key
    assert now < after.from_at <= after.ask_at
    asked = last_asked(hours, now, zone)
    coming = next_asked(hours, now, zone)
    assert asked.ask_at <= now < coming.ask_at
    assert asked.key < coming.key
    assert next_window(hours, asked.from_at, zone) == coming
    assert asking_at(hours, after.from_at, zone) == after


@given(HOURS, st.dates(date(2010, 1, 2), date(2029, 12, 30)), ZONES)
def test_a_sign_before_the_hour_is_of_the_same_asking(
    hours: CheckHours, day: date, zone: str
) -> None:
    for one in askings(hours, day, zone):
        assert one.from_at <= one.ask_at
        assert asking_at(hours, one.from_at, zone).key >= one.key


@given(HOURS, INSTANTS, ZONES, st.integers(0, 30))
def test_whoever_is_away_is_not_asked_before_they_are_back(
    hours: CheckHours, now: datetime, zone: str, days: int
) -> None:
    until = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    assert next_asked(hours, now, zone, until).day > until
    assert next_window(hours, now, zone, until).day > until


@given(st.integers(-100, 100), st.none() | st.integers(-100, 100))
def test_only_hours_of_the_day_four_apart(first: int, second: int | None) -> None:
    noon = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
    wrong = wrong_hours(CheckHours(first, second), noon, QUIET)
    each = [one for one in (first, second) if one is not None]
    if any(one < FIRST_HOUR or one > LAST_HOUR for one in each):
        assert wrong is DayOutcome.OUTSIDE
    elif second is not None and second - first < APART:
        assert wrong is DayOutcome.TOO_CLOSE
    else:
        assert wrong is None


@pytest.mark.parametrize("words", ["我摔了", "胸口疼", "救命", "I fell", "please HELP", "起不来"])
def test_words_of_trouble(words: str) -> None:
    assert sounds_like_trouble(words)


@pytest.mark.parametrize("words", ["早上好", "都好", "good morning", "", "helpful painting"])
def test_words_of_no_trouble(words: str) -> None:
    assert not sounds_like_trouble(words)
