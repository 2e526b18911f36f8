"""The real bot in one process with Telegram's stand-in, driven step by step.

Everything is put together by the composition root; only what would wait for real time or travel
over a network is replaced: the sender rests until it is woken, its pace counts the town's time, and
python-telegram-bot's requests go to the sandbox by a call.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import bindparam, event, func, select

from bot.app import House as RealHouse
from bot.app import open_house
from bot.pacer import Limits, Pacer
from bot.sender import Sender
from bot.settings import Settings
from bot.turn import TurnOutcome
from models.base import Instant
from models.outbox.tables import OutboxRow
from models.reminders.tables import ReminderRow
from models.vault import Vault
from sandbox.people import DEMO_TOKEN
from sandbox.world import World
from tests.month.clock import TownClock
from tests.month.wire import Wire

API = "http://telegram.invalid"
TRY_AGAIN = timedelta(minutes=2)
"""While Telegram is away the town's time goes on in steps of at least this much."""


class StepSender(Sender):
    """The real sender; it says when nothing more can leave at this instant, and waits there."""

    resting: asyncio.Event
    seconds: Callable[[], float]

    def _pushes_may_leave(self) -> bool:
        return self._pacer.pushes_at() <= self.seconds()

    async def _rest(self) -> None:
        while tasks := self._calls._tasks:
            await asyncio.wait(tasks)
        if not self._wake.is_set():
            self.resting.set()
            await self._wake.wait()


class House:
    """The bot's process: up or down, with its database, its sender and its ticker."""

    def __init__(self, url: str, world: World, clock: TownClock, patch: pytest.MonkeyPatch) -> None:
        self.world, self.clock = world, clock
        self.wire = Wire(world)
        self._settings = Settings(
            bot_token=SecretStr(DEMO_TOKEN),
            telegram_api_url=API,
            database_url=SecretStr(url),
            encryption_key=SecretStr(Vault.new_key()),
        )
        patch.setattr("bot.deliver.AiohttpRequest", lambda _proxy: self.wire)
        patch.setattr("bot.app.Sender", StepSender)
        patch.setattr("bot.app.Pacer", lambda limits, _clock: Pacer(limits, clock.seconds))
        self.real: RealHouse | None = None
        self.failed_turns = 0
        self.due_at: datetime | None = None
        """When the process has something to do by itself next; None when it has not."""
        self.stirred = True
        """Something has been written since it last came to rest, or its clock was set."""
        self._open = AsyncExitStack()

    @property
    def up(self) -> bool:
        """Tell whether the process runs."""
        return self.real is not None

    async def start(self) -> None:
        """Start the process."""
        self.stirred = True
        unpaced = Limits(per_second=None)
        self.real = await self._open.enter_async_context(
            open_house(self._settings, self.clock.read, unpaced)
        )
        if self.real.engine.dialect.name == "sqlite":
            event.listen(self.real.engine.sync_engine, "connect", _hurry)
        assert isinstance(self.real.sender, StepSender)
        self.real.sender.resting, self.real.sender.seconds = asyncio.Event(), self.clock.seconds
        self._sending = asyncio.create_task(self.real.sender.run())

    async def stop(self, *, crash: bool = False) -> None:
        """End the process: in order, or in the middle of what it has in hand."""
        assert self.real is not None
        if crash:
            self._sending.cancel()
        else:
            self.real.sender.stop()
        with suppress(asyncio.CancelledError):
            await self._sending
        self.real = self.due_at = None
        await self._open.aclose()

    async def settle(self) -> None:
        """Do all that the process would do at this instant; nothing while it is down."""
        if self.real is None or not (self.stirred or self._is_due() or self._hears()):
            return
        self.stirred = False
        if self._hears():
            await self._take_updates(self.real)
        await self._sweep(self.real)
        await self._send(self.real)
        self.due_at = await self._needed(self.real)

    async def hourly(self) -> None:
        """Do the ticker's hourly work."""
        if self.real is not None:
            await self.real.ticker.tidy()
            await self.real.ticker.arrange()
            self.stirred = True

    def stir(self) -> None:
        """Say that there may be something to do."""
        self.stirred = True

    def _hears(self) -> bool:
        return not self.wire.away and len(self.world.bot.queue) > 0

    def _is_due(self) -> bool:
        return self.due_at is not None and self.due_at <= self.clock.now()

    async def _take_updates(self, real: RealHouse) -> None:
        queue = self.world.bot.queue
        for update in queue.pending():
            outcome = await self._turn(real, json.loads(update.payload))
            self.failed_turns += outcome is TurnOutcome.FAILED
            queue.remove(update)

    async def _turn(self, real: RealHouse, update: Any) -> TurnOutcome:
        return await real.turn.handle(update)

    async def _sweep(self, real: RealHouse) -> None:
        await real.ticker.sweep_once()

    async def _send(self, real: RealHouse) -> None:
        sender = real.sender
        assert isinstance(sender, StepSender)
        sender.resting.clear()
        sender.wake()
        resting = asyncio.ensure_future(sender.resting.wait())
        await asyncio.wait({resting, self._sending}, return_when=asyncio.FIRST_COMPLETED)
        if self._sending.done():
            resting.cancel()
            await self._sending

    async def _needed(self, real: RealHouse) -> datetime | None:
        """Tell when the process has something to do by itself next; None when it has not."""
        async with real.engine.connect() as connection:
            found = (await connection.execute(NEXT, {"now": self.clock.read()})).one()
        now = self.clock.now()
        soonest = now + (TRY_AGAIN if self.wire.away else timedelta(seconds=1))
        return min((max(at - self.clock.skew, soonest) for at in found if at), default=None)


NEXT = select(
    select(func.min(ReminderRow.due_at))
    .where(ReminderRow.state == "pending")
    .scalar_subquery()
    .label("reminder"),
    select(func.min(OutboxRow.due_at))
    .where(OutboxRow.state == "queued", OutboxRow.due_at > bindparam("now", type_=Instant))
    .scalar_subquery()
    .label("message"),
)
"""When the next reminder falls due, and when a message put off may leave."""


def _hurry(connection: Any, _record: Any) -> None:
    """Let the disk be: this database outlives nothing."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.close()


@asynccontextmanager
async def running(house: House) -> AsyncIterator[House]:
    """Start the process, and end it whatever happens."""
    await house.start()
    try:
        yield house
    finally:
        if house.up:
            await house.stop()
