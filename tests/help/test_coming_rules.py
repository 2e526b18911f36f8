"""Who is asked whether they come, and what breaks a word, by their properties."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.help.rules.outcomes import HandBackReason
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import ClaimState
from models.help.rules.visits import (
    ClaimTimes,
    answer_due,
    ask_again_at,
    breaks_word,
    check_at,
    clashes,
    has_answered,
    is_awaited,
    summons_due,
    visit_due,
)
from models.hours.rules.awake import waking_clock
from models.hours.rules.quiet import in_quiet_hours

POLICY = HelpPolicy()

instants = st.integers(0, 2 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
spans = st.timedeltas(timedelta(0), timedelta(days=10))
urgencies = st.sampled_from(Urgency)
BREAKING = {ClaimState.NO_ANSWER, ClaimState.NO_SHOW, ClaimState.HANDED_BACK}
START = datetime(2026, 11, 24, 8, tzinfo=UTC)


@given(urgencies, st.none() | instants, instants)
def test_still_coming_is_asked_after_taking_and_before_the_start(
    urgency: Urgency, start: datetime | None, taken: datetime
) -> None:
    due_at = check_at(urgency, start, taken, POLICY)
    if start is None:
        assert due_at is not None
    if due_at is not None:
        assert due_at > taken
        assert start is None or due_at < start
        if urgency is not Urgency.EMERGENCY:
            assert not in_quiet_hours(due_at, POLICY.quiet)


@given(urgencies, instants, st.timedeltas(timedelta(hours=3), timedelta(days=9)))
def test_whoever_takes_a_task_early_is_asked_in_time_to_answer(
    urgency: Urgency, taken: datetime, ahead: timedelta
) -> None:
    start = taken + ahead
    due_at = check_at(urgency, start, taken, POLICY)
    asked_by_day = not in_quiet_hours(start - POLICY.before_start, POLICY.quiet)
    if urgency is Urgency.EMERGENCY or asked_by_day:
        assert due_at == start - POLICY.before_start
    elif ahead > timedelta(days=1):
        assert due_at is not None
        assert answer_due(urgency, start, due_at, POLICY) is not None


@given(urgencies, st.none() | instants, instants)
def test_silence_is_counted_while_the_question_could_be_seen(
    urgency: Urgency, start: datetime | None, asked: datetime
) -> None:
    due_at = answer_due(urgency, start, asked, POLICY)
    if due_at is None:
        assert start is not None
        return
    assert start is None or due_at < start
    awake = waking_clock(POLICY.quiet).between(asked, due_at)
    real = due_at - asked
    counted = real if urgency is Urgency.EMERGENCY else awake
    allowed = POLICY.confirm_open_within if start is None else POLICY.confirm_within
    assert counted == allowed[urgency]


@given(urgencies, st.none() | instants, instants)
def test_whoever_is_called_in_has_half_the_time_left_at_most(
    urgency: Urgency, start: datetime | None, asked: datetime
) -> None:
    due_at = summons_due(urgency, start, asked, POLICY)
    if start is None or start <= asked:
        assert due_at is None
        return
    assert due_at is not None
    assert asked < due_at <= asked + POLICY.confirm_within[urgency]
    assert start - due_at >= due_at - asked


@given(instants, spans)
def test_a_question_asked_anew_wants_a_new_answer(asked: datetime, span: timedelta) -> None:
    assert not has_answered(asked, None)
    assert has_answered(None, asked)
    assert has_answered(asked, asked + span)
    assert not has_answered(asked + span + timedelta(seconds=1), asked)


@given(
    urgency=urgencies, start=st.none() | instants, held=instants, after=spans, gone=st.booleans()
)
def test_nobody_is_missed_before_the_time(
    urgency: Urgency, start: datetime | None, held: datetime, after: timedelta, *, gone: bool
) -> None:
    now = held + after
    state = ClaimState.ON_WAY if gone else ClaimState.HELD
    claim = ClaimTimes(state, start, held_at=held, on_way_at=held if gone else None)
    if is_awaited(urgency, claim, now, POLICY):
        assert start is None or now >= start + POLICY.no_show_after
        assert now > held
        assert is_awaited(urgency, claim, now + timedelta(days=1), POLICY)


@given(urgencies, st.none() | instants, instants)
def test_how_it_stands_is_asked_by_day_and_again(
    urgency: Urgency, start: datetime | None, gone: datetime
) -> None:
    on_way = ClaimTimes(ClaimState.ON_WAY, start, held_at=gone, on_way_at=gone)
    held = ClaimTimes(ClaimState.HELD, start, held_at=gone)
    for claim in (on_way, held):
        due_at = visit_due(urgency, claim, POLICY)
        if due_at is None:
            assert claim is held
            assert start is None
            continue
        assert start is None or due_at > start
        again = ask_again_at(urgency, due_at, POLICY)
        assert again - due_at >= POLICY.visit_over
        if urgency is not Urgency.EMERGENCY:
            assert not in_quiet_hours(due_at, POLICY.quiet)
            assert not in_quiet_hours(again, POLICY.quiet)


@pytest.mark.parametrize("state", [ClaimState.NO_ANSWER, ClaimState.NO_SHOW])
def test_silence_and_absence_break_a_word(state: ClaimState) -> None:
    assert breaks_word(ClaimTimes(state, None), POLICY)


@given(
    reason=st.sampled_from(HandBackReason),
    before=st.timedeltas(timedelta(days=-2), timedelta(days=2)),
    confirmed=st.booleans(),
    named=st.booleans(),
)
def test_handing_back_in_time_breaks_nothing(
    reason: HandBackReason, before: timedelta, *, confirmed: bool, named: bool
) -> None:
    ended = START - before
    claim = ClaimTimes(
        ClaimState.HANDED_BACK,
        START if named else None,
        confirmed_at=ended - timedelta(minutes=1) if confirmed else None,
        ended_at=ended,
        reason=reason,
    )
    late = named and before < POLICY.before_start
    excused = reason in {"ill", "unreachable", "not_safe"}
    assert breaks_word(claim, POLICY) == (not excused and (late or confirmed))


@pytest.mark.parametrize("state", sorted(set(ClaimState) - BREAKING))
def test_nothing_else_breaks_a_word(state: ClaimState) -> None:
    claim = ClaimTimes(state, START, confirmed_at=START, ended_at=START)
    assert not breaks_word(claim, POLICY)


@given(instants, st.timedeltas(timedelta(days=-1), timedelta(days=1)), instants)
def test_tasks_clash_within_the_span_either_way(
    wanted: datetime, away: timedelta, now: datetime
) -> None:
    other = wanted + away
    near = abs(away) < POLICY.clash
    assert clashes(wanted, other, on_way=False, now=now, policy=POLICY) == near
    assert clashes(other, wanted, on_way=False, now=now, policy=POLICY) == near
    assert not clashes(wanted, None, on_way=False, now=now, policy=POLICY)
    assert clashes(now + away, None, on_way=True, now=now, policy=POLICY) == near
