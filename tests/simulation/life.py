"""One life: a neighbourhood at its phones, the bot's processes, and everything that goes wrong."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from pydantic import SecretStr

from bot.settings import Settings
from models.vault import Vault
from sandbox.clock import Clock
from sandbox.people import DEMO_PEOPLE, DEMO_TOKEN
from sandbox.updates import Pending, UpdateQueue
from sandbox.world import World
from tests.simulation.disk import Disk
from tests.simulation.loop import Loop
from tests.simulation.machine import Machine, virtual
from tests.simulation.phones import Phones
from tests.simulation.plan import Event, Plan, What
from tests.simulation.wire import Ledger, Network

BASE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""A Tuesday, ten in the morning in Shanghai."""

KEY = SecretStr(Vault.new_key())
MOST_REST = 900
"""Seconds in which everything comes to rest once nothing goes wrong any more."""


class LifeClock(Clock):
    """The town's time: the loop's, and the hours in which all machines slept."""

    def __init__(self, loop: Loop) -> None:
        super().__init__(BASE)
        self._loop = loop
        self.slept = timedelta()

    def now(self) -> datetime:
        """Return the present."""
        return BASE + self.slept + timedelta(seconds=self._loop.time())


@dataclass
class Life:
    """What is lived, and what was found wrong."""

    plan: Plan
    loop: Loop
    url: str
    path: Path

    def __post_init__(self) -> None:
        self.dice = Random(f"life {self.plan.seed}")
        self.clock = LifeClock(self.loop)
        self.world = World(DEMO_PEOPLE, started=True)
        self.world.clock = self.clock
        self.world.bot.queue = UpdateQueue(self.clock, 1000)
        self.disk = Disk(Random(f"disk {self.plan.seed}"))
        self.network = Network(Random(f"network {self.plan.seed}"))
        self.ledger = Ledger()
        self.caused: list[int] = []
        self.perhaps_lost: set[int] = set()
        self._deliveries: set[asyncio.Task[Any]] = set()
        settings = Settings(
            _env_file=None,
            bot_token=SecretStr(DEMO_TOKEN),
            telegram_api_url="http://telegram.invalid",
            database_url=SecretStr(self.url),
            encryption_key=KEY,
        )
        self.polls = self.plan.processes == 1 and self.plan.seed % 2 == 0
        self.machines = [
            Machine(
                f"m{number}",
                settings,
                self.world,
                self.disk,
                self.network,
                self.ledger,
                self.clock.now,
                polls=self.polls,
            )
            for number in range(self.plan.processes)
        ]
        phones = Phones(self.world)
        self._acts: dict[What, Callable[[Random], None]] = {
            What.SAY: phones.say,
            What.PRESS: phones.press,
            What.BLOCK: phones.block,
            What.START: phones.start,
            What.REPEAT: self._repeats,
            What.LOST: self._loses,
            What.BROKEN: self._breaks,
            What.FLOODS: self._floods,
            What.DOUBTS: self._doubts,
        }
        self._note_updates()

    def _note_updates(self) -> None:
        queue, push = self.world.bot.queue, self.world.bot.queue.push

        def noted(kind: str, content: Any, chat_id: int) -> int | None:
            number = push(kind, content, chat_id)
            if number is not None:
                self.caused.append(number)
            return number

        queue.push = noted  # type: ignore[method-assign]

    async def live(self) -> None:
        """Live the plan, then let everything come to rest."""
        for machine in self.machines:
            machine.start()
        delivering = None if self.polls else asyncio.create_task(self._deliver())
        troubles: set[asyncio.Task[None]] = set()
        for event in self.plan.events:
            await asyncio.sleep(max(0.0, event.at - self.loop.time()))
            troubles.add(asyncio.create_task(self._happens(event)))
        await asyncio.gather(*troubles)
        await self._heal()
        await self._come_to_rest()
        if delivering is not None:
            delivering.cancel()
        for task in [*self._deliveries]:
            task.cancel()
        for machine in self.machines:
            await machine.end()
            await machine.gone()
            machine.close()

    async def _happens(self, event: Event) -> None:
        """Let something happen, and last."""
        dice = Random(event.dice)
        machine = dice.choice(self.machines)
        if event.what in self._acts:
            self._acts[event.what](dice)
        elif event.what is What.SLEEP:
            self._sleep(event.lasts)
        elif event.what is What.KILL:
            await self._kill(machine, dice)
        elif event.what is What.STOP:
            await self._stop(machine, event.lasts)
        elif event.what is What.RESTART:
            await self._restart(machine)
        else:
            await self._goes_on(event, machine, dice)

    async def _goes_on(self, event: Event, machine: Machine, dice: Random) -> None:
        """Let something be wrong for a while."""
        skews = [timedelta(seconds=seconds) for seconds in (-7200, -40, 40, 7200)]
        wrong: dict[What, tuple[Any, str, Any]] = {
            What.SLOW_DISK: (self.disk, "slow", dice.choice((0.05, 0.3, 1.5))),
            What.NO_DATABASE: (self.disk, "away", True),
            What.FULL_DISK: (self.disk, "full", True),
            What.NO_TELEGRAM: (self.network, "away", True),
            What.SLOW_TELEGRAM: (self.network, "slow", dice.choice((0.5, 3.0, 12.0))),
            What.CLOCK: (machine, "skew", dice.choice(skews)),
        }
        held, name, value = wrong[event.what]
        well = timedelta() if held is machine else getattr(WELL[type(held)], name)
        setattr(held, name, value)
        await asyncio.sleep(event.lasts)
        setattr(held, name, well)

    async def _restart(self, machine: Machine) -> None:
        if machine.process.alive and not machine.process.stopped:
            await machine.end()
            machine.start()

    def _loses(self, dice: Random) -> None:
        self.network.lost += dice.randint(0, 2)
        self.network.lost_pushes += dice.randint(0, 2)

    def _breaks(self, dice: Random) -> None:
        self.network.broken += dice.randint(1, 5)

    def _floods(self, dice: Random) -> None:
        self.network.floods += dice.randint(1, 2)

    def _doubts(self, dice: Random) -> None:
        self.disk.doubts += dice.randint(1, 2)

    def _repeats(self, dice: Random) -> None:
        self.world.bot.queue.repeat(dice.randint(1, 3))

    async def _kill(self, machine: Machine, dice: Random) -> None:
        if not machine.process.alive:
            return
        machine.kill()
        await machine.gone()
        await asyncio.sleep(dice.uniform(0.1, 4))
        machine.start()

    async def _stop(self, machine: Machine, seconds: float) -> None:
        process = machine.process
        if not process.alive or process.stopped:
            return
        process.stopped = True
        await asyncio.sleep(seconds)
        if process.alive:
            self.loop.go_on(process)

    def _sleep(self, seconds: float) -> None:
        if seconds > 3600 * 23:
            self.perhaps_lost |= {one.update_id for one in self.world.bot.queue.pending()}
        self.clock.slept += timedelta(seconds=seconds)

    async def _deliver(self) -> None:
        """Telegram calls the webhook: in order within a chat, whichever process takes it."""
        busy: set[int] = set()

        async def bring(update: Pending) -> None:
            await asyncio.sleep(self.network.dice.uniform(0, self.network.slow))
            taken = False
            if not self.network.away:
                taken = await self.dice.choice(self.machines).take(update)
            if taken and not self.network.away:
                self.world.bot.queue.remove(update)
            else:
                await asyncio.sleep(1)
            busy.discard(update.chat_id)

        while True:
            for update in self.world.bot.queue.pending():
                if update.chat_id not in busy:
                    busy.add(update.chat_id)
                    task = asyncio.create_task(bring(update))
                    self._deliveries.add(task)
                    task.add_done_callback(self._deliveries.discard)
            await asyncio.sleep(0.05)

    async def _heal(self) -> None:
        """Let nothing be wrong any more, and a morning come on which nobody sleeps."""
        self.disk.slow, self.disk.away, self.disk.full, self.disk.doubts = 0.0, False, False, 0
        self.network.away, self.network.slow = False, WELL[Network].slow
        self.network.lost = self.network.lost_pushes = 0
        self.network.broken = self.network.floods = 0
        for machine in self.machines:
            machine.skew = timedelta()
            if not machine.process.alive:
                machine.start()
        at = self.clock.now()
        morning = at.replace(hour=2, minute=0, second=0, microsecond=0)
        self.perhaps_lost |= {one.update_id for one in self.world.bot.queue.pending()}
        self.clock.slept += (morning - at) % timedelta(days=1)

    async def _come_to_rest(self) -> None:
        for _ in range(MOST_REST):
            await asyncio.sleep(1)
            if not (left := self._left()):
                return
        self.ledger.wrong.append(f"never came to rest: {left}")

    def _left(self) -> list[str]:
        """List what is still to be done at this instant."""
        now = self.clock.now().strftime("%Y-%m-%d %H:%M:%S")
        left = [f"{len(self.world.bot.queue)} updates"] if len(self.world.bot.queue) else []
        with reading(self.path) as database:
            for name, statement in LEFT.items():
                count = database.execute(statement, {"now": now}).fetchone()[0]
                left += [f"{count} {name}"] if count else []
        return left


WELL: dict[type, Any] = {Disk: Disk(Random(0)), Network: Network(Random(0))}
LEFT = {
    "messages in hand": "SELECT count(*) FROM outbox WHERE state = 'sending'",
    "messages due": "SELECT count(*) FROM outbox WHERE state = 'queued' AND due_at <= :now",
    "reminders due": "SELECT count(*) FROM reminders WHERE state = 'pending' AND due_at <= :now",
}


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file to look at what is committed."""
    database = sqlite3.connect(path)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def lived(plan: Plan, template: Path, folder: Path | None = None) -> Iterator[Life]:
    """Live a plan on a copy of a database, and give what came of it."""
    silent = structlog.testing.capture_logs()
    with TemporaryDirectory(dir=folder) as place, silent:
        path = Path(place) / "linli.sqlite3"
        shutil.copy(template, path)
        loop = Loop()
        life = Life(plan, loop, f"sqlite:///{path}", path)
        try:
            with virtual(loop, shared=plan.processes > 1):
                loop.run_until_complete(life.live())
        finally:
            loop.close()
        yield life
