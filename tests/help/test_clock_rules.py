"""The two promises of a request: deadlines, waits and the ladder, by their properties."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.escalation.rules import Level
from models.help.rules.deadlines import (
    HELD_BY,
    Promise,
    PromiseTerm,
    Wait,
    calls,
    due_by,
    is_late,
    moved,
    pauses_of,
    span_of,
    steps_of,
    to_come,
    waiting_now,
)
from models.help.rules.policy import HelpPolicy, Urgency
from models.help.rules.states import Waiting
from models.hours.rules.clocks import deadline, is_working
from models.hours.rules.desk import DESK
from models.policy.current import DEFAULT as IN_FORCE
from tests.hours.oracle import MINUTE, Watch, after, tally

POLICY = HelpPolicy()
DEFAULT = IN_FORCE.of(HelpPolicy)

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai."""

instants = st.integers(0, 400 * 24 * 60).map(
    lambda minutes: datetime(2025, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
lengths = st.timedeltas(timedelta(0), timedelta(days=12)).map(
    lambda span: span - span % timedelta(minutes=1)
)
urgencies, promises = st.sampled_from(Urgency), st.sampled_from(Promise)


@st.composite
def lives(draw: st.DrawFn) -> tuple[datetime, list[Wait]]:
    """When a request was filed, a start the resident chose, and waits one after the other."""
    filed = draw(instants)
    waits = []
    if draw(st.booleans()):
        waits.append(Wait(Waiting.START, filed, filed + draw(lengths) + timedelta(minutes=1)))
    at = filed
    for why in draw(st.lists(st.sampled_from([Waiting.ANSWER, Waiting.VERDICT]), max_size=4)):
        begin = at + draw(lengths)
        at = begin + draw(lengths)
        waits.append(Wait(why, begin, at))
    return filed, waits


def kept(promise: Promise, urgency: Urgency, filed: datetime, waits: list[Wait]) -> datetime:
    """Live through the waits as the actions do: the promise moves as each of them ends."""
    clock = DEFAULT.clock(urgency)
    known = [wait for wait in waits if wait.why is Waiting.START]
    by = due_by(promise, urgency, filed, known, DEFAULT, clock)
    for wait in waits:
        if wait.why is not Waiting.START:
            by = moved(promise, by, wait, known, clock)
            known = [*known, wait]
    return by


@given(promises, urgencies, lives())
def test_moving_wait_by_wait_comes_to_the_same_as_counting_anew(
    promise: Promise, urgency: Urgency, life: tuple[datetime, list[Wait]]
) -> None:
    filed, waits = life
    clock = DEFAULT.clock(urgency)
    span = span_of(promise, urgency, DEFAULT, clock)
    anew = deadline(clock, filed, span, pauses_of(promise, waits))
    assert kept(promise, urgency, filed, waits) == anew


WATCH = Watch("China", DESK, DEFAULT.is_workday, MONDAY.date(), datetime(2027, 3, 1).date())  # noqa: DTZ001 - a day


@given(
    st.integers(0, 20 * 24 * 60),
    st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 6000)), max_size=3),
    st.sampled_from([one for one in Urgency if one is not Urgency.EMERGENCY]),
)
def test_a_promise_is_what_somebody_counts_who_looks_every_minute(
    filed: int, gaps: list[tuple[int, int]], urgency: Urgency
) -> None:
    at, waits = filed, []
    for gap, length in gaps:
        waits.append(Wait(Waiting.ANSWER, WATCH.at(at + gap), WATCH.at(at + gap + length)))
        at += gap + length
    clock = DEFAULT.clock(urgency)
    left = span_of(Promise.SOLVE, urgency, DEFAULT, clock) // MINUTE
    assert kept(Promise.SOLVE, urgency, WATCH.at(filed), waits) == WATCH.at(
        _counted(filed, left, [(_minute(one.since), _minute(one.until)) for one in waits])
    )


def _minute(at: datetime | None) -> int:
    assert at is not None
    return (at - WATCH.start) // MINUTE


def _counted(start: int, left: int, paused: list[tuple[int, int]]) -> int:
    counts = tally(WATCH)
    for begin, end in paused:
        if counts[begin] - counts[start] >= left:
            break
        left -= counts[begin] - counts[start]
        start = end
    return after(WATCH, start, left)


@given(promises, instants, lives())
def test_more_urgent_is_promised_no_later(
    promise: Promise, filed: datetime, life: tuple[datetime, list[Wait]]
) -> None:
    waits = [one for one in life[1] if one.until]
    spans = [
        due_by(promise, urgency, filed, waits, POLICY, POLICY.clock(urgency))
        for urgency in Urgency
        if urgency is not Urgency.EMERGENCY
    ]
    assert all(sooner <= later for sooner, later in pairwise(spans))


