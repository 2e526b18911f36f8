"""One process of the bot: the real rooms, as the composition root puts them together."""

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar, copy_context
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import insert

from bot.app import House, open_house, working
from bot.outbox import Desk
from bot.pacer import Limits
from bot.receive import Poller
from bot.settings import Settings
from bot.turn import PostponedError, Turn
from bot.webhook import ChatOrder
from models.database import DRIVERS
from models.updates.rules import chat_of
from sandbox.updates import Pending
from sandbox.world import World
from tests.bot.street import FACTS
from tests.simulation.disk import NAME, Connections, Disk, put_on
from tests.simulation.loop import PROCESS, Loop, Process, running
from tests.simulation.seats import SharedSeat
from tests.simulation.wire import Ledger, Network, NotedCalls, Wire

Job = Callable[[], Awaitable[Any]]

WIRE: ContextVar[Wire] = ContextVar("wire")
"""The way to Telegram of the process that is being put together."""


class NotedTurn(Turn):
    """The turn; a fact of each update is written in its own transaction, so doing twice shows."""

    async def _work(self, desk: Desk, admitted: Any) -> None:
        await desk.session.execute(insert(FACTS).values(word=str(admitted.raw["update_id"])))
        await super()._work(desk, admitted)


class LoopSchedule:
    """The ticker's schedule by the loop's time; APScheduler goes by the clock of this machine."""

    def __init__(self) -> None:
        self._jobs: list[tuple[float, Job, float]] = []
        self._tasks: list[asyncio.Task[None]] = []

    def every(self, interval: timedelta, job: Job, first: timedelta) -> None:
        """Run a job at an interval."""
        self._jobs.append((interval.total_seconds(), job, first.total_seconds()))

    def start(self) -> None:
        """Begin."""
        self._tasks = [asyncio.create_task(self._repeat(*each)) for each in self._jobs]

    async def stop(self) -> None:
        """End."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @staticmethod
    async def _repeat(interval: float, job: Job, first: float) -> None:
        await asyncio.sleep(first)
        while True:
            await job()
            await asyncio.sleep(interval)


class QueuePoller(Poller):
    """The poller, which asks the sandbox's queue by a call."""

    world: World
    network: Network

    async def _ask(self, _session: Any) -> list[Any] | None:
        net = self.network
        await asyncio.sleep(net.dice.uniform(0, net.slow))
        if net.away:
            return None
        token = PROCESS.set(None)
        try:
            found = await self.world.bot.queue.poll(self._offset or 0, 100, self._poll_seconds)
        finally:
            PROCESS.reset(token)
        await asyncio.sleep(net.dice.uniform(0, net.slow))
        return None if net.away else [json.loads(update.payload) for update in found]

    async def _acknowledge(self, _session: Any) -> None:
        if self._offset is not None and not self.network.away:
            await self.world.bot.queue.poll(self._offset, 1, 0)


