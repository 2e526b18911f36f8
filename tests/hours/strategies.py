"""Desks, instants and pauses, down to the microsecond."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from models.hours.rules.clocks import ROUND_THE_CLOCK, Clock, ClockPause, DeskClock
from tests.hours.desks import WATCHES

desks = st.sampled_from([DeskClock(watch.hours, watch.is_workday) for watch in WATCHES])
clocks: st.SearchStrategy[Clock] = desks | st.just(ROUND_THE_CLOCK)

instants = st.datetimes(datetime(2024, 1, 1), datetime(2027, 3, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is named beside
spans = st.timedeltas(timedelta(), timedelta(hours=120))
breaks = st.builds(
    lambda begin, length: ClockPause(begin, begin + length),
    instants,
    st.timedeltas(timedelta(), timedelta(days=20)),
)


@st.composite
def near_pauses(draw: st.DrawFn, start: datetime) -> list[ClockPause]:
    """Pauses that can touch a promise given at `start`, some overlapping, some before it."""
    away = st.timedeltas(timedelta(days=-5), timedelta(days=25))
    length = st.timedeltas(timedelta(), timedelta(days=6))
    pairs = draw(st.lists(st.tuples(away, length), max_size=5))
    return [ClockPause(start + begin, start + begin + lasting) for begin, lasting in pairs]
