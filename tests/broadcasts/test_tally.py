"""Every recipient stands in exactly one count, whatever became of their copies."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from models.broadcasts.queries.report import everybody, recipients, report
from models.broadcasts.queries.tally import by_building, is_settled, tally, whys
from models.broadcasts.rules.notices import Delivery, Way
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.reports import (
    LOOK_AT_LEAST,
    LOOK_EVERY,
    Listing,
    Why,
    minutes_left,
    next_look,
    why_missed,
)
from models.broadcasts.rules.states import State
from models.broadcasts.views import BroadcastReport, RecipientPage
from models.database import transaction
from models.outbox.rules import State as Copy
from models.people.rules import Role
from tests.broadcasts.sent import To, becomes, broadcast, put
from tests.proposals.conftest import square
from tests.proposals.square import Square

__all__ = ["square"]

KIN = "老张"
COPIES = [*Copy]


def random_recipient(rng: random.Random, name: str) -> To:
    way = rng.choice([*Way, Way.CHAT, Way.CHAT])
    return To(
        name,
        way=way,
        copy=rng.choice([*COPIES, None]),
        reader="wang" if way is Way.PROXY else None,
        repeat=rng.random() < 0.2,
        reason=rng.choice([None, "Forbidden: bot was blocked by the user"]),
    )


def expected(to: To) -> Delivery:
    if to.way not in {Way.CHAT, Way.PROXY}:
        return Delivery.MUTED if to.way is Way.MUTED else Delivery.OUT_OF_REACH
    return {
        None: Delivery.OUT_OF_REACH,
        Copy.QUEUED: Delivery.WAITING,
        Copy.HELD: Delivery.WAITING,
        Copy.SENDING: Delivery.SENDING,
        Copy.SENT: Delivery.SENT,
        Copy.DROPPED: Delivery.CANCELLED,
        Copy.BLOCKED: Delivery.REFUSED,
        Copy.GONE: Delivery.REFUSED,
        Copy.FAILED: Delivery.FAILED,
        Copy.UNCERTAIN: Delivery.UNCERTAIN,
    }[to.copy]


@pytest.mark.parametrize("seed", range(6))
async def test_random_outcomes_add_up(square: Square, seed: int) -> None:
    rng = random.Random(seed)
    sent = [random_recipient(rng, name) for name in square.people if name != "wang"]
    sent = [to for to in sent if to.way is not Way.PROXY]
    broadcast_id = await put(square, *sent)
    async with transaction(square.sessions) as session:
        counted = await tally(session, broadcast_id)
        buildings = await by_building(session, broadcast_id)
    assert counted.by == Counter(map(expected, sent))
    assert counted.heads == sum(counted.by.values()) == len(sent)
    assert sum(building.heads for building in buildings) == len(sent)
    summed: Counter[Delivery] = Counter()
    for building in buildings:
        summed.update(building.by)
        assert building.heads == sum(building.by.values())
    assert summed == counted.by
    in_chat = [to for to in sent if to.way is Way.CHAT and to.copy is not None]
    assert counted.repeated == sum(to.repeat for to in in_chat)


async def test_who_is_spoken_for_stands_where_the_proxys_copy_does(square: Square) -> None:
    await square.add(KIN, "b1", telegram=False, proxy="wang")
    broadcast_id = await put(square, To("wang"), To(KIN, Way.PROXY, None, reader="wang"))
    async with transaction(square.sessions) as session:
        counted = await tally(session, broadcast_id)
    assert counted.by == {Delivery.SENT: 2}


async def test_counting_takes_one_statement_however_many_they_are(square: Square) -> None:
    broadcast_id = await put(square, *(To(name) for name in square.people))
    said: list[str] = []
    async with transaction(square.sessions) as session:
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda *given: said.append(given[2]))
        await tally(session, broadcast_id)
    assert len([one for one in said if "SELECT" in one]) == 1


async def test_lists_name_who_why_and_where(square: Square) -> None:
    broadcast_id = await put(
        square,
        To("wang"),
        To("li", copy=Copy.BLOCKED, reason="Forbidden: bot was blocked by the user"),
        To("chen", copy=Copy.GONE, reason="Bad Request: chat not found"),
        To("wu", copy=Copy.UNCERTAIN),
        To("he", way=Way.UNREACHABLE),
        To("qian", copy=Copy.FAILED),
        To("lan", way=Way.MUTED),
    )
    listed = {
        Listing.UNCONFIRMED: {"wang": None, "wu": Why.LOST},
        Listing.REFUSED: {"li": Why.BLOCKED, "chen": Why.NO_CHAT},
        Listing.FAILED: {"qian": Why.REJECTED},
        Listing.UNCERTAIN: {"wu": Why.LOST},
        Listing.KNOCK: {
            "li": Why.BLOCKED,
            "chen": Why.NO_CHAT,
            "qian": Why.REJECTED,
            "he": Why.KNOWN,
        },
        Listing.SIGNED_UP: {},
        Listing.KEPT: {"wang": None, "wu": Why.LOST},
    }
    for listing, names in listed.items():
        page = await square.act("zhou", recipients, broadcast_id, listing, 0)
        assert isinstance(page, RecipientPage)
        assert {line.name: line.why for line in page.lines} == names
        assert all(line.where is not None for line in page.lines)
        assert not page.more
    async with transaction(square.sessions) as session:
        assert await whys(session, broadcast_id) == {Why.BLOCKED: 1, Why.NO_CHAT: 1}


async def test_a_list_comes_page_by_page(square: Square) -> None:
    names = [f"邻居{number}" for number in range(45)]
    for name in names:
        await square.add(name, "b1")
    broadcast_id = await put(square, *(To(name) for name in names))
    pages = [
        await square.act("zhou", recipients, broadcast_id, Listing.UNCONFIRMED, number)
        for number in range(3)
    ]
    assert [(len(page.lines), page.more) for page in pages] == [(20, True), (20, True), (5, False)]
    assert sorted(line.name for page in pages for line in page.lines) == sorted(names)


async def test_only_the_author_with_the_right_and_a_keeper_see_it(square: Square) -> None:
    broadcast_id = await put(square, To("wang"), author="zhao")
    for name, allowed in (("zhao", True), ("qian", True), ("zhou", True), ("wang", False)):
        seen = await square.act(name, report, broadcast_id)
        assert isinstance(seen, BroadcastReport) is allowed, name
    assert await square.act("wang", everybody, broadcast_id) is BroadcastOutcome.NOT_ALLOWED
    assert await square.act("wang", recipients, broadcast_id, Listing.KNOCK, 0) is (
        BroadcastOutcome.NOT_ALLOWED
    )
    assert await square.act("zhou", report, 999) is BroadcastOutcome.MISSING


async def test_a_keeper_sees_names_at_the_kept_places_alone(square: Square) -> None:
    broadcast_id = await put(square, To("wang"), To("li"), author="zhao")
    from models.broadcasts.tables import RecipientRow

    async with transaction(square.sessions) as session:
        row = await session.get_one(RecipientRow, (broadcast_id, square.people["li"]))
        row.place_id = square.places["lan"].id
    all_names = {line.name for line in await square.act("zhao", everybody, broadcast_id)}
    kept = {line.name for line in await square.act("qian", everybody, broadcast_id)}
    assert (all_names, kept) == ({"wang", "li"}, {"wang"})


async def test_an_author_without_the_right_sees_no_names(square: Square) -> None:
    broadcast_id = await put(square, To("wang"), author="li")
    assert await square.act("li", everybody, broadcast_id) is BroadcastOutcome.NOT_ALLOWED
    await square.grant("li", Role.STAFF, "gui")
    assert len(await square.act("li", everybody, broadcast_id)) == 1


async def test_settled_means_nothing_waits(square: Square) -> None:
    broadcast_id = await put(square, To("wang", copy=Copy.QUEUED), To("li", copy=Copy.SENDING))
    async with transaction(square.sessions) as session:
        assert not is_settled(await tally(session, broadcast_id))
    await becomes(square, broadcast_id, Copy.SENT)
    async with transaction(square.sessions) as session:
        assert is_settled(await tally(session, broadcast_id))
    assert (await broadcast(square, broadcast_id)).state == State.SENDING


@given(st.sampled_from(Way), st.sampled_from(Delivery), st.text())
def test_everybody_not_reached_has_a_reason(way: Way, delivery: Delivery, reason: str) -> None:
    missed = delivery in {
        Delivery.OUT_OF_REACH,
        Delivery.REFUSED,
        Delivery.FAILED,
        Delivery.UNCERTAIN,
    }
    assert (why_missed(way, delivery, reason) is not None) is missed


@given(st.integers(0, 10**6), st.integers(0, 10**4), st.integers(0, 60))
def test_the_rest_takes_at_least_a_minute_and_never_less_than_is_permitted(
    left: int, settled: int, seconds: int
) -> None:
    minutes = minutes_left(left, settled, timedelta(seconds=seconds))
    assert minutes >= max(1, left / 30 / 60)


@given(st.integers(0, 3600))
def test_looks_come_soon_while_it_moves_and_ever_later_while_it_does_not(waited: int) -> None:
    span = timedelta(seconds=waited)
    assert next_look(span, moved=True) == LOOK_EVERY
    assert min(span, LOOK_AT_LEAST) <= next_look(span, moved=False) <= LOOK_AT_LEAST
