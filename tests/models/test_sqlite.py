"""SQLite on the loop's own thread: what can take long holds up nobody else."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from models import sqlite
from models.database import Engine, Sessions, UnavailableError, transaction
from models.sqlite import QUICK_COMMITS, DirectDialect

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def committers(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """List the thread of every commit from now on."""
    threads: list[threading.Thread] = []
    commit = sqlite._timed_commit

    def noted(connection: sqlite3.Connection) -> float:
        threads.append(threading.current_thread())
        return commit(connection)

    monkeypatch.setattr(sqlite, "_timed_commit", noted)
    return threads


class Disk:
    """A disk that is as slow as told, by the clock that the dialect reads."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.now = 0.0

    def monotonic(self) -> float:
        self.now += self.seconds
        return self.now


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    disk = Disk()
    monkeypatch.setattr(sqlite, "time", disk)
    return disk


async def commit(sessions: Sessions, times: int = 1) -> None:
    for _ in range(times):
        async with transaction(sessions) as session:
            await session.execute(text("SELECT 1"))


def on_loop(threads: list[threading.Thread]) -> list[bool]:
    return [thread is threading.main_thread() for thread in threads]


async def test_a_slow_disk_holds_the_loop_up_once(
    sessions: Sessions, disk: Disk, committers: list[threading.Thread]
) -> None:
    await commit(sessions, 2)
    disk.seconds = 10 * sqlite.SLOW_SECONDS
    await commit(sessions, 3)
    disk.seconds = 0.0
    await commit(sessions, QUICK_COMMITS + 1)
    assert on_loop(committers) == [True, True, True, *[False] * (2 + QUICK_COMMITS), True]


async def test_others_go_on_while_a_slow_commit_lasts(
    sessions: Sessions, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.seconds = 1.0
    await commit(sessions)
    may_end = threading.Event()

    def held(connection: sqlite3.Connection) -> float:
        assert may_end.wait(60)
        connection.commit()
        return 1.0

    monkeypatch.setattr(sqlite, "_timed_commit", held)
    committing = asyncio.create_task(commit(sessions))
    for _ in range(50):
        await asyncio.sleep(0)  # the loop turns: else this would never come to an end
    assert not committing.done()
    may_end.set()
    await committing


async def test_whoever_is_cancelled_in_a_slow_commit_leaves_once_it_has_ended(
    sessions: Sessions, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.seconds = 1.0
    await commit(sessions)
    begun, may_end = threading.Event(), threading.Event()

    def held(connection: sqlite3.Connection) -> float:
        begun.set()
        assert may_end.wait(60)
        connection.commit()
        return 1.0

    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "_timed_commit", held)
        committing = asyncio.create_task(commit(sessions))
        await asyncio.to_thread(begun.wait)
        committing.cancel()
        for _ in range(10):
            await asyncio.sleep(0)
        assert not committing.done()
        may_end.set()
        with pytest.raises(asyncio.CancelledError):
            await committing
    await commit(sessions)


@pytest.fixture
def holder(database_url: str) -> Iterator[sqlite3.Connection]:
    """Another process's connection, which holds the file."""
    connection = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


async def test_a_file_that_another_holds_is_waited_for_while_the_loop_goes_on(
    sessions: Sessions, holder: sqlite3.Connection
) -> None:
    waiting = asyncio.create_task(commit(sessions))
    for _ in range(50):
        await asyncio.sleep(0)
    assert not waiting.done()
    holder.execute("ROLLBACK")
    await waiting


async def test_it_is_not_waited_for_for_ever(
    sessions: Sessions, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LOCKED_WAIT_SECONDS", 0.0)
    with pytest.raises(UnavailableError):
        await commit(sessions)


async def test_the_dialect_is_ours_and_keeps_its_promises(engine: Engine) -> None:
    assert isinstance(engine.dialect, DirectDialect)
    async with engine.connect() as connection:
        for pragma, value in {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": 0,
        }.items():
            assert await connection.scalar(text(f"PRAGMA {pragma}")) == value
