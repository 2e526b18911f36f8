"""An SQLite file whose disk is full, which another holds, or which can only be read."""

import asyncio
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from bot.doctor import Health, examine
from bot.serve import run
from bot.settings import SettingsError
from models.database import Sessions, open_engine, open_sessions
from models.vault import Vault
from sandbox.world import World
from tests.bot.street import A, B, open_to
from tests.faults.conftest import Tally, Trial, Trying
from tests.waiting import until

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FILLING = "filling"
"""A file that takes all the room there is."""


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.sqlite.LOCKED_WAIT_SECONDS", 0.05)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of its own, of 8 MiB; without the right to mount one there is none to try.

    It is let go of whoever still holds it, else whatever clears folders away would stumble on it.
    """
    folder = mkdtemp(prefix="linli-disk")
    try:
        if not _done(["mount", "-t", "tmpfs", "-o", "size=8m", "linli-test", folder]):
            pytest.skip("nobody but root may mount a disk")
        yield Path(folder)
    finally:
        _done(["umount", "-l", folder])
        shutil.rmtree(folder)


def _done(command: list[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


async def _through(
    tried: Trial, begin: Callable[[], None], end: Callable[[], None], code: str, long: str = ""
) -> None:
    """Let people write before, during and after a fault that the database names so."""
    meanwhile = [f"w{number}{long}" for number in range(12)]
    tried.write("before")
    await tried.answered()
    begin()
    tried.write(*meanwhile[:8])
    tried.write(*meanwhile[8:], who=B)
    await until(lambda: len([x for x in tried.lines if x.get("error") == code]) >= 3)
    assert (await tried.ready())["database"] in {f"takes nothing ({code})", "does not answer"}
    end()
    tried.over()
    tried.write("after")
    await tried.recovers()
    assert (await tried.ready())["database"] == "ok"
    assert await tried.tally() == Tally(written=14)


@SQLITE
async def test_a_file_that_another_process_holds(
    trial: Trying, database_url: str, sessions: Sessions
) -> None:
    holder = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    async with trial(database_url, sessions) as tried:
        told = ""

        def begin() -> None:
            holder.execute("BEGIN IMMEDIATE")

        async def doctor() -> None:
            nonlocal told
            found = (await tried.doctor())["database"]
            assert found.health is Health.BAD
            told = found.told

        begin()
        await doctor()
        holder.execute("ROLLBACK")
        await _through(tried, begin, lambda: _roll_back(holder), "SQLITE_BUSY")
    holder.close()
    assert told.endswith("is locked by another process")


def _roll_back(holder: sqlite3.Connection) -> None:
    holder.execute("ROLLBACK")


@SQLITE
async def test_a_file_that_cannot_grow(
    trial: Trying, database_url: str, sessions: Sessions
) -> None:
    """SQLite's own answer to a full disk, wherever one may not mount one."""
    with _opened_here() as opened:
        async with trial(database_url, sessions) as tried:
            await _through(
                tried,
                lambda: _tell(opened, "max_page_count = 1"),  # it keeps what there is
                lambda: _tell(opened, "max_page_count = 4294967294"),
                "SQLITE_FULL",
                long="x" * 3000,
            )


def _tell(opened: list[sqlite3.Connection], pragma: str) -> None:
    for connection in opened:
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def _opened_here() -> Iterator[list[sqlite3.Connection]]:
    """List the connections that are opened to SQLite inside."""
    opened: list[sqlite3.Connection] = []

    def note(connection: sqlite3.Connection, _record: object) -> None:
        opened.append(connection)

    event.listen(Pool, "connect", note)
    yield opened
    event.remove(Pool, "connect", note)


async def test_a_disk_that_is_full(
    trial: Trying, small_disk: Path, sqlite_template: Path, vault: Vault
) -> None:
    shutil.copy(sqlite_template, small_disk / "linli.sqlite3")
    url = f"sqlite:///{small_disk}/linli.sqlite3"
    engine = open_engine(url)
    async with trial(url, open_sessions(engine, vault)) as tried:
        found = {}

        def begin() -> None:
            _fill(small_disk / FILLING)

        begin()
        found = await tried.doctor()
        (small_disk / FILLING).unlink()
        await _through(tried, begin, (small_disk / FILLING).unlink, "SQLITE_FULL")
        assert found["disk"].health is Health.BAD
        assert found["disk"].told.startswith("0 MiB are left")
    await engine.dispose()


def _fill(path: Path) -> None:
    """Take all the room that a disk has left."""
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            pass


@SQLITE
async def test_a_file_that_can_only_be_read(
    trial: Trying, database_url: str, sessions: Sessions
) -> None:
    """SQLite's own answer to a disk that was made read-only under its hands."""
    with _opened_here() as opened:
        async with trial(database_url, sessions) as tried:
            await _through(
                tried,
                lambda: _tell(opened, "query_only = on"),
                lambda: _tell(opened, "query_only = off"),
                "SQLITE_READONLY",
            )


async def test_a_start_on_a_disk_that_can_only_be_read(
    small_disk: Path, sqlite_template: Path, url: str, world: World
) -> None:
    """It is named, and the next start takes what was written meanwhile."""
    shutil.copy(sqlite_template, small_disk / "linli.sqlite3")
    settings = open_to(
        {"telegram_api_url": url, "database_url": f"sqlite:///{small_disk}/linli.sqlite3"}
    )
    world.person(A).send_text("/start")
    assert _done(["mount", "-o", "remount,ro", str(small_disk)])
    with pytest.raises(SettingsError, match=r"^DATABASE_URL: .*Read-only file system"):
        await run(settings, asyncio.Event())
    found = {found.name: found async for found in examine(settings)}
    assert found["database"].health is Health.BAD
    assert _done(["mount", "-o", "remount,rw", str(small_disk)])
    stopping = asyncio.Event()
    running = asyncio.create_task(run(settings, stopping))
    await until(lambda: running.done() or len(world.person(A).messages) >= 2)
    stopping.set()
    await running
