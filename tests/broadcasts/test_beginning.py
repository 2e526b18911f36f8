"""Beginning: everybody in the audience is written down once, by the way they are reached."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import event, select

from models.broadcasts.actions.beginning import begin
from models.broadcasts.actions.rows import locked
from models.broadcasts.queries.copies import broadcast_view, copy_of, pressed_by
from models.broadcasts.queries.reach import outlook_of
from models.broadcasts.rules.notices import Notice, Style, Topic, Way
from models.broadcasts.rules.states import State
from models.broadcasts.tables import MuteRow, RecipientRow
from models.database import transaction
from tests.broadcasts.sent import broadcast, put
from tests.proposals.conftest import square
from tests.proposals.square import Square

__all__ = ["square"]


async def peopled(square: Square) -> None:
    """Let there be somebody of each kind: out of reach, without a phone, who wants none of it."""
    await square.lose("li")
    await square.add("old", "b1", telegram=False)
    await square.add("mother", "b2", telegram=False, proxy="chen")
    async with transaction(square.sessions) as session:
        muted = MuteRow(person_id=square.people["wu"], topic=Topic.UTILITIES, muted_at=square.now)
        session.add(muted)


async def begun(square: Square, style: Style) -> int:
    one = await put(square, state=State.SCHEDULED, style=style, started_at=None)
    async with transaction(square.sessions) as session:
        row = await locked(session, one)
        assert row is not None
        await begin(session, row, square.now)
    return one


async def ways(square: Square, one: int) -> dict[str, Way]:
    names = {person_id: name for name, person_id in square.people.items()}
    async with transaction(square.sessions) as session:
        rows = await session.scalars(select(RecipientRow).where(RecipientRow.broadcast_id == one))
        return {names[row.person_id]: Way(row.way) for row in rows}


@pytest.mark.parametrize("style", list(Style))
async def test_everybody_is_reached_in_one_way(square: Square, style: Style) -> None:
    await peopled(square)
    one = await begun(square, style)
    found = await ways(square, one)
    assert found.pop("li") is Way.UNREACHABLE
    assert found.pop("old") is Way.NO_PHONE
    assert found.pop("mother") is Way.PROXY
    assert found.pop("wu") is (Way.MUTED if style is Style.NOTICE else Way.CHAT)
    assert set(found.values()) == {Way.CHAT}
    assert "lan" not in found, "of elsewhere"
    told = await square.told(Notice.COPY)
    wu = [] if style is Style.NOTICE else ["wu"]
    assert sorted(told) == sorted([*found, *wu]), "each one copy, whoever they speak for"
    assert (await broadcast(square, one)).heads == len(found) + 4


async def test_who_speaks_for_others_has_one_copy_that_names_them(square: Square) -> None:
    await square.add("mother", "b2", telegram=False, proxy="chen")
    await square.add("uncle", "b2", telegram=False, proxy="lan")
    one = await begun(square, Style.NOTICE)
    assert sorted(await square.told(Notice.COPY)).count("chen") == 1
    assert "lan" in await square.told(Notice.COPY), "of elsewhere, for the uncle alone"
    async with transaction(square.sessions) as session:
        chen, lan, wu = [
            await copy_of(session, one, square.people[name], "zh_Hans")
            for name in ("chen", "lan", "wu")
        ]
        assert chen is not None
        assert lan is not None
        assert wu is not None
        shared = await pressed_by(session, one, [square.people[it] for it in ("chen", "lan", "wu")])
    assert (chen.passed_on_to, chen.own) == (("mother",), True)
    assert (lan.passed_on_to, lan.own) == (("uncle",), False)
    assert (wu.passed_on_to, wu.own) == ((), True)
    assert list(shared) == [square.people["wu"]], "a copy with names is nobody else's"


async def test_a_topic_that_the_proxy_muted_leaves_a_door_to_knock_at(square: Square) -> None:
    await square.add("mother", "b2", telegram=False, proxy="chen")
    async with transaction(square.sessions) as session:
        chen = square.people["chen"]
        session.add(MuteRow(person_id=chen, topic=Topic.UTILITIES, muted_at=square.now))
    assert (await ways(square, await begun(square, Style.NOTICE)))["mother"] is Way.NO_PHONE
    assert (await ways(square, await begun(square, Style.EMERGENCY)))["mother"] is Way.PROXY


async def test_who_is_looked_at_before_is_who_gets_it(square: Square) -> None:
    await peopled(square)
    for style in Style:
        one = await begun(square, style)
        async with transaction(square.sessions) as session:
            view = await broadcast_view(session, await square.actor(session, "zhou"), one)
            assert view is not None
            outlook = await outlook_of(session, view, square.now)
        assert outlook.by_way == Counter((await ways(square, one)).values())


async def test_statements_do_not_grow_with_people(square: Square) -> None:
    few = await counted(square)
    for number in range(40):
        await square.add(f"n{number}", "b1")
    assert await counted(square) == few


async def counted(square: Square) -> Counter[str]:
    """Begin one, and count what was executed."""
    one = await put(square, state=State.SCHEDULED, started_at=None)
    said: Counter[str] = Counter()

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said[statement.split(maxsplit=1)[0]] += 1

    async with transaction(square.sessions) as session:
        row = await locked(session, one)
        assert row is not None
        engine = session.get_bind().engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            await begin(session, row, square.now)
            await session.flush()
        finally:
            event.remove(engine, "before_cursor_execute", note)
    return said
