"""Listening, as the elected sender, to what other processes queue on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from models.database import Engine, UnavailableError
from models.outbox.triggers import CHANNEL

log = structlog.get_logger(__name__)

LOOK_SECONDS = 1.0
"""How often the connection is tried, and whether we are the sender looked at."""

ANSWER_SECONDS = 5.0
"""How long the server may take to answer: a connection that is silent for so long is broken."""


class Wakes:
    """Calls `wake` as soon as another process has committed something that is to leave.

    `is_ours` says whether this process is the sender: only then is a connection held, one of its
    own beside the pool's. What is told while it is broken, or before it is open, nobody hears: the
    sender looks every second by itself.
    """

    def __init__(
        self, engine: Engine, is_ours: Callable[[], bool], wake: Callable[[], None]
    ) -> None:
        self._engine = engine
        self._is_ours = is_ours
        self._wake = wake
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Listen no more."""
        self._stopping.set()

    async def run(self) -> None:
        """Listen until stopped, with another connection whenever one breaks; no-op on SQLite."""
        if self._engine.dialect.name != "postgresql":
            return
        # it is not loaded where SQLite serves, and brings no types
        from asyncpg import (  # type: ignore[import-untyped]  # noqa: PLC0415
            InterfaceError,
            InternalClientError,
            PostgresError,
        )

        driver = (PostgresError, InterfaceError, InternalClientError)
        away = (*driver, DBAPIError, PoolTimeoutError, UnavailableError, OSError)
        while not self._stopping.is_set():
            if self._is_ours():
                try:
                    await self._listen()
                except away as error:
                    log.warning("does not hear of what others queue", error=type(error).__name__)
            await self._rest()

    async def _listen(self) -> None:
        """Listen for as long as this process is the sender; raises where the connection breaks."""
        async with self._own_connection() as connection:
            await connection.add_listener(CHANNEL, lambda *_: self._wake())
            self._wake()  # something may have been queued before
            while self._is_ours() and not self._stopping.is_set():
                await self._rest()
                await connection.fetchval("SELECT 1", timeout=ANSWER_SECONDS)

    @asynccontextmanager
    async def _own_connection(self) -> AsyncIterator[Any]:
        """Open a connection like those of the pool, which is none of them; closed at once."""
        async with self._engine.connect() as pooled:
            connection = (await pooled.get_raw_connection()).driver_connection
            await pooled.run_sync(Connection.detach)
            assert connection is not None  # noqa: S101 - it has just been opened
            try:
                yield connection
            finally:
                connection.terminate()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):
                await self._stopping.wait()
