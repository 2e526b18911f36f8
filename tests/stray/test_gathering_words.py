"""Words about gatherings, and words that are about something else."""

import pytest

from handlers.form.reading import folded
from handlers.stray.gathering import AWAY, DETAILS, JOINS, LIST


@pytest.mark.parametrize(
    "said",
    [
        "活动",
        "有什么活动",
        "最近有什么活动吗",
        "这周有活动吗",
        "看看活动",
        "gatherings",
        "What activities are there?",
        "events",
        "any events today?",
    ],
)
def test_asks_what_there_is(said: str) -> None:
    assert LIST.fullmatch(folded(said))


@pytest.mark.parametrize(
    "said",
    [
        "我要去",
        "我要参加",
        "我想去",
        "报名",
        "我要报名",
        "给我报个名吧",
        "I want to come",
        "sign me up",
        "I'm coming",
        "I come",
    ],
)
def test_wants_to_come(said: str) -> None:
    assert JOINS.fullmatch(folded(said))


@pytest.mark.parametrize(
    "said",
    [
        "几点开始",
        "几点开始啊",
        "什么时候开始",
        "在哪里",
        "在哪儿",
        "在哪",
        "活动在哪里",
        "活动几点开始",
        "When does it start?",
        "where is it",
        "What time does it begin",
    ],
)
def test_asks_when_or_where(said: str) -> None:
    assert DETAILS.fullmatch(folded(said))


@pytest.mark.parametrize("said", ["来不了", "我不去了", "没空", "I cannot come"])
def test_speaks_of_coming(said: str) -> None:
    assert AWAY.search(said)


@pytest.mark.parametrize(
    "said",
    [
        "我要去医院",
        "活动室的灯坏了",
        "我的活动义齿坏了",
        "几点吃药",
        "你在哪里工作",
        "我去买菜",
        "什么时候有人来修",
        "my activity tracker is broken",
        "where is the doctor",
    ],
)
def test_what_is_about_something_else(said: str) -> None:
    short = folded(said)
    assert not any(form.fullmatch(short) for form in (LIST, JOINS, DETAILS))
