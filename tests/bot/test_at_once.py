"""Answers that are born taken: carried as soon as their turn has committed, in order, or queued."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from aiogram import F, Router
from aiogram.types import Message
from sqlalchemy import event

from handlers.notices import RENDERERS
from handlers.screen import Screen
from models.database import Engine, Session, UnavailableError, transaction
from models.outbox import actions
from models.outbox.rules import Lane, State
from models.outbox.tables import OutboxRow
from models.outbox.views import Notice
from tests.bot.street import A, B, Street, living, message, tap
from tests.bot.test_sender import KIND, person, push
from tests.waiting import until

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TURN = 5
"""Statements of a turn that answers and keeps a state, on SQLite: the update is remembered, the
person recognised, the conversation read and written, the answer composed. Each is a twentieth of
what a turn costs: a sixth wants a reason."""


@contextmanager
def listening(engine: Engine) -> Iterator[list[str]]:
    """List the statements that are executed meanwhile."""
    heard: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        heard.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", hear)
    yield heard
    event.remove(engine.sync_engine, "before_cursor_execute", hear)


async def ready(street: Street) -> None:
    """Wait until the sender has looked: nothing waits before what comes now."""
    await until(lambda: not street.house.sender._answers_wait.any_due)


async def test_a_turn_takes_five_statements(street: Street) -> None:
    await street.take(message(1, "two step"))
    with listening(street.house.engine) as heard:
        await street.take(message(2, "which", 2))
    assert len(heard) == TURN, heard


async def test_a_turn_without_a_change_of_state_writes_none(street: Street) -> None:
    with listening(street.house.engine) as heard:
        await street.take(message(1, "then rain"))
    assert not any("conversations" in one and "INSERT" in one for one in heard)


async def test_an_answer_leaves_without_being_looked_for(street: Street) -> None:
    async with living(street, polls=False):
        await ready(street)
        await street.take(message(1, "hello"))
        [row] = await street.rows()
        assert (row.state, row.attempts) == (State.SENDING, 1)
        await street.all_sent()
    assert street.told() == ["heard hello"]
    assert [row.attempts for row in await street.rows()] == [1]


async def test_what_is_rolled_back_gives_its_place_back(street: Street) -> None:
    street.broken.add("bang")
    async with living(street, polls=False):
        await ready(street)
        await street.take(message(1, "bang"))
        await street.all_sent()
        await ready(street)
        assert not street.house.sender._calls.underway
        await street.take(message(2, "hello", 2))
        [*_, row] = await street.rows()
        assert row.state == State.SENDING
        await street.all_sent()
    assert len(street.told()) == 2
    assert street.told()[-1] == "heard hello"


@pytest.mark.parametrize("fault", ["server_error", "too_many_requests"])
async def test_what_follows_one_that_goes_again_goes_behind_it(street: Street, fault: str) -> None:
    how = {"retry_after": 1} if fault == "too_many_requests" else {}
    getattr(street.world.faults, fault)(method="sendMessage", chat_id=A, **how)
    async with living(street, polls=False):
        await ready(street)
        await street.take(message(1, "double"))
        await street.take(message(2, "hello", 2))
        await street.take(message(3, "elsewhere", 3, person_id=B))
        await street.all_sent()
    assert street.told() == ["after", "heard hello"]
    assert street.told(B) == ["heard elsewhere"]
    assert not street.house.sender._calls.underway


async def test_several_answers_of_one_turn_keep_their_order(street: Street) -> None:
    async with living(street, polls=False):
        await ready(street)
        for number in range(5):
            await street.take(message(number, f"then {number}", number))
        await street.all_sent()
    assert street.told() == [text for n in range(5) for text in (f"now then {n}", "below")]


async def test_an_answer_does_not_overtake_one_that_waits(street: Street) -> None:
    now = street.world.clock.now()
    async with transaction(street.sessions) as session:
        await actions.compose(
            session,
            method="sendMessage",
            payload={"chat_id": A, "text": "first"},
            chat_id=A,
            now=now,
        )
    first = street.world.faults.hold(method="sendMessage")
    async with living(street, polls=False):
        await street.take(message(1, "hello"))
        first.open()
        await street.all_sent()
    assert street.told() == ["first", "heard hello"]


async def test_an_answer_waits_for_what_is_on_its_way_to_the_same_chat(street: Street) -> None:
    push = street.world.faults.hold(method="sendMessage")
    async with living(street, polls=False):
        await ready(street)
        now = street.world.clock.now()
        async with transaction(street.sessions) as session:
            await actions.compose(
                session, method="sendMessage", payload={"chat_id": A, "text": "push"}, chat_id=A,
                now=now, lane=Lane.NOTICE,
            )  # fmt: skip
        street.house.sender.wake()
        await until(lambda: len(street.calls("sendMessage")) == 1)
        await street.take(message(1, "hello"))
        queued = await street.rows(OutboxRow.lane == Lane.ANSWER)
        assert [row.state for row in queued] == [State.QUEUED]
        push.open()
        await street.all_sent()
    assert street.told() == ["push", "heard hello"]


async def test_a_tap_is_answered_beside_the_chat(street: Street) -> None:
    first = street.world.faults.hold(method="sendMessage")
    async with living(street, polls=False):
        await ready(street)
        await street.take(message(1, "hello"))
        await street.take(tap(2, "plain"))
        states = {row.method: row.state for row in await street.rows()}
        assert states["answerCallbackQuery"] != State.QUEUED
        first.open()
        await street.all_sent()


async def news(_session: Session, notice: Notice) -> Screen:
    return Screen(f"news {notice.subject_id}")


async def test_an_answer_does_not_overtake_a_notice_in_its_lane(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a turn shows by a notice stands above what it says below it."""
    monkeypatch.setitem(RENDERERS, KIND, news)
    reader = await person(street)

    async def show(said: Message, session: Session, now: datetime) -> None:
        await actions.notify(
            session, recipient_id=reader, kind=KIND, subject_id=7, now=now, lane=Lane.ANSWER
        )
        await said.answer("below")

    router = Router()
    router.message.register(show, F.text == "show")
    street.house.dispatcher.sub_routers[0].message.handlers.insert(0, router.message.handlers[0])
    async with living(street, polls=False):
        await ready(street)
        await street.take(message(1, "show"))
        await street.take(message(2, "hello", 2))
        await street.all_sent()
    assert street.told() == ["news 7", "below", "heard hello"]


