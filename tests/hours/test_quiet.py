"""Quiet hours, over midnight and over changes of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.hours.rules.quiet import QUIET, QuietHours, in_quiet_hours, next_quiet_end, out_of_quiet
from tests.profile import examples

MINUTE = timedelta(minutes=1)
AROUND = (timedelta(days=-2), timedelta(days=2))
bounded = examples(50)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
zones = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Havana", "Pacific/Apia", "UTC"]
)
quiets = st.builds(
    lambda pair, zone: QuietHours(pair[0], pair[1], zone),
    st.tuples(times, times).filter(lambda pair: pair[0] != pair[1]),
    zones,
)
instants = st.datetimes(datetime(2011, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is named beside
hard = st.sampled_from(
    [date(2011, 12, 30), date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1)]
)
near = st.builds(
    lambda day, away: datetime(day.year, day.month, day.day, tzinfo=UTC) + away * MINUTE,
    hard,
    st.integers(-2 * 1440, 2 * 1440),
)


@pytest.mark.parametrize(
    ("at", "quiet", "end"),
    [
        ("2026-11-23T21:29:59", False, "2026-11-24T07:30"),
        ("2026-11-23T21:30:00", True, "2026-11-24T07:30"),
        ("2026-11-24T00:00:00", True, "2026-11-24T07:30"),
        ("2026-11-24T07:29:59", True, "2026-11-24T07:30"),
        ("2026-11-24T07:30:00", False, "2026-11-25T07:30"),
        ("2026-12-31T23:00:00", True, "2027-01-01T07:30"),
    ],
)
def test_the_night_from_half_past_nine_to_half_past_seven(at: str, quiet: bool, end: str) -> None:
    instant, over = (datetime.fromisoformat(f"{each}+08:00") for each in (at, end))
    assert in_quiet_hours(instant, QUIET) is quiet
    assert next_quiet_end(instant, QUIET) == over
    assert out_of_quiet(instant, QUIET) == (over if quiet else instant)


@bounded
@given(instants | near, quiets)
def test_on_a_day_of_even_clocks_the_wall_tells(at: datetime, quiet: QuietHours) -> None:
    clocks = ZoneInfo(quiet.zone)
    local = at.astimezone(clocks)
    if any((at + away).astimezone(clocks).utcoffset() != local.utcoffset() for away in AROUND):
        return
    over_midnight = quiet.ends < quiet.begins
    after, before = quiet.begins <= local.time(), local.time() < quiet.ends
    shown = (after or before) if over_midnight else (after and before)
    assert in_quiet_hours(at, quiet) is shown


@bounded
@given(instants | near, quiets)
def test_after_the_next_end_it_is_not_quiet_and_before_it_is(
    at: datetime, quiet: QuietHours
) -> None:
    end = next_quiet_end(at, quiet)
    assert at < end <= at + timedelta(days=3)
    assert not in_quiet_hours(end, quiet)
    assert in_quiet_hours(end - timedelta(microseconds=1), quiet)


@bounded
@given(instants | near, quiets)
def test_out_of_quiet_is_never_quiet_and_moves_only_what_is(
    at: datetime, quiet: QuietHours
) -> None:
    free = out_of_quiet(at, quiet)
    assert not in_quiet_hours(free, quiet)
    assert (free == at) is not in_quiet_hours(at, quiet)
    assert out_of_quiet(free, quiet) == free
    assert free.utcoffset() == timedelta()


@bounded
@given(near, near, quiets)
def test_out_of_quiet_keeps_the_order(one: datetime, other: datetime, quiet: QuietHours) -> None:
    early, late = sorted((one, other))
    assert out_of_quiet(early, quiet) <= out_of_quiet(late, quiet)
    assert next_quiet_end(early, quiet) <= next_quiet_end(late, quiet)


@bounded
@given(instants | near, quiets, st.data())
def test_quiet_lasts_to_its_end(at: datetime, quiet: QuietHours, data: st.DataObject) -> None:
    if in_quiet_hours(at, quiet):
        end = next_quiet_end(at, quiet)
        share = data.draw(st.floats(0, 1, exclude_max=True))
        assert in_quiet_hours(min(at + (end - at) * share, end - MINUTE / 60), quiet)


@pytest.mark.parametrize(
    ("begins", "ends", "day", "lasts"),
    [
        (time(22), time(6), date(2026, 3, 28), 7),
        (time(22), time(6), date(2026, 10, 24), 9),
        (time(2, 30), time(6), date(2026, 3, 29), 3),
        (time(2, 30), time(6), date(2026, 10, 25), 4.5),
        (time(22), time(2, 30), date(2026, 3, 28), 4),
        (time(22), time(2, 30), date(2026, 10, 24), 4.5),
    ],
)
def test_the_night_when_clocks_change(begins: time, ends: time, day: date, lasts: float) -> None:
    """Berlin skips two to three in March and shows it twice in October."""
    quiet = QuietHours(begins, ends, "Europe/Berlin")
    noon = datetime.combine(day, time(12), tzinfo=ZoneInfo("Europe/Berlin"))
    start = noon - timedelta(hours=12) if begins < ends else noon
    first = start
    while not in_quiet_hours(first, quiet):
        first = (first.astimezone(UTC) + 15 * MINUTE).astimezone(ZoneInfo("Europe/Berlin"))
    assert next_quiet_end(first, quiet) - first.astimezone(UTC) == timedelta(hours=lasts)


def test_a_night_that_clocks_leave_out_has_no_end() -> None:
    """Two to three is left out in Berlin on the 29th of March: the next quiet is the day after."""
    quiet = QuietHours(time(2, 10), time(2, 50), "Europe/Berlin")
    evening = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    assert next_quiet_end(evening, quiet) == datetime(2026, 3, 30, 0, 50, tzinfo=UTC)


def test_unsound_quiet_hours_are_refused() -> None:
    with pytest.raises(ValueError, match="end at another time"):
        QuietHours(time(7), time(7), "UTC")
    with pytest.raises(ValueError, match="without a zone"):
        QuietHours(time(7, tzinfo=UTC), time(9), "UTC")