@given(promises, urgencies, lives(), lengths)
def test_a_longer_wait_never_brings_a_promise_forward(
    promise: Promise, urgency: Urgency, life: tuple[datetime, list[Wait]], longer: timedelta
) -> None:
    filed, waits = life
    clock = DEFAULT.clock(urgency)
    by = kept(promise, urgency, filed, waits)
    later = waits[-1].until if waits else filed
    assert later is not None
    further = Wait(Waiting.ANSWER, later, later + longer)
    assert by <= moved(promise, by, further, waits, clock)


@given(urgencies, lives())
def test_a_later_start_holds_back_the_work_and_not_the_answer(
    urgency: Urgency, life: tuple[datetime, list[Wait]]
) -> None:
    filed, waits = life
    starts = [one for one in waits if one.why is Waiting.START]
    clock = DEFAULT.clock(urgency)
    answer = due_by(Promise.ANSWER, urgency, filed, starts, DEFAULT, clock)
    assert answer == due_by(Promise.ANSWER, urgency, filed, [], DEFAULT, clock)
    solve = due_by(Promise.SOLVE, urgency, filed, starts, DEFAULT, clock)
    assert all(one.until is not None and one.until <= solve for one in starts)


@given(promises, urgencies, lives())
def test_rungs_follow_one_another_and_never_outside_working_time(
    promise: Promise, urgency: Urgency, life: tuple[datetime, list[Wait]]
) -> None:
    filed, waits = life
    clock = DEFAULT.clock(urgency)
    by = kept(promise, urgency, filed, waits)
    steps = steps_of(PromiseTerm(promise, urgency, filed, by), waits, DEFAULT, clock)
    assert [step.rung for step in steps] == list(Level)
    assert all(sooner.at <= later.at for sooner, later in pairwise(steps))
    assert steps[1].at == by
    if urgency is not Urgency.EMERGENCY:
        moment = timedelta(microseconds=1)
        assert all(is_working(step.at - moment, DESK, DEFAULT.is_workday) for step in steps)


@given(promises, urgencies, instants, st.sampled_from([None, *Level]), lengths)
def test_after_an_outage_one_call_a_promise_tells_every_rung_that_was_due(
    promise: Promise, urgency: Urgency, filed: datetime, told: Level | None, later: timedelta
) -> None:
    clock = DEFAULT.clock(urgency)
    by = due_by(promise, urgency, filed, [], DEFAULT, clock)
    steps = to_come(steps_of(PromiseTerm(promise, urgency, filed, by), [], DEFAULT, clock), told)
    now = filed + later
    due = [step for step in steps if step.at <= now]
    found = calls(steps, now)
    assert len(found) == bool(due)
    for call in found:
        assert call.rungs == tuple(step.rung for step in due)
        assert call.at == due[-1].at
        assert told is None or told not in call.rungs


def test_the_gravest_call_comes_first() -> None:
    clock = POLICY.clock(Urgency.ORDINARY)
    late = MONDAY + timedelta(days=40)
    terms = [
        PromiseTerm(one, Urgency.ORDINARY, MONDAY, MONDAY + timedelta(days=1)) for one in Promise
    ]
    steps = [step for term in terms for step in steps_of(term, [], POLICY, clock)]
    assert [(call.promise, call.highest) for call in calls(steps, late)] == [
        (Promise.SOLVE, Level.STREET),
        (Promise.ANSWER, Level.STREET),
    ]


@given(instants, lengths, lengths)
def test_what_was_late_before_the_resident_was_waited_for_stays_late(
    by: datetime, since: timedelta, now: timedelta
) -> None:
    wait = Wait(Waiting.VERDICT, by + since)
    assert is_late(by, wait, wait.since + now) == (since > timedelta(0))
    early = Wait(Waiting.VERDICT, by - since)
    assert not is_late(by, early, early.since + now)


def test_a_wait_without_an_end_is_shown_before_one_for_the_start() -> None:
    start = Wait(Waiting.START, MONDAY, MONDAY + timedelta(days=4))
    answer = Wait(Waiting.ANSWER, MONDAY + timedelta(days=1))
    assert waiting_now([start, answer], MONDAY + timedelta(hours=1)) is start
    assert waiting_now([start, answer], MONDAY + timedelta(days=2)) is answer
    assert waiting_now([start], MONDAY + timedelta(days=4)) is None
    assert set(HELD_BY) == set(Promise)
