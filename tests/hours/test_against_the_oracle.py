"""Working time against somebody who looks every minute for years."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.hours.rules.clocks import add_working, is_working, working_between
from tests.hours import oracle
from tests.hours.desks import WATCHES, near
from tests.hours.oracle import DAY, MINUTE, Watch
from tests.profile import examples

thorough = examples(40)
watches = pytest.mark.parametrize(
    "watch", WATCHES, ids=lambda watch: watch.name, scope="module"
)  # one watch after the other: each is counted once


def minutes(watch: Watch) -> st.SearchStrategy[int]:
    """Any minute, or one within three days of a feast or of a change of clocks."""
    hard = [(day - watch.first).days * DAY for day in near(watch)]
    around = st.builds(int.__add__, st.sampled_from(hard), st.integers(-3 * DAY, 3 * DAY))
    last = watch.minutes - 1
    return st.integers(0, last) | around.map(lambda minute: min(max(minute, 0), last))


@watches
@thorough
@given(data=st.data(), span=st.integers(0, 15 * 8 * 60))
def test_whatever_is_asked_the_onlooker_has_counted_the_same(
    watch: Watch, data: st.DataObject, span: int
) -> None:
    start, end = sorted(data.draw(st.tuples(minutes(watch), minutes(watch))))
    begin, until, desk = watch.at(start), watch.at(end), (watch.hours, watch.is_workday)
    assert is_working(begin, *desk) is oracle.is_open(watch, start)
    assert working_between(begin, until, *desk) == oracle.between(watch, start, end) * MINUTE
    reached = oracle.after(watch, start, span)
    due = add_working(begin, span * MINUTE, *desk)
    if reached > watch.minutes:
        assert due > watch.at(watch.minutes)
    else:
        assert due == watch.at(reached)


@watches
def test_round_every_hard_day_and_over_the_whole_watch(watch: Watch) -> None:
    desk = (watch.hours, watch.is_workday)
    for day in near(watch):
        midnight = (day - watch.first).days * DAY
        for minute in range(midnight - DAY, midnight + 2 * DAY, 5):
            assert is_working(watch.at(minute), *desk) is oracle.is_open(watch, minute)
    counted = working_between(watch.start, watch.at(watch.minutes), *desk)
    assert counted == oracle.between(watch, 0, watch.minutes) * MINUTE
    assert counted > timedelta()
