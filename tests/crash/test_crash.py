"""Killed anywhere, started again: every update has its effect once, every answer leaves."""

import asyncio
import random
import signal
import socket
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.database import Sessions, transaction
from models.outbox.tables import OutboxRow
from models.vault import Vault
from sandbox.people import DEMO_TOKEN
from sandbox.server import serve
from sandbox.world import World
from tests.bot.street import FACTS
from tests.crash import child
from tests.crash.conftest import Zygote
from tests.profile import SEED, length
from tests.waiting import until

PEOPLE = (1001, 1002, 1003)
KILLS = length(1, 4)
"""At each point."""
GAP = 0.04
"""Seconds between two updates of the stream."""

pytestmark = pytest.mark.crash


@dataclass
class Stream:
    """People who keep on writing and tapping, each word once."""

    world: World
    sent: list[str] = field(default_factory=list)

    def go_on(self) -> None:
        number = len(self.sent)
        word = f"w{number}"
        person = self.world.person(PEOPLE[number % len(PEOPLE)])
        if number % 4 == 3:
            person.press(person.messages[0]["message_id"], word)
        else:
            person.send_text(word)
        self.sent.append(word)

    async def flow(self) -> None:
        while True:
            self.go_on()
            await asyncio.sleep(GAP)


def settings(mode: str, api_url: str, database_url: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "bot_token": DEMO_TOKEN,
        "telegram_api_url": api_url,
        "database_url": database_url,
        "encryption_key": Vault.new_key(),
    }
    if mode == "webhook":
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        found |= {
            "webhook_url": f"http://127.0.0.1:{port}",
            "webhook_port": port,
            "webhook_secret": "a-secret",
        }
    return found


async def words_in_hand(sessions: Sessions) -> list[str]:
    """List the answers that may or may not have left when the process ended."""
    async with transaction(sessions) as session:
        rows = await session.scalars(select(OutboxRow).where(OutboxRow.state == "sending"))
        return [(row.payload or {}).get("text", "") for row in rows]


async def facts(sessions: Sessions) -> list[str]:
    async with transaction(sessions) as session:
        return list((await session.scalars(select(FACTS.c.word))).all())


async def idle(sessions: Sessions) -> bool:
    async with transaction(sessions) as session:
        busy = select(OutboxRow.id).where(OutboxRow.state.in_(["queued", "sending"]))
        return await session.scalar(busy) is None


def told(world: World) -> Counter[str]:
    return Counter(
        message["text"]
        for person_id in PEOPLE
        for message in world.person(person_id).messages
        if message["from"]["is_bot"]
    )


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_killed_anywhere(
    bots: Zygote, mode: str, database_url: str, sessions: Sessions, tmp_path: Path
) -> None:
    world = World()
    world.webhook_retry_s = 0.05
    stream, chance, in_hand = Stream(world), random.Random(SEED), Counter[str]()
    async with transaction(sessions) as session:
        connection = await session.connection()
        await connection.run_sync(FACTS.metadata.create_all)
    async with serve(world) as url:
        order = {
            "mode": mode,
            "log": str(tmp_path / "bot.log"),
            "settings": settings(mode, url, database_url),
        }
        for point in child.points(mode) * KILLS:
            flowing = asyncio.create_task(stream.flow())
            times = 1 if point in child.LAST_POINT["polling"] else chance.randint(1, 6)
            await bots.start({**order, "point": point, "times": times})
            assert await bots.ended() == {"signal": signal.SIGKILL, "code": 0}, point
            flowing.cancel()
            in_hand.update(await words_in_hand(sessions))
        await bots.start({**order, "point": None, "times": 0})
        await until(lambda: len(world.bot.queue) == 0)
        await until(lambda: idle(sessions))
        bots.signal(signal.SIGTERM)
        assert (await bots.ended())["code"] == 0
    assert Counter(await facts(sessions)) == Counter(stream.sent)
    shown = told(world)
    assert set(shown) == set(stream.sent)
    assert shown - Counter(stream.sent) <= in_hand
    assert shown.total() >= len(stream.sent) >= len(child.points(mode)) * KILLS
