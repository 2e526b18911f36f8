"""Days, hours and numbers in the words that people use."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.form.impossible import is_impossible
from handlers.form.plain_words import read_days, read_moment, read_moments, read_number, read_time

MONDAY = datetime(2026, 11, 23, 11, 30)  # noqa: DTZ001 - local and naive, as the module wants it


@pytest.mark.parametrize(
    ("words", "month", "day", "hour", "minute"),
    [
        ("明天下午3点", 11, 24, 15, 0),
        ("今天15:30", 11, 23, 15, 30),
        ("周三上午九点", 11, 25, 9, 0),
        ("12月3号下午两点半", 12, 3, 14, 30),
        ("12-03 09:00", 12, 3, 9, 0),
        ("2026年12月3日 15：00", 12, 3, 15, 0),
        ("今晚8点", 11, 23, 20, 0),
        ("明早八点", 11, 24, 8, 0),
        ("晚上12点", 11, 24, 0, 0),
        ("九点一刻", 11, 24, 9, 15),
        ("早上8点", 11, 24, 8, 0),
        ("后天中午", 11, 25, 12, 0),
        ("星期天下午", 11, 29, 15, 0),
        ("今天晚上七点左右", 11, 23, 19, 0),
        ("半小时后", 11, 23, 12, 0),
        ("一个半小时后", 11, 23, 13, 0),
        ("三天后", 11, 26, 11, 30),
        ("现在", 11, 23, 11, 30),
        ("Dec 3rd at 3:30 pm", 12, 3, 15, 30),
        ("3 December 9am", 12, 3, 9, 0),
        ("tomorrow afternoon", 11, 24, 15, 0),
        ("tomorrow at 3", 11, 24, 15, 0),
        ("the day after tomorrow at noon", 11, 25, 12, 0),
        ("next Wednesday 9 am", 12, 2, 9, 0),
        ("in half an hour", 11, 23, 12, 0),
        ("2 hours from now", 11, 23, 13, 30),
        ("asap", 11, 23, 11, 30),
        ("12 am tomorrow", 11, 24, 0, 0),
        ("half past 3 tomorrow", 11, 24, 15, 30),
        ("tomorrow at half past eight am", 11, 24, 8, 30),
        ("a quarter to nine tomorrow evening", 11, 24, 20, 45),
        ("ten past four tomorrow", 11, 24, 16, 10),
        ("half 4 tomorrow", 11, 24, 16, 30),
        ("半夜", 11, 24, 0, 0),
        ("今天半夜", 11, 24, 0, 0),
        ("明天半夜12点", 11, 25, 0, 0),
        ("半夜两点", 11, 24, 2, 0),
        ("半夜11点", 11, 23, 23, 0),
        ("今夜", 11, 23, 21, 0),
        ("tonight at midnight", 11, 24, 0, 0),
    ],
)
def test_moments(words: str, month: int, day: int, hour: int, minute: int) -> None:
    assert read_moment(words, MONDAY) == (
        MONDAY.replace(month=month, day=day, hour=hour, minute=minute),
        True,
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("明天", date(2026, 11, 24)),
        ("周一", date(2026, 11, 23)),
        ("周三", date(2026, 11, 25)),
        ("下周三", date(2026, 12, 2)),
        ("周末", date(2026, 11, 28)),
        ("this weekend", date(2026, 11, 28)),
        ("3号", date(2026, 12, 3)),
        ("31号", date(2026, 12, 31)),
        ("1月5日", date(2027, 1, 5)),
        ("2026-12-24", date(2026, 12, 24)),
        ("3号楼漏水", None),
        ("2月30日", None),
        ("随便哪天", None),
    ],
)
def test_days(words: str, expected: date | None) -> None:
    assert read_days(words, MONDAY) == ([] if expected is None else [(expected, None)])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("15:30", time(15, 30)),
        ("三点半", time(15, 30)),
        ("凌晨三点", time(3)),
        ("03:00", time(3)),
        ("3 pm", time(15)),
        ("noon", time(12)),
        ("24:00", time(0)),
        ("25:00", None),
        ("9:75", None),
        ("tomorrow", None),
        ("whenever", None),
    ],
)
def test_hours(words: str, expected: time | None) -> None:
    assert read_time(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("3", 3),
        ("３", 3),
        ("三", 3),
        ("两个人", 2),
        ("二十五", 25),
        ("three people", 3),
        ("3-4", None),
        ("-3", None),
        ("2.5", None),
        ("3:30", None),
        ("很多", None),
        ("", None),
        ("12345678901", None),
    ],
)
def test_numbers(words: str, expected: int | None) -> None:
    assert read_number(words) == expected


@given(st.text(max_size=60))
def test_no_text_makes_them_raise(text: str) -> None:
    read_moment(text, MONDAY)
    read_days(text, MONDAY)
    read_time(text)
    read_number(text)


PIECES = (
    "明天|周|下|三|十二|点|半|刻|:|3|31|0|99|月|号|am|下午|in |hours|后|Dec |next |mon| |-|/|2026"
)


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=8))
def test_no_muddle_of_their_own_words_makes_them_raise(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = read_moment(text, MONDAY)
    assert found is None or found[0].year >= 1
    read_days(text, MONDAY)
    read_time(text)


@given(st.datetimes(min_value=MONDAY, max_value=datetime(2027, 11, 1)))  # noqa: DTZ001 - as above
def test_a_full_date_and_hour_reads_back(at: datetime) -> None:
    at = at.replace(second=0, microsecond=0)
    assert read_moment(f"{at:%Y-%m-%d %H:%M}", MONDAY) == (at, True)
    assert read_moment(f"{at.year}年{at.month}月{at.day}日{at:%H:%M}", MONDAY) == (at, True)


def at(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - as above


HALF_PAST_EIGHT = MONDAY.replace(hour=20)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2月30号", True),
        ("2月30号下午3点", True),
        ("13月5日", True),
        ("25:00", True),
        ("25点", True),
        ("明天8:75", True),
        ("2月29号", True),
        ("2028年2月29号", False),
        ("明天下午3点", False),
        ("水管漏了25天", False),
        ("我25:00回来过", False),
        ("", False),
    ],
)
def test_a_day_or_hour_that_there_is_not_is_known(words: str, expected: bool) -> None:
    assert is_impossible(words, MONDAY) == expected


@given(st.text(st.sampled_from("0123456789:点月日号/-.明天下午 "), max_size=14))
def test_what_can_be_read_is_never_called_impossible(words: str) -> None:
    if read_moments(words, MONDAY):
        assert not is_impossible(words, MONDAY)


@pytest.mark.parametrize(
    ("words", "now", "expected"),
    [
        ("12.25", MONDAY, [(at(12, 25), False), (at(11, 23, 12, 25), True)]),
        (
            "8.30",
            MONDAY,
            [(at(8, 30, year=2027), False), (at(11, 23, 20, 30), True), (at(11, 24, 8, 30), True)],
        ),
        ("12.45", MONDAY, [(at(11, 23, 12, 45), True)]),
        ("12.5", MONDAY, [(at(12, 5), False)]),
        ("25.12", MONDAY, [(at(12, 25), False)]),
        ("12.25日", MONDAY, [(at(12, 25), False)]),
        ("12.25 下午3点", MONDAY, [(at(12, 25, 15), True)]),
        ("下午3.30", MONDAY, [(at(11, 23, 15, 30), True)]),
        ("3.30 pm", MONDAY, [(at(11, 23, 15, 30), True)]),
        ("明天8.30", MONDAY, [(at(11, 24, 8, 30), True)]),
        ("2026.12.25", MONDAY, [(at(12, 25), False)]),
        ("this evening", MONDAY, [(at(11, 23, 19), True)]),
        ("this evening", HALF_PAST_EIGHT, [(HALF_PAST_EIGHT, True)]),
        ("今晚", HALF_PAST_EIGHT, [(HALF_PAST_EIGHT, True)]),
        ("今天晚上", HALF_PAST_EIGHT, [(HALF_PAST_EIGHT, True)]),
        ("tonight", HALF_PAST_EIGHT, [(HALF_PAST_EIGHT, True)]),
        ("今晚9点", HALF_PAST_EIGHT, [(at(11, 23, 21), True)]),
        ("今天下午", HALF_PAST_EIGHT, [(at(11, 23, 15), True)]),
        ("下午", HALF_PAST_EIGHT, [(at(11, 24, 15), True)]),
        ("8点", MONDAY, [(at(11, 23, 20), True), (at(11, 24, 8), True)]),
        ("8点", HALF_PAST_EIGHT, [(at(11, 24, 8), True)]),
        ("9点", HALF_PAST_EIGHT, [(at(11, 23, 21), True), (at(11, 24, 9), True)]),
        ("今天8点", MONDAY, [(at(11, 23, 20), True)]),
        ("08:00", MONDAY, [(at(11, 24, 8), True)]),
        ("明天8点", MONDAY, [(at(11, 24, 8), True)]),
        ("明天25点", MONDAY, []),
        ("晚上8点", HALF_PAST_EIGHT, [(HALF_PAST_EIGHT, True), (at(11, 24, 20), True)]),
        ("7 pm", HALF_PAST_EIGHT, [(HALF_PAST_EIGHT, True), (at(11, 24, 19), True)]),
        ("下午3点", HALF_PAST_EIGHT, [(at(11, 24, 15), True)]),
        ("明天半夜2点", MONDAY, [(at(11, 24, 2), True), (at(11, 25, 2), True)]),
        ("明天半夜12点", MONDAY, [(at(11, 25), True)]),
        ("半夜2点", MONDAY.replace(hour=1), [(at(11, 23, 2), True)]),
    ],
)
def test_what_can_be_read_two_ways_is_read_both_ways(
    words: str, now: datetime, expected: list[tuple[datetime, bool]]
) -> None:
    assert read_moments(words, now) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("后天下午3点", (date(2026, 11, 25), time(15))),
        ("tomorrow 9:00", (date(2026, 11, 24), time(9))),
        ("12.25", (date(2026, 12, 25), None)),
        ("明天晚上12点", (date(2026, 11, 25), time(0))),
    ],
)
def test_an_hour_beside_a_day(words: str, expected: tuple[date, time | None]) -> None:
    assert read_days(words, MONDAY) == [expected]


@given(
    st.integers(0, 24),
    st.integers(0, 59),
    st.datetimes(MONDAY, datetime(2027, 3, 1)),  # noqa: DTZ001 - as above
)
def test_an_hour_alone_is_never_past_and_always_that_hour(
    hour: int, minute: int, now: datetime
) -> None:
    for found, has_hour in read_moments(f"{hour}:{minute:02}", now):
        assert has_hour
        assert found >= now
        assert found.minute == minute
        assert (found.hour - hour) % 12 == 0
