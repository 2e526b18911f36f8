"""Rings, alarms and the clocks between them, by their properties."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.escalation.rules import Level
from models.help.rules.matching import (
    may_ask_at,
    next_step,
    next_step_at,
    ring_clock,
    steps_taken,
    steps_to_repeat,
)
from models.help.rules.policy import HelpPolicy, Urgency
from models.hours.rules.awake import waking_clock
from models.hours.rules.quiet import QuietHours, in_quiet_hours, quiet_began

POLICY = HelpPolicy()

instants = st.integers(0, 3 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
urgencies = st.sampled_from(Urgency)
walls = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(*divmod(minutes, 60)))


@given(urgencies)
def test_rings_widen_and_then_the_ladder_is_climbed(urgency: Urgency) -> None:
    steps = [next_step(urgency, taken, POLICY) for taken in range(10)]
    rings = len(POLICY.rings[urgency])
    told = [step for step in steps if step is not None]
    assert len(told) == rings + len(Level)
    assert [step.alarm for step in told] == [None] * rings + list(Level)
    sizes = [step.size for step in told]
    assert sizes == sorted(sizes)
    assert max(sizes) <= POLICY.most_asked


def test_an_emergency_asks_five_fifteen_and_all() -> None:
    sizes = [step.size for n in range(3) if (step := next_step(Urgency.EMERGENCY, n, POLICY))]
    assert sizes == [5, 15, POLICY.most_asked]


@given(urgencies, st.integers(0, 5), st.integers(0, 20), st.integers(0, 20))
def test_every_step_leads_on_and_none_is_skipped_but_vain_rings(
    urgency: Urgency, before: int, size: int, asked: int
) -> None:
    after = steps_taken(urgency, before, size=size, asked=asked, policy=POLICY)
    rings = len(POLICY.rings[urgency])
    if asked >= size or before >= rings:
        assert after == before + 1
    else:
        assert after == rings
    repeated = steps_to_repeat(urgency, after, POLICY)
    step = next_step(urgency, repeated, POLICY)
    assert step is not None
    assert step.alarm is None


@given(urgencies, instants)
def test_nobody_is_asked_in_quiet_hours_but_for_an_emergency(
    urgency: Urgency, now: datetime
) -> None:
    at = may_ask_at(urgency, now, POLICY)
    quiet = in_quiet_hours(now, POLICY.quiet)
    assert at >= now
    if urgency is Urgency.EMERGENCY or not quiet:
        assert at == now
    else:
        assert at > now
        assert not in_quiet_hours(at, POLICY.quiet)


@given(urgencies, instants)
def test_the_next_step_comes_after_the_wait_by_its_clock(urgency: Urgency, now: datetime) -> None:
    due_at = next_step_at(urgency, now, POLICY)
    clock = ring_clock(urgency, POLICY)
    assert clock.between(now, due_at) == POLICY.ring_wait[urgency].by(clock)
    if urgency is Urgency.EMERGENCY:
        assert due_at - now == timedelta(minutes=3)


@given(instants)
def test_an_urgent_wait_stands_still_at_night(now: datetime) -> None:
    due_at = next_step_at(Urgency.URGENT, now, POLICY)
    nights = due_at - now - timedelta(minutes=15)
    assert nights >= timedelta()
    if nights:
        touched = [now + timedelta(minutes=m) for m in range(16 * 60)]
        assert any(in_quiet_hours(at, POLICY.quiet) for at in touched)


@given(walls, walls, instants, st.integers(0, 1500))
def test_the_waking_clock_counts_every_minute_that_is_not_quiet(
    begins: time, ends: time, start: datetime, minutes: int
) -> None:
    if begins == ends:
        return
    quiet = QuietHours(begins, ends, "Asia/Shanghai")
    stretch = [start + timedelta(minutes=m) for m in range(minutes)]
    awake = sum(not in_quiet_hours(at, quiet) for at in stretch)
    counted = waking_clock(quiet).between(start, start + timedelta(minutes=minutes))
    assert counted == timedelta(minutes=awake)


@given(instants)
def test_quiet_hours_began_before_and_lasted_since(now: datetime) -> None:
    began = quiet_began(now, POLICY.quiet)
    assert began <= now
    if in_quiet_hours(now, POLICY.quiet):
        assert in_quiet_hours(began, POLICY.quiet)
        assert not in_quiet_hours(began - timedelta(minutes=1), POLICY.quiet)
    else:
        assert began == now
