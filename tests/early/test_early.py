"""The same trouble again in one building is seen before the next complaint."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models.database import Session, transaction
from models.early.actions import settle, take
from models.early.queries import early_card, early_count, early_page, early_told, early_view
from models.early.rules import EarlyOutcome, EarlyPolicy, State, opens
from models.early.tables import EarlyRequestRow, EarlyRow
from models.early.views import EarlyItem
from models.help.actions import filing
from models.help.rules.outcomes import FileOutcome
from models.leaving.actions import leave
from models.people.rules import Leaving, Role
from models.people.views import Person
from models.records.rules import Refusal
from tests.help.street import Street, draft

POLICY = EarlyPolicy()

LIFT = "public.lift"
Act = Callable[[Session, Person], Awaitable[EarlyOutcome | Refusal]]


@given(st.integers(0, 50), st.integers(1, 20))
def test_a_pattern_is_as_many_as_the_policy_says(alike: int, needed: int) -> None:
    policy = replace(POLICY, early_count=needed)
    assert opens(alike, policy) == (alike >= needed)


async def items(street: Street) -> list[EarlyRow]:
    async with transaction(street.sessions) as session:
        return list(await session.scalars(select(EarlyRow).order_by(EarlyRow.id)))


async def linked(street: Street) -> dict[int, list[int]]:
    async with transaction(street.sessions) as session:
        found = await session.scalars(
            select(EarlyRequestRow).order_by(EarlyRequestRow.item_id, EarlyRequestRow.request_id)
        )
        links: dict[int, list[int]] = {}
        for row in found:
            links.setdefault(row.item_id, []).append(row.request_id)
        return links


async def does(street: Street, name: str, act: Act) -> EarlyOutcome | Refusal:
    async with transaction(street.sessions) as session:
        return await act(session, await street.actor(session, name))


async def takes(street: Street, name: str, item_id: int = 1) -> EarlyOutcome | Refusal:
    return await does(street, name, lambda s, a: take(s, a, item_id, now=street.now))


async def settles(
    street: Street, name: str, item_id: int = 1, words: str = "电梯换了新门机"
) -> EarlyOutcome | Refusal:
    return await does(street, name, lambda s, a: settle(s, a, item_id, words, now=street.now))


async def lifts(street: Street, *names: str) -> list[int]:
    return [await street.file(name, category=LIFT) for name in names]


async def test_the_third_of_one_kind_in_one_building_opens_an_item(street: Street) -> None:
    await street.add("qian", "b1")
    await street.add("sun", "b1")
    first = await lifts(street, "wang", "qian")
    assert await items(street) == []
    first += await lifts(street, "sun")
    (item,) = await items(street)
    assert (item.category, item.place_id, item.state) == (LIFT, street.places["b1"].id, "open")
    assert await linked(street) == {item.id: first}
    assert await street.told("early.opened") == ["zhou"]


async def test_a_fourth_joins_the_standing_item_and_nobody_is_told_again(street: Street) -> None:
    ids = await lifts(street, *["wang"] * 4)
    assert await linked(street) == {1: ids}
    assert await street.told("early.opened") == ["zhou"]


async def test_other_kinds_other_buildings_and_called_off_ones_do_not_count(
    street: Street,
) -> None:
    await street.add("qian", "b4")
    ids = await lifts(street, "wang", "wang", "qian")
    await street.file(category="public.light")
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, "wang")
        await filing.cancel_request(session, actor, ids[0], now=street.now)
    await lifts(street, "wang")
    assert await items(street) == []


async def test_what_lies_longer_back_than_the_window_does_not_count(street: Street) -> None:
    await lifts(street, "wang", "wang")
    street.now += POLICY.early_window
    await lifts(street, "wang", "wang")
    assert await items(street) == []
    await lifts(street, "wang")
    assert len(await items(street)) == 1


async def test_requests_at_a_grid_count_for_the_grid_alone(street: Street) -> None:
    await street.add("qian", "g1")
    await lifts(street, "qian", "qian", "wang")
    assert await items(street) == []
    await lifts(street, "qian")
    (item,) = await items(street)
    assert item.place_id == street.places["g1"].id


async def test_after_settling_only_later_ones_count(street: Street) -> None:
    ids = await lifts(street, *["wang"] * 3)
    assert await settles(street, "zhou") is EarlyOutcome.SETTLED
    ids += await lifts(street, *["wang"] * 2)
    assert len(await items(street)) == 1
    ids += await lifts(street, "wang")
    assert await linked(street) == {1: ids[:3], 2: ids[3:]}


async def test_taken_then_settled_and_the_residents_are_told_once(street: Street) -> None:
    await street.add("qian", "b1")
    await street.add("old", "b1", telegram=False, proxy="qian")
    await lifts(street, "wang", "qian", "wang")
    assert await takes(street, "zhou") is EarlyOutcome.TAKEN
    assert await takes(street, "zhou") is Refusal.ALREADY
    assert await settles(street, "zhou", words=" \n") is Refusal.EMPTY
    assert await settles(street, "zhou") is EarlyOutcome.SETTLED
    assert await settles(street, "zhou") is Refusal.ALREADY
    assert await takes(street, "zhou") is Refusal.WRONG_TIME
    assert await street.told("early.settled") == ["wang", "qian"]
    (item,) = await items(street)
    assert (item.state, item.words) == (State.SETTLED, "电梯换了新门机")
    assert item.settled_by == street.people["zhou"]


async def test_only_whoever_answers_for_the_place_sees_and_acts(street: Street) -> None:
    await street.add("elsewhere", "l1")
    await street.grant("elsewhere", Role.SECRETARY, "lan")
    await lifts(street, *["wang"] * 3)
    for name in ("wang", "zhao", "elsewhere"):
        assert await takes(street, name) is Refusal.NOT_ALLOWED
        assert await settles(street, name) is Refusal.NOT_ALLOWED
        async with transaction(street.sessions) as session:
            actor = await street.actor(session, name)
            assert (await early_page(session, actor)).lines == ()
            assert await early_count(session, actor) == 0
            seen = await early_view(session, actor, 1, now=street.now)
            assert seen is Refusal.NOT_ALLOWED
            assert await early_card(session, actor.id, 1, street.now) is None
    assert await takes(street, "zhou", item_id=99) is Refusal.MISSING
    assert await settles(street, "zhou", item_id=99) is Refusal.MISSING


async def test_what_is_seen_of_an_item(street: Street) -> None:
    ids = await lifts(street, *["wang"] * 4)
    async with transaction(street.sessions) as session:
        zhou = await street.actor(session, "zhou")
        (listed,) = (await early_page(session, zhou)).lines
        assert await early_count(session, zhou) == 1
        assert await early_view(session, zhou, listed.id, now=street.now) == listed
        assert await early_view(session, zhou, 99, now=street.now) is Refusal.MISSING
        assert await early_card(session, zhou.id, listed.id, street.now) == listed
        assert await early_told(session, zhou.id, listed.id, street.now) is None
    assert isinstance(listed, EarlyItem)
    assert [one.request_id for one in listed.requests] == ids
    assert listed.where.zh == "桂花社区 1号楼"
    await settles(street, "zhou")
    async with transaction(street.sessions) as session:
        zhou = await street.actor(session, "zhou")
        assert (await early_page(session, zhou)).lines == ()
        told = await early_told(session, zhou.id, 1, street.now)
        assert told is not None
        assert told.words == "电梯换了新门机"


async def test_what_a_leaver_saw_to_is_open_again_and_what_they_wrote_is_gone(
    street: Street,
) -> None:
    await lifts(street, *["wang"] * 3)
    await settles(street, "zhou")
    await lifts(street, *["wang"] * 3)
    await takes(street, "zhou", 2)
    await street.add("sun", "b1")
    await street.grant("sun", Role.SECRETARY, "gui")
    async with transaction(street.sessions) as session:
        left = await leave(session, await street.actor(session, "zhou"), now=street.now)
        assert left is Leaving.LEFT
    settled, open_again = await items(street)
    assert settled.words is None
    assert (open_again.state, open_again.taken_by) == (State.OPEN, None)
    assert await takes(street, "sun", 2) is EarlyOutcome.TAKEN


async def test_many_at_once_open_one_item_and_none_is_missed(street: Street) -> None:
    names = [f"n{number}" for number in range(8)]
    for name in names:
        await street.add(name, "b1")

    async def file(name: str) -> None:
        async with transaction(street.sessions) as session:
            actor = await street.actor(session, name)
            filed = await filing.file_request(session, actor, draft(category=LIFT), now=street.now)
            assert filed.outcome is FileOutcome.FILED

    await asyncio.gather(*(file(name) for name in names))
    (item,) = await items(street)
    assert len((await linked(street))[item.id]) == len(names)
    assert await street.told("early.opened") == ["zhou"]


async def test_settling_against_filing_leaves_no_request_behind(street: Street) -> None:
    await lifts(street, *["wang"] * 3)
    street.now += timedelta(minutes=1)
    names = [f"n{number}" for number in range(3)]
    for name in names:
        await street.add(name, "b1")
    await asyncio.gather(
        settles(street, "zhou"),
        *(street.file(name, category=LIFT) for name in names),
    )
    found = await linked(street)
    joined = len(found[1]) - 3
    if joined:  # the rest, fewer than three, wait for more of their kind
        assert list(found) == [1]
        await lifts(street, *["wang"] * joined)
        found = await linked(street)
    assert len(found[2]) == 3
    assert await settles(street, "zhou", 2) is EarlyOutcome.SETTLED
