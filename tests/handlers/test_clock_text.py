"""Instants and spans as neighbours say them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.clock_text import at_clock, at_date, how_long, local, on_clock_of
from handlers.i18n import speaking

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
"""A Wednesday, noon in Shanghai."""


@pytest.mark.parametrize(
    ("hours", "chinese", "english"),
    [
        (3.5, "今天 15:30", "today 15:30"),
        (12, "明天 00:00", "tomorrow 00:00"),
        (-12.5, "昨天 23:30", "yesterday 23:30"),
        (5 * 24 - 3, "周一 09:00", "Mon 09:00"),
        (6 * 24, "周二 12:00", "Tue 12:00"),
        (7 * 24, "12月2日 12:00", "Dec 2 12:00"),
        (-3 * 24, "11月22日 12:00", "Nov 22 12:00"),
        (60 * 24, "2027年1月24日 12:00", "Jan 24, 2027 12:00"),
    ],
)
def test_days_are_named_as_seen_from_now(hours: float, chinese: str, english: str) -> None:
    at = NOON + timedelta(hours=hours)
    with speaking("zh_Hans"):
        assert at_clock(at, NOON) == chinese
    with speaking("en"):
        assert at_clock(at, NOON) == english


@pytest.mark.parametrize(
    ("hours", "chinese", "english"),
    [
        (3.5, "11月25日周三 15:30", "Wed, Nov 25 15:30"),
        (12, "11月26日周四 00:00", "Thu, Nov 26 00:00"),
        (-12.5, "11月24日周二 23:30", "Tue, Nov 24 23:30"),
        (60 * 24, "2027年1月24日周日 12:00", "Sun, Jan 24, 2027 12:00"),
    ],
)
def test_what_stays_in_a_chat_names_the_date(hours: float, chinese: str, english: str) -> None:
    at = NOON + timedelta(hours=hours)
    with speaking("zh_Hans"):
        assert at_date(at, NOON) == chinese
    with speaking("en"):
        assert at_date(at, NOON) == english


@given(st.timedeltas(min_value=timedelta(days=-300), max_value=timedelta(days=300)))
def test_a_date_reads_the_same_on_every_day_of_its_year(away: timedelta) -> None:
    at = NOON + timedelta(days=3)
    now = at + away
    for language in ("zh_Hans", "en"):
        with speaking(language):
            assert at_date(at, now) == at_date(at, at) or local(now).year != local(at).year


def test_the_clock_is_that_of_the_place() -> None:
    on_clock_of(ZoneInfo("Europe/Berlin"))
    try:
        with speaking("en"):
            assert at_clock(NOON, NOON) == "today 05:00"
    finally:
        on_clock_of(ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("span", "chinese", "english"),
    [
        (timedelta(seconds=5), "1分钟", "1 minute"),
        (timedelta(minutes=45), "45分钟", "45 minutes"),
        (timedelta(hours=1), "1小时", "1 hour"),
        (timedelta(hours=24), "1天", "1 day"),
        (timedelta(hours=26), "26小时", "26 hours"),
        (timedelta(days=15), "15天", "15 days"),
    ],
)
def test_spans(span: timedelta, chinese: str, english: str) -> None:
    with speaking("zh_Hans"):
        assert how_long(span) == chinese
    with speaking("en"):
        assert how_long(span) == english


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000)))
def test_every_span_is_said_in_one_number(span: timedelta) -> None:
    with speaking("en"):
        said = how_long(span)
    assert sum(part.replace(",", "").isdigit() for part in said.split()) == 1
