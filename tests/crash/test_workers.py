"""Four webhook workers on one PostgreSQL: killed, stopped and cut off, while people go on.

In the end all is as one worker without faults would have left it.
"""

import asyncio
import json
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from models.database import Sessions, transaction
from models.outbox.tables import OutboxRow
from models.vault import Vault
from sandbox.people import DEMO_TOKEN, Phone
from sandbox.server import serve
from sandbox.world import World
from tests.bot.street import FACTS
from tests.crash.between import Balancer, Line, balancing
from tests.crash.test_crash import facts, idle
from tests.ports import free_port
from tests.profile import SEED, length
from tests.waiting import until
from tests.zygote import Forked, Zygote

WORKERS = 4
PEOPLE = tuple(range(2001, 2009))
FAULTS = int(os.environ.get("LINLI_WORKER_FAULTS", length(8, 150)))
SHORT_SECONDS = (0.2, 1.2)
LONG_SECONDS = length(1.2, 16.0)
"""How long a worker is stopped or cut off: in a soak at times longer than it keeps a seat."""
GAP = 0.03
"""Seconds between two updates of the stream."""
MOST_WAITING = 100
"""People write no more while so many of their updates are not taken."""

pytestmark = [
    pytest.mark.crash,
    pytest.mark.timeout(length(300, 3600)),
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
]


@dataclass
class Stream:
    """People who write and tap in turn, each word once."""

    world: World
    sent: dict[int, list[str]] = field(default_factory=lambda: {who: [] for who in PEOPLE})
    number: int = 0

    async def flow(self) -> None:
        while True:
            if len(self.world.bot.queue) < MOST_WAITING:
                self.go_on()
            await asyncio.sleep(GAP)

    def go_on(self) -> None:
        who, word = PEOPLE[self.number % len(PEOPLE)], f"w{self.number}"
        person = self.world.person(who)
        if self.sent[who] and self.number % 4 == 3:
            person.press(person.messages[0]["message_id"], word)
        else:
            person.send_text(word)
        self.sent[who].append(word)
        self.number += 1

    def told(self, who: int) -> list[str]:
        """What the bot has said to somebody, in order."""
        return [m["text"] for m in self.world.person(who).messages if m["from"]["is_bot"]]


@dataclass
class Worker:
    """One process, its port, and its line to the database."""

    zygote: Zygote
    folder: Path
    port: int
    line: Line
    settings: dict[str, Any]
    process: Forked | None = None

    @property
    def alive(self) -> Forked:
        assert self.process is not None
        return self.process

    def start(self) -> None:
        log = self.folder / f"{self.port}.log"
        order = {
            "log": str(log),
            "settings": {
                **self.settings,
                "webhook_port": self.port,
                "database_url": self.line.url,
            },
        }
        variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])}
        with log.open("a") as errors:
            self.process = self.zygote.start(
                ["-m", "tests.crash.worker", json.dumps(order)], self.folder, variables, errors
            )

    async def kill(self, _seconds: float) -> None:
        """End it with no chance to do anything more; another takes its place."""
        self.alive.send_signal(signal.SIGKILL)
        assert await asyncio.to_thread(self.ended) == -signal.SIGKILL, self.last_words()
        self.start()

    async def stop_a_while(self, seconds: float) -> None:
        self.alive.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        self.alive.send_signal(signal.SIGCONT)

    async def stall_a_while(self, seconds: float) -> None:
        self.line.stall()
        await asyncio.sleep(seconds)
        self.line.mend()

    async def cut_a_while(self, seconds: float) -> None:
        self.line.cut()
        await asyncio.sleep(seconds)
        self.line.mend()

    async def stall_then_cut(self, seconds: float) -> None:
        """What was under way when the line stood still is lost, be it committed or not."""
        self.line.stall()
        await asyncio.sleep(seconds)
        await self.cut_a_while(0.1)

    async def end(self) -> None:
        """Stop it in order."""
        self.alive.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(self.ended) == 0, self.last_words()

    def ended(self) -> int:
        """Wait for its end; give how it ended."""
        code = self.alive.wait(60)
        self.alive.stdout.close()
        return code

    def be_gone(self) -> None:
        """End it if it runs, however the test ended."""
        self.alive.send_signal(signal.SIGKILL)
        self.ended()

    def last_words(self) -> str:
        return (self.folder / f"{self.port}.log").read_text()[-2000:]


FAULT = (
    Worker.kill,
    Worker.stop_a_while,
    Worker.stall_a_while,
    Worker.cut_a_while,
    Worker.stall_then_cut,
)


