"""Electing the one sender of a token.

PostgreSQL: a lock that lives exactly as long as its holder's connection, so a sender that dies is
followed at once. SQLite: one process owns the file, and is elected by that.
"""

import time

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection

from models.database import Engine

LOCKS = -(2**62)
"""Where the keys of senders begin: far from chats, which turns lock under their own numbers."""

SURE_SECONDS = 1.0
"""How long an election is taken for granted before the connection is asked whether it lives."""


class Election:
    """One candidate; `bot_id` is the number that begins the token."""

    def __init__(self, engine: Engine, bot_id: int) -> None:
        self._engine = engine
        self._key = LOCKS + bot_id
        self._seat: AsyncConnection | None = None
        self._sure_until = 0.0

    async def won(self) -> bool:
        """Tell whether this candidate is the sender now; it stands where nobody is."""
        if self._engine.dialect.name != "postgresql" or time.monotonic() < self._sure_until:
            return True
        try:
            elected = await (self._stand() if self._seat is None else self._still(self._seat))
        except (DBAPIError, PoolTimeoutError, OSError):
            elected = False
        if elected:
            self._sure_until = time.monotonic() + SURE_SECONDS
        else:
            await self.resign()
        return elected

    async def resign(self) -> None:
        """Leave the seat to another."""
        seat, self._seat, self._sure_until = self._seat, None, 0.0
        if seat is not None:
            await seat.invalidate()  # the lock must not go back to the pool with the connection
            await seat.close()

    async def _stand(self) -> bool:
        connection = await self._engine.connect()
        self._seat = await connection.execution_options(isolation_level="AUTOCOMMIT")
        return bool(await self._seat.scalar(select(func.pg_try_advisory_lock(self._key))))

    async def _still(self, seat: AsyncConnection) -> bool:
        return await seat.scalar(select(1)) == 1
