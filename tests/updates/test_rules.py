"""Knowing an update again, and making it fit to keep."""

import copy
import json
import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.updates.rules import DEEPEST, MOST_INTEGER, chat_of, identity, scrub
from tests.bot.street import message, tap

TEXTS = st.text(st.characters(codec=None), max_size=8)  # lone surrogates and NUL among them
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(TEXTS, inside, max_size=4),
    max_leaves=20,
)


def leaves(value: Any, depth: int = 0) -> list[tuple[Any, int]]:
    if isinstance(value, dict):
        return [found for key, part in value.items()
                for found in [(key, depth), *leaves(part, depth + 1)]]  # fmt: skip
    if isinstance(value, list):
        return [found for part in value for found in leaves(part, depth + 1)]
    return [(value, depth)]


@given(JSON)
def test_scrubbed_is_fit_for_any_database(value: Any) -> None:
    clean = scrub(value)
    json.dumps(clean, allow_nan=False).encode()
    for leaf, _ in leaves(clean):
        if isinstance(leaf, str):
            assert "\0" not in leaf
            leaf.encode()
        if isinstance(leaf, int):
            assert abs(leaf) < MOST_INTEGER
        if isinstance(leaf, float):
            assert math.isfinite(leaf)
    assert scrub(clean) == clean


@given(JSON)
def test_what_is_fit_stays_as_it_is(value: Any) -> None:
    clean = scrub(value)
    before = copy.deepcopy(clean)
    assert scrub(clean) == before


def test_depth_is_bounded() -> None:
    deep: Any = 1
    for _ in range(900):
        deep = [deep]
    assert max((depth for _, depth in leaves(scrub(deep))), default=0) <= DEEPEST


@given(st.dictionaries(TEXTS, JSON, max_size=4), st.integers(0, 2**40), st.integers(0, 2**40))
def test_the_number_does_not_name_an_update(raw: dict[str, Any], one: int, two: int) -> None:
    clean = scrub(raw)
    assert identity({**clean, "update_id": one}) == identity({**clean, "update_id": two})
    assert len(identity(clean)) <= 96


@given(TEXTS, TEXTS, st.integers(1, 9), st.integers(1, 9))
def test_messages_are_told_apart_by_number_and_content(a: str, b: str, n: int, m: int) -> None:
    same = identity(message(1, a, n)) == identity(message(2, b, m))
    assert same == ((a, n) == (b, m))


def test_a_long_mark_does_not_hide_the_content() -> None:
    one, two = message(1, "one"), message(1, "two")
    for raw in (one, two):
        raw["message"]["chat"] = {"id": "x" * 500}
    assert identity(one) != identity(two)


def test_taps_are_told_apart_by_their_query() -> None:
    assert identity(tap(1, "a", "5")) == identity(tap(2, "a", "5"))
    assert identity(tap(1, "a", "5")) != identity(tap(1, "a", "6"))


@given(st.dictionaries(TEXTS, JSON, max_size=4))
def test_a_chat_is_a_number_or_nothing(raw: dict[str, Any]) -> None:
    found = chat_of(raw)
    assert found is None or type(found) is int


def test_the_chat_of_each_kind() -> None:
    assert chat_of(message(1, "x", person_id=5)) == 5
    assert chat_of(tap(1, "x", person_id=6)) == 6
    assert chat_of({"inline_query": {"from": {"id": 7}}}) == 7
    assert chat_of({"poll_answer": {"user": {"id": 8}}}) == 8
    assert chat_of({"message": {"chat": {"id": True}}}) is None
    assert chat_of({"message": {"chat": {"id": 2**60}}}) is None
