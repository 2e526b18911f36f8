"""The whole house and the sandbox, and people who tap and write in it.

A conversation reads as a script: somebody does a thing, and everything that follows from it has
happened when the call returns.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot.app import House, open_house, working
from bot.greeting import introduce
from bot.pacer import Limits
from bot.settings import Settings
from models.database import Sessions, transaction
from models.outbox.rules import OPEN_STATES
from models.outbox.tables import OutboxRow
from models.updates.tables import FailedRow
from sandbox.chats import Chat
from sandbox.person import Person
from sandbox.world import World
from tests.waiting import until

PATIENCE = 10.0
"""Seconds until a conversation counts as stuck."""


@dataclass
class Neighbourhood:
    """The open house and its world."""

    world: World
    house: House
    sessions: Sessions
    forgiven: int = 0
    """Updates that a test has let fail on purpose."""

    def phone(self, person_id: int) -> "Phone":
        """Give somebody's phone."""
        return Phone(self, self.world.person(person_id))

    def newcomer(self, name: str, language: str) -> "Phone":
        """Let somebody come who has never written before."""
        added = self.world.add_person(first_name=name, language_code=language)
        return self.phone(added.id)

    async def settled(self) -> None:
        """Wait until every update is handled and everything queued has left."""
        queue = self.world.person(1001).bot.queue

        async def quiet() -> bool:
            return len(queue) == 0 and await self._open_rows() == 0

        await until(quiet, PATIENCE)
        assert await self._count(FailedRow) == self.forgiven, "an update failed"

    async def _open_rows(self) -> int:
        return await self._count(OutboxRow, OutboxRow.state.in_(list(OPEN_STATES)))

    async def _count(self, table: Any, *conditions: Any) -> int:
        async with transaction(self.sessions) as session:
            statement = select(func.count()).select_from(table).where(*conditions)
            return await session.scalar(statement) or 0


@dataclass
class Phone:
    """One person's phone: what they do, and what they see afterwards."""

    street: Neighbourhood
    person: Person

    async def start(self, payload: str = "") -> "Phone":
        self.person.start(payload)
        return await self._wait()

    async def write(self, text: str, chat: Chat | None = None) -> "Phone":
        self.person.send_text(text, chat=chat)
        return await self._wait()

    async def sticker(self) -> "Phone":
        self.person.send_sticker()
        return await self._wait()

    async def press(self, data: str) -> str:
        """Press a button, forged or old, by its data; give the toast."""
        self.person.press(self._last()["message_id"], data)
        await self._wait()
        return self.toast

    async def tap(self, label: str) -> "Phone":
        """Tap the latest button whose label holds these words."""
        for message in reversed(self.person.messages):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for key in row:
                    if label in key["text"]:
                        self.person.press(message["message_id"], key["callback_data"])
                        return await self._wait()
        raise AssertionError(f"no button {label!r} among {self.buttons}")

    @property
    def said(self) -> list[str]:
        """What the bot has said, oldest first, as it stands now."""
        return [m["text"] for m in self.person.messages if m["from"]["is_bot"] and "text" in m]

    @property
    def last(self) -> str:
        """What the bot said last."""
        return self.said[-1]

    @property
    def buttons(self) -> list[str]:
        """The buttons under the last message of the bot."""
        rows = self._last().get("reply_markup", {}).get("inline_keyboard", [])
        return [key["text"] for row in rows for key in row]

    @property
    def keyboard(self) -> list[str]:
        """The reply keyboard."""
        keyboard = self.person.chat.reply_keyboard or {}
        return [key["text"] for row in keyboard.get("keyboard", []) for key in row]

    @property
    def commands(self) -> list[str]:
        """The command menu."""
        return [each["command"] for each in self.person.commands()]

    @property
    def toast(self) -> str:
        """What the last tap was answered with."""
        calls = self.street.world.calls.since(0, "answerCallbackQuery")
        return calls[-1].params.get("text") or "" if calls else ""

    def _last(self) -> dict[str, Any]:
        return [m for m in self.person.messages if m["from"]["is_bot"]][-1]

    async def _wait(self) -> "Phone":
        await self.street.settled()
        return self


@asynccontextmanager
async def lived_in(
    world: World, settings: Settings, sessions: Sessions
) -> AsyncIterator[Neighbourhood]:
    """Open the house and let it run; all of it stops in order at the end."""
    unpaced = Limits(per_second=None)
    async with open_house(settings, world.clock.now, unpaced) as house, working(house):
        assert await introduce(house)
        poller = house.poller(poll_seconds=1)
        polling = asyncio.create_task(poller.run())
        try:
            yield Neighbourhood(world, house, sessions)
        finally:
            poller.stop()
            await polling
