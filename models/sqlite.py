"""SQLite on the event loop's own thread, behind SQLAlchemy's asynchronous interface.

A statement takes tens of microseconds; to hand it to another thread and wait for the answer takes
four times that (measured). Two things can take long, and neither holds the loop up: COMMIT waits
for the disk, and BEGIN for a writer of another process. A disk that turns out slow gets its
commits from a thread until it is quick again; a file that is locked is asked for again and again
while the loop goes on.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable
from typing import Any

from sqlalchemy import URL
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import ConnectArgsType, ExecutionContext
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool, PoolProxiedConnection, StaticPool
from sqlalchemy.util import await_only

NAME = "direct"
registry.register(f"sqlite.{NAME}", __name__, "DirectDialect")

SLOW_SECONDS = 0.02
"""A commit that takes longer goes to a thread the next time. A thread costs 0.1 to 1 ms a commit,
and other turns wait for the one connection as before; what is gained is that polling, sending and
the page go on meanwhile. On a good disk a commit takes 0.2 ms, on a busy one 2 to 5 (measured)."""

QUICK_COMMITS = 20
"""After so many quick commits in a row the disk counts as quick again."""

LOCKED_WAIT_SECONDS = 15.0
"""How long a writer of another process may hold the file before ours gives up."""

LOCKED_LOOKS_SECONDS = 0.001, 0.02
"""The first and the longest wait between two looks whether the file is free; each doubles."""

STATEMENTS_KEPT = 512
"""Prepared statements that the driver keeps: about as many as this application has."""


class Cursor(sqlite3.Cursor):
    """A cursor as SQLAlchemy's asynchronous results want it."""

    async def _async_soft_close(self) -> None:
        """Let go of a connection before its rows are read: here they are read in place."""


class Connection(sqlite3.Connection):
    """A connection whose cursors are ours."""

    def cursor(self, factory: Any = Cursor) -> Any:
        """Open a cursor."""
        return super().cursor(factory)


class DirectDialect(SQLiteDialect_pysqlite):
    """Python's own `sqlite3`, called in place; every transaction begins as a writer."""

    driver = NAME
    is_async = True
    supports_statement_cache = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._quick_commits = QUICK_COMMITS
        """Quick commits in a row; fewer than QUICK_COMMITS since the last slow one: it is slow."""

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """Queue for connections to a file; one in memory is the one there is."""
        return AsyncAdaptedQueuePool if cls._is_url_file_db(url) else StaticPool

    def create_connect_args(self, url: URL) -> ConnectArgsType:
        """Let a thread commit, begin explicitly, and never wait for a lock inside SQLite."""
        arguments, options = super().create_connect_args(url)
        options.update(
            check_same_thread=False,
            factory=Connection,
            isolation_level=None,
            timeout=0,
            cached_statements=STATEMENTS_KEPT,
        )
        return arguments, options

    def do_execute(
        self, cursor: Any, statement: str, parameters: Any, context: ExecutionContext | None = None
    ) -> None:
        """Execute in place; awaits nothing, as SQLAlchemy asks of whoever is asynchronous."""
        cursor.execute(statement, parameters)
        await_only(_nothing())

    def do_executemany(
        self, cursor: Any, statement: str, parameters: Any, context: ExecutionContext | None = None
    ) -> None:
        """Execute in place for each of many."""
        cursor.executemany(statement, parameters)
        await_only(_nothing())

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Begin as a writer, so that a transaction never fails half-way for the lock."""
        connection = _sqlite3(dbapi_connection)
        give_up_at = time.monotonic() + LOCKED_WAIT_SECONDS
        wait, longest = LOCKED_LOOKS_SECONDS
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not _is_locked(error) or time.monotonic() > give_up_at:
                    raise
                await_only(asyncio.sleep(wait))
                wait = min(2 * wait, longest)
            else:
                return

    def do_commit(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Commit in place, or from a thread where the disk is slow."""
        connection = _sqlite3(dbapi_connection)
        if self._quick_commits >= QUICK_COMMITS:
            seconds = _timed_commit(connection)
        else:
            seconds = await_only(_to_its_end(asyncio.to_thread(_timed_commit, connection)))
        if seconds > SLOW_SECONDS:
            self._quick_commits = 0
        elif self._quick_commits < QUICK_COMMITS:
            self._quick_commits += 1


async def _nothing() -> None:
    """Take no time: the loop does not turn."""


def _sqlite3(dbapi_connection: PoolProxiedConnection) -> sqlite3.Connection:
    connection: Any = dbapi_connection.dbapi_connection
    assert isinstance(connection, sqlite3.Connection)  # noqa: S101 - the pool holds nothing else
    return connection


def _timed_commit(connection: sqlite3.Connection) -> float:
    began = time.monotonic()
    connection.commit()
    return time.monotonic() - began


async def _to_its_end(work: Awaitable[float]) -> float:
    """Wait for a thread even if cancelled: the connection is nobody else's before it has ended."""
    running = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait({running})
        raise


def _is_locked(error: sqlite3.OperationalError) -> bool:
    return str(error.sqlite_errorname).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
