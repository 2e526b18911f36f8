"""A length of time is read exactly as it was written, or asked for again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.savings.durations import A_DAY, read_minutes

NUMERALS = dict(enumerate("零一两三四五六七八九")) | {10: "十", 11: "十一", 12: "十二"}


UNITS = st.sampled_from(["小时", "个小时", "分钟", "个半小时"])


@given(st.integers(1, A_DAY))
def test_every_length_of_a_day_is_read_exactly_in_both_languages(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    written = [f"{minutes}分钟", f"{minutes} min", f"{hours}小时{rest}分", f"{hours} h {rest} min"]
    assert {read_minutes(one) for one in written} == {minutes}


@given(st.integers(1, 12), st.booleans())
def test_hours_in_chinese_numerals_are_read_exactly(hours: int, half: bool) -> None:
    written = f"{NUMERALS[hours]}个{'半' if half else ''}小时"
    assert read_minutes(written) == hours * 60 + (30 if half else 0)


@given(st.integers(1, 9), st.integers(1, 9), UNITS)
def test_neighbouring_digits_are_no_length(one: int, other: int, unit: str) -> None:
    assert read_minutes(NUMERALS[one] + NUMERALS[other] + unit) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("半小时", 30),
        ("半个小时", 30),
        ("一个半小时", 90),
        ("一个半钟头", 90),
        ("1小时30", 90),
        ("1 小时 30 分", 90),
        ("一刻钟", 15),
        ("三刻钟", 45),
        ("1h30", 90),
        ("90", 90),
        ("1.5 小时", 90),
        ("二十五分钟", 25),
        ("two hours", 120),
        ("half an hour", 30),
        ("one and a half hours", 90),
        ("2 hours and 5 minutes", 125),
        ("９０分钟", 90),
    ],
)
def test_it_is_read_as_people_write_it(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    "text",
    ["三小时左右", "three hours or so", "-30", "负一小时", "2", "", "0分钟", "不知道", "半半",
     "半半小时", "1.5分钟", "25小时", "25 h", "1小时90分", "一二十分钟", "三四个小时"],
)  # fmt: skip
def test_what_is_not_exact_is_asked_for_again(text: str) -> None:
    assert read_minutes(text) is None


def test_more_than_a_day_is_read_where_it_can_be() -> None:
    assert read_minutes("30小时", 90_000) == 1800
