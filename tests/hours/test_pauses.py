"""The laws of pauses: waiting for the resident does not count, and only that."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.hours.rules.clocks import (
    ROUND_THE_CLOCK,
    Clock,
    ClockPause,
    DeskClock,
    deadline,
    is_paused,
    nudge_at,
    spent,
)
from models.hours.rules.desk import DESK, weekdays
from tests.hours.strategies import breaks, clocks, instants, near_pauses, spans
from tests.profile import examples

ZERO = timedelta()
OFFICE = DeskClock(DESK, weekdays)
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Nine in Shanghai."""
HOUR = timedelta(hours=1)
bounded = examples(50)


@bounded
@given(clocks, instants, spans)
def test_without_pauses_the_clock_alone_decides(
    clock: Clock, start: datetime, span: timedelta
) -> None:
    due = deadline(clock, start, span)
    assert due == clock.after(start, span)
    assert spent(clock, start, due) == span


@bounded
@given(clocks, instants, spans, st.data())
def test_by_the_deadline_the_promise_is_used_up(
    clock: Clock, start: datetime, span: timedelta, data: st.DataObject
) -> None:
    pauses = data.draw(near_pauses(start))
    due = deadline(clock, start, span, pauses)
    assert due is not None
    assert spent(clock, start, due, pauses) == span


@bounded
@given(clocks, instants, spans, st.data())
def test_a_further_pause_never_brings_the_deadline_nearer(
    clock: Clock, start: datetime, span: timedelta, data: st.DataObject
) -> None:
    pauses, more = data.draw(near_pauses(start)), data.draw(near_pauses(start))
    due, later = deadline(clock, start, span, pauses), deadline(clock, start, span, pauses + more)
    assert due is not None
    assert later is not None
    assert due <= later


@bounded
@given(clocks, instants, instants, st.data())
def test_what_is_spent_and_what_is_paused_make_the_whole(
    clock: Clock, one: datetime, other: datetime, data: st.DataObject
) -> None:
    start, now = sorted((one, other))
    pause = data.draw(breaks)
    begin, end = (min(max(at, start), now) for at in (pause.begin, pause.end or now))
    whole = clock.between(start, now)
    assert spent(clock, start, now, [pause]) + clock.between(begin, end) == whole


@bounded
@given(clocks, instants, spans, st.data())
def test_order_and_overlap_do_not_matter(
    clock: Clock, start: datetime, span: timedelta, data: st.DataObject
) -> None:
    pauses = data.draw(near_pauses(start))
    due = deadline(clock, start, span, pauses)
    assert deadline(clock, start, span, data.draw(st.permutations(pauses))) == due
    assert deadline(clock, start, span, [*pauses, *pauses]) == due
    halves = [half for pause in pauses for half in _halves(pause)]
    assert deadline(clock, start, span, halves) == due


def _halves(pause: ClockPause) -> list[ClockPause]:
    assert pause.end is not None
    middle = pause.begin + (pause.end - pause.begin) / 2
    return [ClockPause(pause.begin, middle), ClockPause(middle, pause.end)]


@bounded
@given(clocks, instants, spans, st.data())
def test_a_pause_that_lasts_leaves_the_deadline_open(
    clock: Clock, start: datetime, span: timedelta, data: st.DataObject
) -> None:
    pauses, begin = data.draw(near_pauses(start)), data.draw(instants)
    due = deadline(clock, start, span, pauses)
    assert due is not None
    lasting = deadline(clock, start, span, [*pauses, ClockPause(begin)])
    assert lasting in {due, None}
    used_before = spent(clock, start, begin, pauses)
    assert (lasting is None) is (used_before < span)


@bounded
@given(clocks, instants, st.tuples(instants, instants), st.data())
def test_what_is_spent_never_shrinks(
    clock: Clock, start: datetime, moments: tuple[datetime, ...], data: st.DataObject
) -> None:
    pauses = data.draw(near_pauses(start))
    early, late = sorted(moments)
    assert ZERO <= spent(clock, start, early, pauses) <= spent(clock, start, late, pauses)
    if late <= start:
        assert spent(clock, start, late, pauses) == ZERO


@bounded
@given(clocks, instants, spans, st.data())
def test_the_nudge_comes_at_four_fifths(
    clock: Clock, start: datetime, span: timedelta, data: st.DataObject
) -> None:
    pauses = data.draw(near_pauses(start))
    nudge, due = nudge_at(clock, start, span, pauses), deadline(clock, start, span, pauses)
    assert nudge is not None
    assert due is not None
    assert nudge <= due
    assert spent(clock, start, nudge, pauses) == span * 4 / 5


@bounded
@given(instants, breaks)
def test_a_clock_stands_still_during_a_pause_but_not_at_its_end(
    at: datetime, pause: ClockPause
) -> None:
    assert pause.end is not None
    assert is_paused(at, [pause]) is (pause.begin <= at < pause.end)
    assert is_paused(at, [ClockPause(pause.begin)]) is (pause.begin <= at)
    assert not is_paused(pause.end, [pause])
    assert not is_paused(at, [])


def test_a_question_over_the_weekend_costs_the_desk_nothing() -> None:
    """Asked on Friday at five, answered on Monday at nine: the hour to six is not counted."""
    friday = MONDAY - timedelta(days=3) + 8 * HOUR
    filed = friday - HOUR
    waited = ClockPause(friday, MONDAY)
    assert deadline(OFFICE, filed, 2 * HOUR, [waited]) == MONDAY + HOUR
    assert deadline(OFFICE, filed, 2 * HOUR) == friday + HOUR
    assert deadline(OFFICE, filed, 2 * HOUR, [ClockPause(friday)]) is None
    assert spent(OFFICE, filed, MONDAY, [waited]) == HOUR


def test_an_emergency_counts_through_the_night() -> None:
    late = MONDAY + 14 * HOUR
    assert deadline(ROUND_THE_CLOCK, late, 2 * HOUR) == late + 2 * HOUR
    assert nudge_at(ROUND_THE_CLOCK, late, 2 * HOUR) == late + timedelta(minutes=96)
    tuesday_opening = MONDAY + timedelta(hours=23, minutes=30)
    assert deadline(OFFICE, late, 2 * HOUR) == tuesday_opening + 2 * HOUR


def test_a_pause_ends_after_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        ClockPause(MONDAY, MONDAY - HOUR)
