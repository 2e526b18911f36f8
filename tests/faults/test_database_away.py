"""A PostgreSQL that is gone, restarted or can only be read, while people go on writing."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import text

from bot.doctor import Health
from bot.serve import run
from models.database import Engine, Sessions, open_engine, open_sessions
from models.vault import Vault
from sandbox.world import World
from tests.bot.street import A, B, open_to
from tests.crash.between import Line
from tests.faults.conftest import Tally, Trying
from tests.faults.server import Server, own_server
from tests.profile import length
from tests.waiting import until

POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
AWAY_SECONDS = length(2, 60)
"""A minute in a soak."""


@pytest.mark.timeout(300)
@POSTGRESQL
async def test_a_line_that_goes_silent(
    trial: Trying, database_url: str, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a firewall between forgets connections: nothing comes back, nothing is refused."""
    monkeypatch.setattr("bot.app.COMMAND_SECONDS", 0.5)
    line = Line(database_url)
    await line.open()
    async with trial(line.url, sessions) as tried:
        tried.write("before")
        await tried.answered()
        line.silence()
        tried.over()
        tried.write("w1", "w2", "w3")
        tried.write("w4", "w5", who=B)
        await until(lambda: [x for x in tried.lines if x.get("error") == "TimeoutError"])
        tried.write("after")
        await tried.recovers()
        assert (await tried.ready())["database"] == "ok"
        assert await tried.tally() == Tally(written=7)
    await line.close()


@pytest.fixture
def server(memory: Path) -> Iterator[Server]:
    with own_server(memory) as server:
        yield server


@pytest.mark.timeout(300)
@POSTGRESQL
async def test_a_database_that_is_gone_for_a_minute(
    trial: Trying, database_url: str, sessions: Sessions
) -> None:
    line = Line(database_url)
    await line.open()
    async with trial(line.url, sessions) as tried:
        tried.write("before")
        await tried.answered()
        line.cut()
        tried.write("w1", "w2", "w3")
        tried.write("w4", "w5", who=B)
        await until(lambda: len(tried.logged("database unavailable")) >= 2)
        await until(lambda: tried.logged("outbox unavailable"))
        assert (await tried.ready())["database"] == "does not answer"
        found = (await tried.doctor())["database"]
        assert found.health is Health.BAD
        assert "cannot be reached" in found.told
        await asyncio.sleep(AWAY_SECONDS)
        assert await tried.street.facts() == ["before"]
        line.mend()
        tried.over()
        tried.write("after")
        await tried.recovers()
        assert (await tried.ready())["database"] == "ok"
        assert await tried.tally() == Tally(written=7)
    await line.close()


@POSTGRESQL
async def test_a_database_that_is_gone_for_longer_than_telegram_keeps_what_people_send(
    trial: Trying, database_url: str, sessions: Sessions
) -> None:
    """While one update waits for it, nobody asks Telegram for the others."""
    line = Line(database_url)
    await line.open()
    async with trial(line.url, sessions) as tried:
        tried.write("before")
        await tried.answered()
        line.cut()
        tried.write("in hand")
        await until(lambda: tried.logged("database unavailable"))
        tried.write("lost", who=B)
        tried.street.world.advance(30 * 3600)
        line.mend()
        tried.over()
        tried.write("after")
        await tried.answered("before", "in hand", "after")
        (said,) = tried.logged("updates may be lost")
        assert said["since"] < said["until"]
        assert await tried.tally() == Tally(written=4, lost=1)
    await line.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("mode", ["fast", "immediate"])
async def test_a_server_that_is_restarted(
    trial: Trying, server: Server, vault: Vault, mode: str
) -> None:
    engine = open_engine(server.url)
    async with trial(server.url, open_sessions(engine, vault)) as tried:
        for restarts in range(3):
            words = [f"{restarts} {number}" for number in range(20)]
            tried.write(*words[:10])
            tried.write(*words[10:15], who=B)
            await asyncio.to_thread(server.stop, mode)
            tried.write(*words[15:])
            seen = len(tried.logged("database unavailable"))
            await until(lambda seen=seen: len(tried.logged("database unavailable")) > seen)
            assert (await tried.ready())["database"] == "does not answer"
            assert (await tried.doctor())["database"].health is Health.BAD
            await asyncio.to_thread(server.start)
            tried.over()
            await tried.recovers()
        assert (await tried.ready())["database"] == "ok"
        assert await tried.tally() == Tally(written=60)
    await engine.dispose()


@pytest.mark.timeout(300)
async def test_a_start_before_the_database(server: Server, url: str, world: World) -> None:
    """As after a power cut, when the bot is up first: it waits, and takes what has come."""
    settings = open_to({"telegram_api_url": url, "database_url": server.url})
    server.stop("fast")
    world.person(A).send_text("/start")
    stopping = asyncio.Event()
    with structlog.testing.capture_logs() as lines:
        running = asyncio.create_task(run(settings, stopping))
        await until(lambda: running.done() or len(_awaited(lines)) >= 2)
        assert f"127.0.0.1:{server.port} cannot be reached" in _awaited(lines)[-1]["told"]
        await asyncio.to_thread(server.start)
        await until(lambda: running.done() or len(world.person(A).messages) >= 2)
        stopping.set()
        await running
    assert [m["from"]["is_bot"] for m in world.person(A).messages[:2]] == [False, True]


async def test_a_start_that_waits_can_be_stopped() -> None:
    settings = open_to({"database_url": "postgresql://postgres@127.0.0.1:1/linli"})
    stopping = asyncio.Event()
    with structlog.testing.capture_logs() as lines:
        running = asyncio.create_task(run(settings, stopping))
        await until(lambda: running.done() or _awaited(lines))
        stopping.set()
        await running


def _awaited(lines: list[Any]) -> list[Any]:
    return [line for line in lines if line["event"] == "the database is awaited"]


@pytest.mark.timeout(300)
async def test_a_server_that_can_only_be_read(trial: Trying, server: Server, vault: Vault) -> None:
    """As after a failover, when the one we are connected to has become the standby."""
    engine = open_engine(server.url)
    async with trial(server.url, open_sessions(engine, vault)) as tried:
        tried.write("before")
        await tried.answered()
        await _alter(engine, "default_transaction_read_only = on")
        tried.write("w1", "w2")
        await until(lambda: len(_read_only(tried.lines)) >= 3)
        assert (await tried.ready())["database"] == "takes nothing (25006)"
        await _alter(engine, "default_transaction_read_only = off")
        tried.over()
        tried.write("after")
        await tried.recovers()
        assert (await tried.ready())["database"] == "ok"
        assert await tried.tally() == Tally(written=4)
    await engine.dispose()


def _read_only(lines: list[Any]) -> list[Any]:
    return [line for line in lines if line.get("error") == "25006"]


async def _alter(engine: Engine, setting: str) -> None:
    """Change what the server is like for everybody, from a connection of our own."""
    async with engine.connect() as connection:
        await connection.execute(text("SET default_transaction_read_only = off"))
        await connection.commit()
        await connection.execute(text(f"ALTER DATABASE postgres SET {setting}"))
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        await connection.commit()
    await engine.dispose()
