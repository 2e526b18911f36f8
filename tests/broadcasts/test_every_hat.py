"""Every move by everybody in every state, through the real actions: as the table says."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from models.broadcasts.actions.correcting import correct, recall
from models.broadcasts.actions.drafts import change, discard
from models.broadcasts.actions.rows import relations_of
from models.broadcasts.actions.sending import (
    approve,
    ask,
    cancel,
    pause,
    resume,
    send_back,
    take_back,
)
from models.broadcasts.actions.sending import test as send_test
from models.broadcasts.rules.content import Content
from models.broadcasts.rules.notices import Medium, Style, Topic
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.states import TABLE, Move, Relation, State, why_not
from models.broadcasts.tables import BroadcastRow
from models.database import transaction
from models.people.views import Person
from tests.broadcasts.sent import To, broadcast, put
from tests.proposals.conftest import square
from tests.proposals.square import Square

__all__ = ["square"]

WORDS = Content(Medium.TEXT, "明天下午停水")

ACTS: dict[Move, Callable[..., Awaitable[BroadcastOutcome]]] = {
    Move.EDIT: lambda s, a, i, now: change(s, a, i, topic=Topic.HEALTH, now=now),
    Move.TEST: lambda s, a, i, now: send_test(s, a, i, now=now),
    Move.ASK: lambda s, a, i, now: ask(s, a, i, 1, now=now),
    Move.APPROVE: lambda s, a, i, now: approve(s, a, i, 1, now=now),
    Move.SEND_BACK: lambda s, a, i, now: send_back(s, a, i, "字太小", now=now),
    Move.TAKE_BACK: lambda s, a, i, now: take_back(s, a, i, now=now),
    Move.PAUSE: lambda s, a, i, now: pause(s, a, i, now=now),
    Move.RESUME: lambda s, a, i, now: resume(s, a, i, now=now),
    Move.CANCEL: lambda s, a, i, now: cancel(s, a, i, now=now),
    Move.CORRECT: lambda s, a, i, now: correct(s, a, i, WORDS, None, now=now),
    Move.RECALL: lambda s, a, i, now: recall(s, a, i, now=now),
    Move.DISCARD: lambda s, a, i, now: discard(s, a, i, now=now),
}
"""What people do; BEGIN and END are the clock's."""

WEARS = {
    "zhao": frozenset({Relation.AUTHOR}),
    "qian": frozenset({Relation.APPROVER, Relation.KEEPER}),
    "he": frozenset(),
    "wang": frozenset(),
    "lan": frozenset(),
}
"""The author is staff; a secretary; a party member; a resident; somebody of elsewhere."""

REFUSED = {BroadcastOutcome.NOT_ALLOWED, BroadcastOutcome.TOO_LATE}

BEGUN = {State.SENDING, State.PAUSED, State.SENT, State.CANCELLED}


async def tried(
    square: Square, name: str, move: Move, state: State
) -> tuple[BroadcastOutcome, State]:
    """Let somebody try a move on a broadcast of zhao's; give what came of it."""
    started = square.now if state in BEGUN else None
    one = await put(
        square,
        *([To("li")] if started else []),
        author="zhao",
        state=state,
        style=Style.EMERGENCY,
        started_at=started,
    )
    outcome = await square.act(name, _acting(move), one)
    return outcome, State((await broadcast(square, one)).state)


def _acting(move: Move) -> Callable[..., Awaitable[BroadcastOutcome]]:
    async def act(session: Any, actor: Person, one: int, *, now: Any) -> BroadcastOutcome:
        return await ACTS[move](session, actor, one, now)

    return act


def test_everything_that_people_do_is_tried() -> None:
    of_the_clock = {move for move, one in TABLE.items() if one.by == {Relation.CLOCK}}
    assert set(ACTS) == set(Move) - of_the_clock


async def test_everybody_wears_their_hats(square: Square) -> None:
    one = await put(square, author="zhao")
    async with transaction(square.sessions) as session:
        row = await session.get_one(BroadcastRow, one)
        for name, relations in WEARS.items():
            assert await relations_of(session, await square.actor(session, name), row) == relations


@pytest.mark.parametrize("move", list(ACTS))
async def test_every_move_is_as_the_table_says(square: Square, move: Move) -> None:
    for name, relations in WEARS.items():
        for state in State:
            outcome, after = await tried(square, name, move, state)
            why = why_not(move, state, relations)
            seen = f"{name} {move} {state}: {outcome}, {after}"
            if why is not None:
                assert (outcome, after) == (why, state), seen
                continue
            assert outcome not in REFUSED, seen
            assert after in _leads(move, state), seen


def _leads(move: Move, state: State) -> set[State]:
    """Say where a move that is allowed leads: what is approved without an hour begins at once."""
    if move is Move.APPROVE:
        return {State.SENDING}
    if move is Move.RECALL and state in {State.SENDING, State.PAUSED}:
        return {State.CANCELLED}
    return {TABLE[move].to or state}


@pytest.mark.parametrize("move", list(ACTS))
async def test_of_what_is_not_there_nobody_does_anything(square: Square, move: Move) -> None:
    assert await square.act("qian", _acting(move), 999) is BroadcastOutcome.MISSING


async def test_an_author_whose_right_was_taken_away_is_none_any_more(square: Square) -> None:
    outcome, after = await tried(square, "zhao", Move.TAKE_BACK, State.WAITING)
    assert (outcome, after) == (BroadcastOutcome.TAKEN_BACK, State.DRAFT)
    one = await put(square, author="wang", state=State.WAITING, started_at=None)
    assert await square.act("wang", _acting(Move.TAKE_BACK), one) is BroadcastOutcome.NOT_ALLOWED


async def test_an_author_does_not_approve_their_own_whatever_their_rights(square: Square) -> None:
    one = await put(square, author="qian", state=State.WAITING, started_at=None)
    assert await square.act("qian", _acting(Move.APPROVE), one) is BroadcastOutcome.NOT_ALLOWED
    assert await square.act("qian", _acting(Move.SEND_BACK), one) is BroadcastOutcome.NOT_ALLOWED
    assert await square.act("zhou", _acting(Move.APPROVE), one) is BroadcastOutcome.APPROVED
