"""Taps of recipients: each counts once, by whomever and however many at a time."""

import asyncio

import pytest

from models.broadcasts.actions.answering import confirm, mute, muted_by, sign_up, unmute
from models.broadcasts.queries.inbox import inbox
from models.broadcasts.queries.tally import tally
from models.broadcasts.rules.notices import Topic, Way
from models.broadcasts.rules.outcomes import Confirming
from models.broadcasts.rules.states import State
from models.broadcasts.tables import BroadcastRow
from models.database import transaction
from models.leaving.actions import leave
from models.outbox.rules import State as Copy
from models.people.rules import Leaving
from tests.broadcasts.sent import To, broadcast, put, recipient
from tests.proposals.conftest import square
from tests.proposals.square import Square

__all__ = ["square"]

KIN = "老张"


async def test_a_tap_counts_once_and_its_instant_stays(square: Square) -> None:
    broadcast_id = await put(square, To("wang"))
    first = square.now
    assert await square.act("wang", confirm, broadcast_id) is Confirming.CONFIRMED
    square.later(hours=1)
    assert await square.act("wang", confirm, broadcast_id) is Confirming.ALREADY
    assert (await recipient(square, broadcast_id, "wang")).confirmed_at == first


async def test_two_taps_at_once_count_once(square: Square) -> None:
    broadcast_id = await put(square, To("wang"), To("li"))
    said = await asyncio.gather(
        *(square.act("wang", confirm, broadcast_id) for _ in range(4)),
        *(square.act("li", sign_up, broadcast_id) for _ in range(4)),
    )
    assert sorted(said[:4]) == sorted([Confirming.CONFIRMED] + [Confirming.ALREADY] * 3)
    assert sorted(said[4:]) == sorted([Confirming.SIGNED_UP] + [Confirming.ALREADY] * 3)
    async with transaction(square.sessions) as session:
        counted = await tally(session, broadcast_id)
    assert (counted.confirmed, counted.signed_up) == (2, 1)


async def test_who_speaks_for_somebody_confirms_for_them(square: Square) -> None:
    await square.add(KIN, "b1", telegram=False, proxy="wang")
    broadcast_id = await put(square, To("wang"), To(KIN, Way.PROXY, None, reader="wang"))
    await square.act("wang", confirm, broadcast_id)
    assert (await recipient(square, broadcast_id, KIN)).confirmed_at == square.now


@pytest.mark.parametrize("action", [confirm, sign_up])
async def test_who_was_not_sent_it_confirms_nothing(square: Square, action) -> None:
    broadcast_id = await put(square, To("wang"))
    assert await square.act("li", action, broadcast_id) is Confirming.NOT_THEIRS
    assert await square.act("li", action, 999) is Confirming.NOT_THEIRS


@pytest.mark.parametrize("action", [confirm, sign_up])
async def test_what_was_recalled_is_over(square: Square, action) -> None:
    broadcast_id = await put(square, To("wang"), recalled_at=square.now)
    assert await square.act("wang", action, broadcast_id) is Confirming.OVER
    assert (await recipient(square, broadcast_id, "wang")).confirmed_at is None


async def test_signing_up_is_taken_back_and_confirms(square: Square) -> None:
    broadcast_id = await put(square, To("wang"))
    assert await square.act("wang", sign_up, broadcast_id, on=False) is Confirming.ALREADY
    assert await square.act("wang", sign_up, broadcast_id) is Confirming.SIGNED_UP
    assert await square.act("wang", sign_up, broadcast_id) is Confirming.ALREADY
    assert await square.act("wang", sign_up, broadcast_id, on=False) is Confirming.SIGNED_OFF
    row = await recipient(square, broadcast_id, "wang")
    assert (row.signed_up_at, row.confirmed_at) == (None, square.now)


async def test_topics_are_muted_and_heard_again(square: Square) -> None:
    assert await square.act("wang", mute, Topic.EVENTS)
    assert not await square.act("wang", mute, Topic.EVENTS)
    async with transaction(square.sessions) as session:
        wang = await square.actor(session, "wang")
        assert await muted_by(session, wang) == {Topic.EVENTS}
        assert await unmute(session, wang, Topic.EVENTS)
        assert not await unmute(session, wang, Topic.EVENTS)
        assert await muted_by(session, wang) == frozenset()


async def test_the_inbox_has_what_came_or_was_missed_the_latest_first(square: Square) -> None:
    ids = []
    for number in range(7):
        started = square.later(hours=1)
        recalled = started if number == 6 else None
        ids.append(await put(square, To("wang"), started_at=started, recalled_at=recalled))
    await put(square, To("wang", copy=Copy.QUEUED))
    missed = await put(square, To("wang", copy=Copy.BLOCKED))
    await put(square, To("wang", way=Way.MUTED))
    await put(square, To("li"))
    async with transaction(square.sessions) as session:
        wang = await square.actor(session, "wang")
        pages = [await inbox(session, wang, number) for number in range(2)]
    shown = [line.id for page in pages for line in page.lines]
    assert missed in shown
    assert [one for one in shown if one != missed] == ids[::-1]
    assert [page.more for page in pages] == [True, False]
    newest = next(line for line in pages[0].lines if line.id == ids[-1])
    assert (newest.recalled, newest.words) == (True, "")


async def test_who_leaves_takes_their_answers_along_and_still_counts(square: Square) -> None:
    broadcast_id = await put(square, To("wang"), To("li"), state=State.SENT)
    await square.act("li", sign_up, broadcast_id)
    await square.act("li", mute, Topic.EVENTS)
    assert await square.act("li", leave) is Leaving.LEFT
    row = await recipient(square, broadcast_id, "li")
    assert (row.confirmed_at, row.signed_up_at, row.place_id) == (None, None, None)
    async with transaction(square.sessions) as session:
        assert (await tally(session, broadcast_id)).heads == 2


async def test_who_has_something_on_its_way_stays_and_a_draft_goes_along(square: Square) -> None:
    going = await put(square, To("wang"), author="zhao")
    draft = await put(square, author="zhao", state=State.DRAFT)
    assert await square.act("zhao", leave) is Leaving.OPEN_DUTIES
    async with transaction(square.sessions) as session:
        (await session.get_one(BroadcastRow, going)).state = State.SENT
    assert await square.act("zhao", leave) is Leaving.LEFT
    row = await broadcast(square, draft)
    assert (row.state, row.content["words"]) == (State.DISCARDED, "")
