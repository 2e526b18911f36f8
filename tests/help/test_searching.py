"""Searching the requests of one's desk."""

import pytest
from sqlalchemy import select, update

from models.database import transaction
from models.help.actions.searching import search_on, search_requests
from models.help.rules.search import read_search
from models.help.tables import SearchRow
from models.help.views import FoundPage
from models.people.actions.personal import set_personal
from models.people.rules import Field, Role, bare_phone
from models.people.tables import PersonalRow
from models.people.views import Denied
from tests.help.street import Street


async def found(street: Street, name: str, text: str) -> list[int]:
    """Search as somebody; give the requests found."""
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        page = await search_requests(session, actor, text, now=street.now, size=20)
        assert isinstance(page, FoundPage)
        assert page.total == len(page.lines)
        return [line.request_id for line in page.lines]


async def phone(street: Street, name: str, number: str) -> None:
    """Let somebody write their phone down."""
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, name)
        await set_personal(session, actor, actor.id, Field.PHONE, number, now=street.now)


@pytest.mark.parametrize(
    "typed",
    [
        "101", "101号", "#101", "№101", "wang", "WAN", "1号楼", "一号楼", "building 1", "漏水",
        "wang 漏水", "1号楼 漏水", "漏水 101", "13800001001", "+86 138 0000 1001", "138-0000-1001",
        "008613800001001", "wang 13800001001", "桂花社区", "桂花社区 1号楼",
    ],
)  # fmt: skip
async def test_a_request_is_found_in_many_ways(street: Street, typed: str) -> None:
    await phone(street, "wang", "138 0000 1001")
    request_id = await street.file(text="厨房漏水了")
    assert await found(street, "zhao", typed) == [request_id]


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "%", "_", "102", "3800001001", "13800001002", "wang 3号楼", "灯", "'; --",
        "\x00", "🙂" * 100, "\u202e",
    ],
)  # fmt: skip
async def test_what_fits_nothing_finds_nothing(street: Street, typed: str) -> None:
    await phone(street, "wang", "13800001001")
    await street.file(text="厨房漏水了")
    assert await found(street, "zhao", typed) == []


async def test_a_phone_is_found_though_it_was_sealed_before_there_were_digests(
    street: Street,
) -> None:
    await phone(street, "wang", "13800001001")
    request_id = await street.file()
    async with transaction(street.sessions) as session:
        row = (await session.scalars(select(PersonalRow))).one()
        assert row.digest is not None
        assert "13800001001" not in row.digest
        await session.execute(update(PersonalRow).values(digest=None))
    assert await found(street, "zhao", "13800001001") == [request_id]


async def test_who_works_in_one_grid_finds_that_grids_alone(street: Street) -> None:
    await street.add("lan", "l1")
    elsewhere = await street.file("lan", text="漏水")
    here = await street.file(text="漏水")
    await street.add("grid", "b1")
    await street.grant("grid", Role.STAFF, "l1")
    assert await found(street, "grid", "漏水") == [elsewhere]
    assert await found(street, "zhao", "漏水") == [here]
    assert await found(street, "zhao", "lan") == []
    async with transaction(street.sessions) as session:
        wang = await street.actor(session, "wang")
        denied = await search_requests(session, wang, "漏水", now=street.now, size=20)
        assert isinstance(denied, Denied)


async def test_pages_belong_to_the_last_search_and_words_are_kept_sealed(street: Street) -> None:
    ids = [await street.file(text="漏水") for _ in range(5)]
    async with transaction(street.sessions) as session:
        zhao = await street.actor(session, "zhao")
        ask = {"now": street.now, "size": 2}
        first = await search_requests(session, zhao, "漏水", **ask)
        assert isinstance(first, FoundPage)
        assert (first.pages, first.total) == (3, 5)
        last = await search_on(session, zhao, first.number, 99, **ask)
        assert isinstance(last, FoundPage)
        shown = [line.request_id for line in (*first.lines, *last.lines)]
        assert shown == [ids[4], ids[3], ids[0]]
        row = (await session.scalars(select(SearchRow))).one()
        assert "漏水".encode() not in row.sealed
        await search_requests(session, zhao, "灯", **ask)
        assert await search_on(session, zhao, first.number, 1, **ask) is None


def test_a_phone_is_one_however_it_is_written() -> None:
    same = {bare_phone(one) for one in ("+8613800001001", "008613800001001", "13800001001")}
    assert same == {"13800001001"}
    assert bare_phone("86138000") == "86138000"
    assert read_search("\u200b \n") == []