@asynccontextmanager
async def many(
    zygote: Zygote, folder: Path, database_url: str, api_url: str
) -> AsyncIterator[tuple[list[Worker], Balancer]]:
    """Run workers behind a balancer; whatever still runs at the end is ended."""
    balancer = Balancer([free_port() for _ in range(WORKERS)])
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(balancing(balancer))
        settings = {
            "bot_token": DEMO_TOKEN,
            "telegram_api_url": api_url,
            "encryption_key": Vault.new_key(),
            "webhook_url": address,
            "webhook_secret": "a-secret",
        }
        workers = []
        for port in balancer.workers:
            line = Line(database_url)
            await line.open()
            stack.push_async_callback(line.close)
            worker = Worker(zygote, folder, port, line, settings)
            worker.start()
            stack.callback(worker.be_gone)
            workers.append(worker)
        yield workers, balancer


async def holder(sessions: Sessions) -> int | None:
    """Return the process id of the sender."""
    async with transaction(sessions) as session:
        found = await session.scalar(text("SELECT holder FROM leases WHERE role = 'sender'"))
    return int(found.split()[2]) if found else None


async def repeated(sessions: Sessions) -> dict[tuple[int, int], int]:
    """Say of each answer how often it went again because it was in hand at a fault."""
    async with transaction(sessions) as session:
        rows = await session.scalars(select(OutboxRow).where(OutboxRow.state == "sent"))
        return {(row.chat_id or 0, row.message_id or 0): row.repeats for row in rows}


async def torment(workers: list[Worker], sessions: Sessions, chance: random.Random) -> Counter[str]:
    """Let one fault follow another; every second one meets the sender."""
    done: Counter[str] = Counter()
    for number in range(FAULTS):
        fault = FAULT[number % len(FAULT)]
        pid = await holder(sessions)
        senders = [worker for worker in workers if worker.alive.pid == pid]
        worker = chance.choice(senders if senders and number % 2 else workers)
        seconds = chance.uniform(*SHORT_SECONDS)
        await fault(worker, LONG_SECONDS if number % 7 == 6 else seconds)
        done[fault.__name__] += 1
        await asyncio.sleep(chance.uniform(0, 0.3))
    return done


async def test_many_workers_end_where_one_without_faults_would(
    zygote: Zygote, database_url: str, sessions: Sessions, tmp_path: Path
) -> None:
    world = World(tuple(Phone(who, "居民") for who in PEOPLE), started=True)
    world.webhook_retry_s = 0.05
    stream, chance = Stream(world), random.Random(SEED)
    async with transaction(sessions) as session:
        connection = await session.connection()
        await connection.run_sync(FACTS.metadata.create_all)
    async with (
        serve(world) as api_url,
        many(zygote, tmp_path, database_url, api_url) as (workers, balancer),
    ):
        flowing = asyncio.create_task(stream.flow())
        await until(lambda: len(balancer.taken) == WORKERS)
        done = await torment(workers, sessions, chance)
        flowing.cancel()
        await until(lambda: len(world.bot.queue) == 0)
        await until(lambda: idle(sessions))
        assert done.total() == FAULTS
        assert [w.alive.poll() for w in workers] == [None] * WORKERS, [
            w.last_words() for w in workers if w.alive.poll() is not None
        ]
        for worker in workers:
            await worker.end()
    await as_one_would_have_left_it(stream, sessions)


async def as_one_would_have_left_it(stream: Stream, sessions: Sessions) -> None:
    """Each word has its fact once; each answer was shown in order, twice only if it was in hand."""
    words = [word for sent in stream.sent.values() for word in sent]
    assert Counter(await facts(sessions)) == Counter(words)
    again = await repeated(sessions)
    for who, sent in stream.sent.items():
        told = stream.told(who)
        assert list(dict.fromkeys(told)) == sent
        last = {m["text"]: m["message_id"] for m in stream.world.person(who).messages}
        allowed = {
            m["text"]: again[who, m["message_id"]]
            for m in stream.world.person(who).messages
            if (who, m["message_id"]) in again
        }
        assert set(allowed) == set(sent) <= set(last)
        assert {w: n - 1 for w, n in Counter(told).items() if n - 1 > allowed[w]} == {}
    assert await neither_sent_nor_pointless(sessions) == []


async def neither_sent_nor_pointless(sessions: Sessions) -> list[Any]:
    """List what did not leave. A tap that was answered twice is answered: Telegram says so."""
    async with transaction(sessions) as session:
        rows = await session.execute(
            text(
                "SELECT method, state, repeats, reason FROM outbox WHERE state <> 'sent' "
                "AND NOT (method = 'answerCallbackQuery' AND state = 'gone' AND repeats > 0)"
            )
        )
        return [tuple(row) for row in rows]
