"""The laws of counting time, to the microsecond."""

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from models.hours.rules.clocks import Clock, DeskClock
from tests.hours.strategies import clocks, desks, instants, spans
from tests.profile import examples

TICK = timedelta(microseconds=1)
ZERO = timedelta()
bounded = examples(50)


@bounded
@given(clocks, instants, spans)
def test_what_is_added_is_what_lies_between(clock: Clock, start: datetime, span: timedelta) -> None:
    assert clock.between(start, clock.after(start, span)) == span


@bounded
@given(clocks, instants, spans.filter(bool))
def test_a_deadline_is_the_earliest_such_instant(
    clock: Clock, start: datetime, span: timedelta
) -> None:
    due = clock.after(start, span)
    assert clock.runs(due - TICK)
    assert clock.between(start, due - TICK) == span - TICK


@bounded
@given(clocks, instants, instants)
def test_adding_what_lies_between_comes_no_later(
    clock: Clock, one: datetime, other: datetime
) -> None:
    start, end = sorted((one, other))
    due = clock.after(start, clock.between(start, end))
    assert due <= end
    assert due == end or not clock.runs(end - TICK)


@bounded
@given(clocks, instants)
def test_nothing_added_is_the_start_itself(clock: Clock, start: datetime) -> None:
    assert clock.after(start, ZERO) == start
    assert clock.between(start, start) == ZERO


@bounded
@given(clocks, instants, spans, spans)
def test_spans_add_up(clock: Clock, start: datetime, one: timedelta, other: timedelta) -> None:
    assert clock.after(clock.after(start, one), other) == clock.after(start, one + other)


@bounded
@given(clocks, st.tuples(instants, instants, instants))
def test_times_between_add_up(clock: Clock, three: tuple[datetime, ...]) -> None:
    first, second, third = three
    whole = clock.between(first, third)
    assert clock.between(first, second) + clock.between(second, third) == whole
    assert clock.between(third, first) == -whole


@bounded
@given(clocks, st.tuples(instants, instants), st.tuples(spans, spans))
def test_later_starts_and_longer_spans_end_no_earlier(
    clock: Clock, starts: tuple[datetime, ...], lengths: tuple[timedelta, ...]
) -> None:
    early, late = sorted(starts)
    short, long = sorted(lengths)
    assert clock.after(early, short) <= clock.after(late, short)
    assert clock.after(early, short) <= clock.after(early, long)


@bounded
@given(desks, instants, instants)
def test_working_time_is_no_more_than_time(
    clock: DeskClock, one: datetime, other: datetime
) -> None:
    start, end = sorted((one, other))
    assert ZERO <= clock.between(start, end) <= end - start


@bounded
@given(clocks, instants, spans, st.integers(-14, 14))
def test_the_zone_an_instant_is_written_in_does_not_matter(
    clock: Clock, start: datetime, span: timedelta, hours: int
) -> None:
    elsewhere = start.astimezone(timezone(timedelta(hours=hours)))
    due = clock.after(elsewhere, span)
    assert due == clock.after(start, span)
    assert due.utcoffset() == ZERO
    assert clock.runs(elsewhere) is clock.runs(start)