class Machine:
    """One process after the other, under one name."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        world: World,
        disk: Disk,
        network: Network,
        ledger: Ledger,
        clock: Callable[[], datetime],
        *,
        polls: bool,
    ) -> None:
        self.name = name
        self._settings, self._world = settings, world
        self._disk, self._network, self._ledger = disk, network, ledger
        self._clock, self._polls = clock, polls
        self._reader = sqlite3.connect(settings.database_url.get_secret_value().partition("//")[2])
        self.skew = timedelta()
        self.process = Process(name)
        self.process.alive = False
        self.house: House | None = None
        self._main: asyncio.Task[None] | None = None
        self._order = ChatOrder()
        self._stopping = asyncio.Event()
        self._starts = 0

    def now(self) -> datetime:
        """Return what this machine's clock shows."""
        return self._clock() + self.skew

    @property
    def serves(self) -> bool:
        """Tell whether a call of the webhook would be taken."""
        return self.process.alive and not self.process.stopped and self.house is not None

    def start(self) -> None:
        """Start a process."""
        if self.process.alive:
            return
        self._starts += 1
        self.process = Process(f"{self.name}.{self._starts}")
        self.connections = Connections(self.process)
        self._stopping, self._order = asyncio.Event(), ChatOrder()
        self._main = self._within(self._live(self.process, self.connections))

    def kill(self) -> None:
        """End the process in the middle of whatever it does: its connections first."""
        self.process.alive = False
        self.house = None
        self.connections.close()
        loop = running()
        loop.go_on(self.process)
        for task in list(self.process.tasks):
            task.cancel()

    async def end(self) -> None:
        """End the process in order."""
        self._stopping.set()
        if self._main is not None:
            await asyncio.wait({self._main})

    async def gone(self) -> None:
        """Wait until nothing of a killed process is left."""
        while self.process.tasks:
            for task in list(self.process.tasks):
                task.cancel()
            await asyncio.wait(set(self.process.tasks), timeout=5)

    async def take(self, update: Pending) -> bool:
        """Take an update as a call of the webhook; give whether it is acknowledged."""
        if not self.serves:
            return False
        raw = json.loads(update.payload)
        task = self._within(self._taken(raw))
        done, _ = await asyncio.wait({task}, timeout=60)
        return bool(done) and not task.cancelled() and task.exception() is None and task.result()

    async def _taken(self, raw: dict[str, Any]) -> bool:
        assert self.house is not None
        house = self.house
        with suppress(PostponedError):
            await self._order.through(chat_of(raw), lambda: house.turn.handle(raw))
            return True
        return False

    def _within(self, work: Any) -> asyncio.Task[Any]:
        """Begin work that belongs to the process."""
        context = copy_context()
        context.run(PROCESS.set, self.process)
        task: asyncio.Task[Any] = context.run(running().create_task, work)
        return task

    async def _live(self, process: Process, connections: Connections) -> None:
        try:
            WIRE.set(Wire(self._world, self._network, self._ledger, process, self._committed))
            async with open_house(self._settings, self.now, Limits()) as house:
                put_on(house.engine, self._disk, connections)
                self.house = house
                async with working(house):
                    await (self._poll(house) if self._polls else self._stopping.wait())
                self.house = None
        except Exception as error:  # noqa: BLE001 - whatever ends a process is what is looked for
            if process.alive:
                self._ledger.wrong.append(f"process {process.name} ended by itself: {error!r}")
        finally:
            process.alive = False

    async def _poll(self, house: House) -> None:
        poller = QueuePoller(house.turn, "http://telegram.invalid", poll_seconds=5)
        poller.world, poller.network = self._world, self._network
        polling = asyncio.create_task(poller.run())
        await self._stopping.wait()
        poller.stop()
        await polling

    def _committed(self, row_id: int) -> str | None:
        found = self._reader.execute("SELECT state FROM outbox WHERE id = ?", (row_id,)).fetchone()
        return None if found is None else str(found[0])

    def close(self) -> None:
        """Let go of the file."""
        self._reader.close()


@contextmanager
def virtual(loop: Loop, *, shared: bool) -> Iterator[None]:
    """Let the rooms live by the loop's time, and see what they do."""
    watch = SimpleNamespace(monotonic=loop.time, time=loop.time)
    with pytest.MonkeyPatch.context() as patch:
        for module in (
            "models.sqlite",
            "models.election.actions",
            "scheduler.sweep",
            "scheduler.ticker",
            "sandbox.dispatch",
        ):
            patch.setattr(f"{module}.time", watch)
        patch.setitem(DRIVERS, "sqlite", f"sqlite+{NAME}")
        patch.setattr("scheduler.ticker.Schedule", LoopSchedule)
        patch.setattr("bot.deliver.AiohttpRequest", lambda _proxy: WIRE.get())
        patch.setattr("bot.app.Turn", NotedTurn)
        patch.setattr("bot.sender.Calls", NotedCalls)
        if shared:
            patch.setattr("bot.app.Election", SharedSeat)
        yield