async def test_places_are_given_back_where_packing_breaks(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database goes away between two rows of a round: the first had its place already."""
    rendered: list[int] = []

    async def breaking(session: Session, notice: Notice) -> Screen:
        rendered.append(notice.recipient_id)
        if len(rendered) == 2:
            raise UnavailableError("away")
        return await news(session, notice)

    monkeypatch.setitem(RENDERERS, KIND, breaking)
    for reader in (await person(street, A), await person(street, B)):
        await push(street, reader)
    async with living(street, polls=False):
        await street.all_sent()
        room = street.house.sender._pacer.room()
    assert (street.told(A), street.told(B)) == (["news 1"], ["news 1"])
    assert room == street.house.sender._pacer.limits.at_once


async def test_one_chat_that_must_wait_holds_up_no_other(street: Street) -> None:
    street.world.faults.too_many_requests(retry_after=600, method="sendMessage", chat_id=A)
    async with living(street, polls=False):
        await ready(street)
        await street.take(message(1, "hello"))
        await until(lambda: len(street.calls("sendMessage")) == 1)
        await street.take(message(2, "more", 2))
        street.house.sender.wake()
        await ready(street)
        await street.take(message(3, "hello", 3, person_id=B))
        [*_, row] = await street.rows()
        assert row.state != State.QUEUED
        await until(lambda: street.told(B) == ["heard hello"])
