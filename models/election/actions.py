"""Standing for a seat, keeping it, and proving in a transaction that it is still held."""

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import (
    ColumnElement,
    DateTime,
    String,
    Update,
    and_,
    column,
    exists,
    func,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection

from models.database import Engine, Session, UnavailableError
from models.election.rules import (
    ANSWER_SECONDS,
    GONE_SECONDS,
    LEASE_SECONDS,
    RENEW_SECONDS,
    LeaseRole,
)
from models.election.tables import LeaseRow

log = structlog.get_logger(__name__)

ALONE = 1
"""The term of whoever has no rivals."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When a seat was renewed that its holder has left."""

AWAY = (DBAPIError, PoolTimeoutError, UnavailableError, OSError)

_clock = func.clock_timestamp(type_=DateTime(timezone=True))
_name = func.current_setting("application_name", type_=String)
_connections = table("pg_stat_activity", column("application_name", String))


class Election:
    """One candidate for a seat of a bot; `bot_id` is the number that begins its token.

    On PostgreSQL any number of processes may stand. SQLite's one process (`models.sole`) is
    elected without a statement.
    """

    def __init__(self, engine: Engine, bot_id: int, role: LeaseRole) -> None:
        self._engine = engine
        self._bot_id = bot_id
        self._role = role
        self._contested = engine.dialect.name == "postgresql"
        self._term: int | None = None
        self._sure_until = 0.0

    @property
    def contested(self) -> bool:
        """Return whether other processes may stand for the seat."""
        return self._contested

    @property
    def holds(self) -> bool:
        """Return whether the seat was this candidate's when it last asked."""
        return self._term is not None

    async def won(self) -> int | None:
        """Return the term in which this candidate holds the seat now, None if it does not.

        It stands where nobody holds it, and renews once a second: for so long it takes its word
        for it, and what it does as the holder needs `still` besides.
        """
        if not self._contested:
            return ALONE
        if self._term is not None and time.monotonic() < self._sure_until:
            return self._term
        before = self._term
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                self._term = await self._ask()
        except AWAY:
            return None  # held or not: without a database there is nothing to do
        if self._term is not None:
            self._sure_until = time.monotonic() + RENEW_SECONDS
        if self._term != before:
            told = {"role": self._role.value, "term": self._term or before}
            log.info("elected" if self._term else "another one holds the seat", **told)
        return self._term

    async def still(self, session: Session, term: int) -> bool:
        """Return whether a term goes on, and hold it until the session's transaction has ended."""
        if not self._contested:
            return True
        held = select(LeaseRow.term).where(self._mine(), LeaseRow.term == term)
        return await session.scalar(held.with_for_update(read=True)) is not None

    async def resign(self) -> None:
        """Leave the seat to another, at once; one that cannot be left now ends by itself."""
        term, self._term, self._sure_until = self._term, None, 0.0
        if term is None:
            return
        with suppress(*AWAY):
            async with asyncio.timeout(ANSWER_SECONDS), self._engine.begin() as connection:
                await connection.execute(self._write(term).values(renewed_at=LONG_AGO))

    async def _ask(self) -> int | None:
        async with self._engine.begin() as connection:
            if self._term is not None:
                renewal = self._write(self._term).values(renewed_at=_clock, holder=_name)
                return await connection.scalar(renewal.returning(LeaseRow.term))
            return await self._stand(connection)

    async def _stand(self, connection: AsyncConnection) -> int | None:
        """Take the seat over if it is overdue, or for the first time."""
        overdue = (
            select(LeaseRow.term)
            .where(self._mine(), _is_overdue())
            .with_for_update(skip_locked=True)  # held this moment: by a rival, or by who is hung up
            .scalar_subquery()
        )
        taking = (
            update(LeaseRow)
            .where(self._mine(), LeaseRow.term == overdue)
            .values(term=LeaseRow.term + 1, renewed_at=_clock, holder=_name)
            .returning(LeaseRow.term)
            .execution_options(synchronize_session=False)
        )
        first = (
            postgresql.insert(LeaseRow)
            .values(bot_id=self._bot_id, role=self._role, term=1, renewed_at=_clock, holder=_name)
            .on_conflict_do_nothing()
            .returning(LeaseRow.term)
        )
        return await connection.scalar(taking) or await connection.scalar(first)

    def _write(self, term: int) -> Update:
        return update(LeaseRow).where(self._mine(), LeaseRow.term == term)

    def _mine(self) -> ColumnElement[bool]:
        return and_(LeaseRow.bot_id == self._bot_id, LeaseRow.role == self._role)


def _is_overdue() -> ColumnElement[bool]:
    """Tell a seat whose holder is silent for too long, or silent and without a connection.

    One renewed in the future was so before the clock was put back: nobody knows how long ago.
    """
    lease, gone = timedelta(seconds=LEASE_SECONDS), timedelta(seconds=GONE_SECONDS)
    connected = exists().where(_connections.c.application_name == LeaseRow.holder)
    return or_(
        LeaseRow.renewed_at < _clock - lease,
        LeaseRow.renewed_at > _clock + lease,
        and_(LeaseRow.renewed_at < _clock - gone, ~connected),
    )
