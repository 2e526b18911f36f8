"""When somebody who wants to be left alone is rung, by the rule alone."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.hours.rules.desk_hours_text import span_in
from models.hours.rules.quiet import QUIET, in_quiet_hours
from models.hours.rules.sparing import Spared, rings_at
from models.people.rules import LONGEST_QUIET, quiet_span

INSTANTS = st.datetimes(
    datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)  # noqa: DTZ001
)  # fmt: skip
PAUSES = st.none() | st.timedeltas(timedelta(days=-2), timedelta(days=40))
HOURS = st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda both: both[0] != both[1])


@given(INSTANTS, PAUSES, st.none() | HOURS)
def test_nothing_rings_before_its_time_or_in_quiet(
    now: datetime, pause: timedelta | None, own: tuple[int, int] | None
) -> None:
    spared = Spared(None if pause is None else now + pause, *(own or (None, None)))
    at = rings_at(now, spared, QUIET)
    assert at >= now
    assert spared.paused_until is None or at >= min(spared.paused_until, at)
    assert not replace(spared, quiet_from=None).is_paused(at)
    if own is None:
        assert at == max(now, spared.paused_until or now)
    elif (quiet := spared.own(QUIET.zone)) is not None:
        hours = [now + timedelta(hours=hour) for hour in range(24)]
        nights = (quiet, QUIET)
        covered = all(any(in_quiet_hours(one, night) for night in nights) for one in hours)
        assert covered or not (in_quiet_hours(at, quiet) or in_quiet_hours(at, QUIET))


def at(hour: int, minute: int = 0) -> datetime:
    """An instant of a day in Shanghai, as UTC."""
    return datetime(2026, 11, 24, tzinfo=UTC) + timedelta(hours=hour - 8, minutes=minute)


@pytest.mark.parametrize(
    ("now", "own", "rings"),
    [
        (at(12), (20, 8), at(12)),
        (at(20), (20, 8), at(32)),
        (at(22), (23, 9), at(33)),  # the house's night first, then their own morning
        (at(13, 30), (13, 15), at(15)),
        (at(22), None, at(22)),  # the night of all is the sender's business
    ],
)
def test_own_quiet_hours(now: datetime, own: tuple[int, int] | None, rings: datetime) -> None:
    assert rings_at(now, Spared(None, *(own or (None, None))), QUIET) == rings


def test_hours_are_those_of_the_house() -> None:
    there = replace(QUIET, zone="Europe/Berlin")
    assert Spared(None, 20, 8).own(there.zone) == replace(there, begins=time(20), ends=time(8))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("21:30-7:00", ("21:30", "7:00")),
        ("晚上9点到早上7点", ("晚上9点", "早上7点")),
        ("从晚上9点至早上7点。", ("晚上9点", "早上7点")),
        ("From 9pm to 7am", ("9pm", "7am")),
        ("21：00～7：00", ("21:00", "7:00")),
        ("9pm", None),
        ("到早上", None),
        ("9-10-11", None),
    ],
)
def test_a_span_is_cut_into_its_ends(text: str, ends: tuple[str, str] | None) -> None:
    assert span_in(text) == ends


@given(st.times(), st.times())
def test_whole_hours_leave_out_nothing_that_was_named(begins: time, ends: time) -> None:
    hours = quiet_span(begins, ends)
    if hours is not None:
        first, last = hours
        length = (last - first) % 24
        named = (ends.hour * 60 + ends.minute - begins.hour * 60 - begins.minute) % 1440
        assert first == begins.hour
        assert named <= length * 60 <= LONGEST_QUIET * 60
