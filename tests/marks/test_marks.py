"""Marks and words: one a person, changed at will, told of many only."""

import asyncio
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from models.database import open_engine, open_sessions, transaction
from models.marks import actions, queries
from models.marks.rules import LEAST_SHOWN, WORDS_LENGTH, Marked
from models.marks.tables import GivenMarkRow
from models.marks.views import Sums
from models.records.rules import Refusal
from models.vault import Vault
from tests.profile import examples
from tests.records.hall import SUBJECT, Hall, build

NAMES = ["li", "chen", "sun", "qian", "wu", "zheng"]


async def give(hall: Hall, record: int, name: str, mark: int, **named: Any) -> Marked | Refusal:
    return await hall.act(actions.give, record, hall.people[name], mark, most=3, **named)


async def sums(hall: Hall, record: int, aspect: str = "") -> Sums:
    async with transaction(hall.sessions) as session:
        return await queries.sums(session, SUBJECT, record, aspect)


async def words(hall: Hall, record: int) -> list[str]:
    async with transaction(hall.sessions) as session:
        return await queries.words_of(session, SUBJECT, record)


async def test_a_mark_is_given_once_and_changed_at_will(hall: Hall) -> None:
    (li,) = await hall.add("li")
    record = await hall.record()
    assert await give(hall, record, "li", 3) is Marked.GIVEN
    assert await give(hall, record, "li", 1) is Marked.CHANGED
    assert (await sums(hall, record)).count == 1
    async with transaction(hall.sessions) as session:
        assert await queries.mark_of(session, SUBJECT, record, li) == 1
        assert await queries.mark_of(session, SUBJECT, record + 1, li) is None
        assert await queries.mark_of(session, SUBJECT, record, li, "food") is None


@pytest.mark.parametrize("mark", [0, 4, -1])
async def test_a_mark_that_is_none_is_refused(hall: Hall, mark: int) -> None:
    await hall.add("li")
    record = await hall.record()
    assert await give(hall, record, "li", mark) is Refusal.BAD_CHOICE
    assert (await sums(hall, record)).count == 0


async def test_aspects_and_records_are_counted_apart(hall: Hall) -> None:
    await hall.add("li")
    one, other = await hall.record(), await hall.record()
    await give(hall, one, "li", 1)
    await give(hall, one, "li", 2, aspect="food")
    await give(hall, other, "li", 3)
    for record, aspect, many in (
        (one, "", 1),
        (one, "food", 1),
        (other, "", 1),
        (other, "food", 0),
    ):
        assert (await sums(hall, record, aspect)).count == many


async def test_of_few_nothing_is_told_but_how_many_they_are(hall: Hall) -> None:
    await hall.add(*NAMES)
    record = await hall.record()
    for many, name in enumerate(NAMES, 1):
        await give(hall, record, name, 1 + many % 3, words=f"{name}说好")
        told = await sums(hall, record)
        assert told.count == many
        assert sum(told.by_mark.values()) == (many if many >= LEAST_SHOWN else 0)
        assert len(await words(hall, record)) == (many if many >= LEAST_SHOWN else 0)


async def test_one_person_with_many_aspects_is_one_person(hall: Hall) -> None:
    await hall.add(*NAMES)
    record = await hall.record()
    for aspect in ("", "food", "music", "place", "time", "price"):
        await give(hall, record, "li", 1, aspect=aspect, words="好")
    assert await words(hall, record) == []


async def test_words_stay_with_another_mark_and_go_when_emptied(hall: Hall) -> None:
    await hall.add(*NAMES)
    record = await hall.record()
    for name in NAMES:
        await give(hall, record, name, 3)
    await give(hall, record, "li", 2, words=" 音乐\u200b好听 ")
    await give(hall, record, "li", 1)
    assert await words(hall, record) == ["音乐好听"]
    await give(hall, record, "li", 1, words="  ")
    assert await words(hall, record) == []
    await give(hall, record, "li", 1, words="好" * (WORDS_LENGTH + 1))
    assert await words(hall, record) == ["好" * WORDS_LENGTH]


async def test_the_order_of_words_tells_nobody(hall: Hall) -> None:
    await hall.add(*NAMES)
    said = [f"{number}号意见" for number in range(len(NAMES))]
    record = await hall.record()
    shown = []
    for names in (NAMES, NAMES[::-1]):
        for name, one in zip(names, said, strict=True):
            await give(hall, record, name, 2, words=one)
        shown.append(await words(hall, record))
    assert shown[0] == shown[1]
    assert sorted(shown[0]) == said
    assert shown[0] not in (said, said[::-1])


async def test_whoever_leaves_takes_marks_and_words_along(hall: Hall) -> None:
    await hall.add(*NAMES)
    records = [await hall.record() for _ in range(2)]
    for record in records:
        for name in NAMES:
            await give(hall, record, name, 2, words=name)
    async with transaction(hall.sessions) as session:
        await actions.leave(session, hall.people["li"])
    for record in records:
        assert await sums(hall, record) == Sums(5, {2: 5})
        assert "li" not in await words(hall, record)


async def test_five_taps_at_once_are_one_mark(hall: Hall) -> None:
    await hall.add("li")
    record = await hall.record()
    taps = (give(hall, record, "li", mark) for mark in (1, 2, 3, 1, 2))
    assert sorted(await asyncio.gather(*taps)) == [Marked.CHANGED] * 4 + [Marked.GIVEN]
    assert (await sums(hall, record)).count == 1


async def test_the_database_keeps_no_mark_below_one(hall: Hall) -> None:
    (li,) = await hall.add("li")
    row = GivenMarkRow(subject=SUBJECT, subject_id=1, aspect="", rater_id=li, mark=0, at=hall.now)
    with pytest.raises(IntegrityError, match="mark"):
        await hall.insert(row)


@given(taps=st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 3)), max_size=20))
@examples(20)
def lives(keeper: asyncio.Runner, hall: Hall, taps: list[tuple[str, int]]) -> None:
    async def one() -> None:
        record = await hall.record()
        for name, mark in taps:
            await give(hall, record, name, mark)
        last = [*dict(taps).values()]
        by_mark = {mark: last.count(mark) for mark in sorted({*last})}
        shown = by_mark if len(last) >= LEAST_SHOWN else {}
        assert await sums(hall, record) == Sums(len(last), shown)

    keeper.run(one())


def test_sums_are_what_each_said_last(database_url: str, vault: Vault, now: datetime) -> None:
    with asyncio.Runner() as runner:
        engine = open_engine(database_url)
        hall = runner.run(build(open_sessions(engine, vault), now))
        runner.run(hall.add(*NAMES))
        lives(runner, hall)
        runner.run(engine.dispose())
