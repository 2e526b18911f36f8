"""A street for tests: the real house on one side, the sandbox on the other, HTTP between them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiogram import Dispatcher, F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert, select

from bot.app import House, open_house, working
from bot.pacer import Limits
from bot.settings import Settings
from bot.storage import TurnStorage
from models.database import Session, Sessions, transaction
from models.outbox.tables import OutboxRow
from models.vault import Vault
from sandbox.calls import Call
from sandbox.people import DEMO_TOKEN
from sandbox.world import World
from tests.waiting import until

FACTS = Table(
    "test_facts",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("word", Text, nullable=False),
)
"""What handlers of these tests write down: a row each time they work, so doing twice shows."""

UNPACED = Limits(per_second=None)

A = 1001
B = 1002


class BrokenError(Exception):
    """A handler's own mistake."""


@dataclass
class Street:
    """The open house, the world it talks to, and eyes of our own on the database."""

    house: House
    world: World
    sessions: Sessions
    url: str
    broken: set[str]
    """Words at which the handler breaks after it has answered."""

    async def facts(self) -> list[str]:
        async with transaction(self.sessions) as session:
            return list((await session.scalars(select(FACTS.c.word).order_by(FACTS.c.id))).all())

    async def rows(self, *conditions: Any) -> list[OutboxRow]:
        statement = select(OutboxRow).order_by(OutboxRow.id)
        async with transaction(self.sessions) as session:
            return list((await session.scalars(statement.where(*conditions))).all())

    async def states(self) -> list[str]:
        return [row.state for row in await self.rows()]

    def told(self, person_id: int = A) -> list[str]:
        """What the bot has said to somebody, in order."""
        found = self.world.person(person_id).messages
        return [m["text"] for m in found if m["from"]["is_bot"] and "text" in m]

    def calls(self, method: str) -> list[Call]:
        return self.world.calls.since(0, method)

    async def take(self, raw: dict[str, Any]) -> Any:
        return await self.house.turn.handle(raw)

    async def all_sent(self) -> None:
        """Wait until nothing is queued or in flight."""

        async def done() -> bool:
            return not {"queued", "sending"} & set(await self.states())

        await until(done)


def open_to(town: dict[str, Any], **changes: Any) -> Settings:
    """Make settings for a sandbox and a database."""
    return Settings(
        _env_file=None,
        bot_token=DEMO_TOKEN,
        encryption_key=Vault.new_key(),
        **{**town, **changes},
    )


@asynccontextmanager
async def opened(
    world: World,
    settings: Settings,
    sessions: Sessions,
    limits: Limits = UNPACED,
    **house: Any,
) -> AsyncIterator[Street]:
    """Open a house on a street; nothing runs yet."""
    broken: set[str] = set()
    async with transaction(sessions) as session:
        connection = await session.connection()
        await connection.run_sync(FACTS.metadata.create_all)

    def made(storage: TurnStorage) -> Dispatcher:
        return small_application(storage, broken)

    house = {"clock": world.clock.now, "limits": limits, "make_dispatcher": made, **house}
    async with open_house(settings, **house) as opened_house:
        yield Street(opened_house, world, sessions, settings.telegram_api_url, broken)


@asynccontextmanager
async def living(street: Street, *, polls: bool = True) -> AsyncIterator[Street]:
    """Run sender and ticker, and the poller too; all of it stops in order at the end."""
    async with working(street.house):
        if not polls:
            yield street
            return
        poller = street.house.poller(poll_seconds=1)
        polling = asyncio.create_task(poller.run())
        try:
            yield street
        finally:
            poller.stop()
            await polling


async def note(session: Session, word: str) -> None:
    """Write down a fact."""
    await session.execute(insert(FACTS).values(word=word))


def small_application(storage: TurnStorage, broken: set[str]) -> Dispatcher:
    """Make a plain aiogram application that notes facts, keeps states and answers."""
    dispatcher = Dispatcher(storage=storage, broken=broken)
    dispatcher.include_router(small_router())
    return dispatcher


def small_router() -> Router:
    router = Router()
    router.message.register(two_step, F.text == "two step")
    router.message.register(step, StateFilter("asked"), F.text)
    router.message.register(then, F.text.startswith("then "))
    router.message.register(vanish, F.text == "vanish")
    router.message.register(file, F.text == "file")
    router.message.register(double, F.text == "double")
    router.message.register(other)
    router.callback_query.register(twice, F.data == "twice")
    router.callback_query.register(tapped)
    return router


async def two_step(message: Message, state: FSMContext) -> None:
    await state.set_data({"words": []})
    await state.set_state("asked")
    await message.answer("which?")


async def step(message: Message, state: FSMContext, broken: set[str]) -> None:
    data = await state.get_data()
    data["words"].append(message.text)
    await state.set_data(data)
    await message.answer(" ".join(data["words"]))
    if message.text in broken:
        raise BrokenError


async def then(message: Message) -> None:
    sent = await message.answer("wait")
    changed = await sent.edit_text(f"now {message.text}")
    assert isinstance(changed, Message)
    await changed.reply("below")


async def vanish(message: Message) -> None:
    sent = await message.answer("soon gone")
    await sent.delete()


async def file(message: Message) -> None:
    await message.answer_document(BufferedInputFile(b"a,b\r\n1,2\r\n", "hours 表.csv"))


async def double(message: Message) -> None:
    await message.answer("x" * 5000)
    await message.answer("after")


async def other(message: Message, session: Session, broken: set[str]) -> None:
    word = message.text or "?"
    await note(session, word)
    await message.answer(f"heard {word}")
    if word in broken:
        raise BrokenError


async def twice(callback: CallbackQuery) -> None:
    await callback.answer("one")
    await callback.answer("two")


async def tapped(callback: CallbackQuery, session: Session, broken: set[str]) -> None:
    await note(session, f"tap {callback.data}")
    if callback.data in broken:
        await callback.answer("never seen")
        raise BrokenError


def message(
    update_id: int, text: str, message_id: int = 1, person_id: int = A, **more: Any
) -> dict[str, Any]:
    """Make a raw update: somebody wrote in their private chat."""
    user = {"id": person_id, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    return {
        "update_id": update_id,
        "message": {
            "message_id": message_id,
            "date": 1_790_000_000,
            "chat": {"id": person_id, "type": "private", "first_name": "Ann"},
            "from": user,
            "text": text,
            **more,
        },
    }


def tap(update_id: int, data: str, query_id: str = "77", person_id: int = A) -> dict[str, Any]:
    """Make a raw update: somebody tapped a button in their private chat."""
    under = message(update_id, "menu", person_id=person_id)["message"]
    return {
        "update_id": update_id,
        "callback_query": {
            "id": query_id,
            "from": under["from"],
            "chat_instance": "1",
            "message": under,
            "data": data,
        },
    }
