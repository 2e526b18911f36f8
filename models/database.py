"""Opening the database: one URL, two engines of the same schema and the same promises."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import Any, cast

from sqlalchemy import BigInteger, CursorResult, Executable, Row, bindparam, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    AsyncSessionTransaction,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import Session as SyncSession
from sqlalchemy.pool import ConnectionPoolEntry

from models.base import Base, table_of
from models.sqlite import NAME as DIRECT
from models.vault import Vault

Engine = AsyncEngine
Session = AsyncSession
Savepoint = AsyncSessionTransaction
Sessions = async_sessionmaker[AsyncSession]

AWAY_SQLITE = ("BUSY", "LOCKED", "FULL", "IOERR", "CANTOPEN", "PROTOCOL", "READONLY", "NOMEM")
"""SQLite's result codes for a file that is locked, full or not there (sqlite.org/rescode.html)."""

AWAY_POSTGRESQL = ("08", "25006", "40", "53", "55P03", "57P", "58")
"""SQLSTATE beginnings for a connection lost, a server that can only be read, a deadlock, no
resources, a lock not had, a shutdown, a disk or file that fails (PostgreSQL, appendix A)."""

AT_A_LOSS = frozenset({"InternalClientError", "InterfaceError"})
"""What asyncpg raises beside the DBAPI where a connection ends while it is being opened."""

DRIVERS = {
    "sqlite": f"sqlite+{DIRECT}",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}

CONNECTIONS = 20
"""How many connections to PostgreSQL one process holds at the most: four such processes fit into
its default of 100."""

CONNECT_SECONDS = 15
"""How long a server may take to let us in: one that does not answer is away."""

COMMAND_SECONDS = 30
"""How long one statement of a bot that runs may go without an answer: ours take milliseconds, and a
peer that has vanished without a word would else hold its turn for good."""

IDLE_SECONDS = 15
"""How long a transaction may wait for its process. Ours compute for milliseconds in one."""

NAME_LENGTH = 63
"""PostgreSQL keeps so much of an `application_name` (NAMEDATALEN)."""


def async_url(url: str) -> str:
    """Name the driver we use: `sqlite` -> ours, `postgresql`/`postgres` -> asyncpg."""
    scheme, _, rest = url.partition("://")
    return f"{DRIVERS.get(scheme, scheme)}://{rest}"


def open_engine(
    url: str, connections: int = CONNECTIONS, command_seconds: float | None = None
) -> AsyncEngine:
    """Open an engine; nothing is connected yet.

    PostgreSQL gets up to `connections`, half of which are kept open; all carry the name of this
    engine, which no other has, by which others see that its process lives. It ends a transaction
    in which nothing happens for IDLE_SECONDS: a process that hangs must not hold up all others.
    Where `command_seconds` bounds a statement, one that is not answered by then raises
    UnavailableError; migrations, which may take their time, do without.
    SQLite gets one connection: its writers are serial anyway, and one connection commits more
    than twice as fast as fifteen (measured: 1,135 a second against 480). WAL, synchronous FULL,
    foreign keys on; where it runs is said in `models.sqlite`.
    Parameters never show in errors: they are what people wrote.
    """
    url = async_url(url)
    if not url.startswith("sqlite"):
        kept = max(1, connections // 2)
        engine = create_async_engine(
            url,
            pool_size=kept,
            max_overflow=connections - kept,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={
                "server_settings": _server_settings(),
                "timeout": CONNECT_SECONDS,
                "command_timeout": command_seconds,
            },
        )
        event.listen(engine.sync_engine, "handle_error", _silent)
        return engine
    database = make_url(url).database
    if database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        url, pool_size=1, max_overflow=0, pool_timeout=60, hide_parameters=True
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    return engine


def _silent(context: ExceptionContext) -> Exception | None:
    """Tell a statement that was not answered in time from any other timeout; it is asked no more.

    asyncpg raises what asyncio does, which SQLAlchemy passes on as it is.
    """
    error = context.original_exception
    if not isinstance(error, TimeoutError):
        return None
    if context.connection is not None:
        context.connection.invalidate(error)
    away = UnavailableError("no answer")
    away.__cause__ = error
    return away


def _server_settings() -> dict[str, str]:
    host = "".join(c for c in socket.gethostname() if c.isascii() and c.isprintable())
    name = f"linli {token_hex(4)} {os.getpid()} {host}"
    return {
        "application_name": name[:NAME_LENGTH].rstrip(),
        "idle_in_transaction_session_timeout": str(IDLE_SECONDS * 1000),
    }


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def open_sessions(engine: AsyncEngine, vault: Vault, **carried: object) -> Sessions:
    """Make the factory of sessions; each carries the vault for personal fields.

    `carried` is what else the house sets once for all its acts, by name: the `policy` of help.
    """
    return async_sessionmaker(engine, expire_on_commit=False, info={"vault": vault, **carried})


def vault_of(session: Session) -> Vault:
    """Return the vault that the session was opened with."""
    vault = session.info["vault"]
    assert isinstance(vault, Vault)  # noqa: S101 - narrows what `info` cannot say
    return vault


class UnavailableError(Exception):
    """The database cannot be reached, or lets nobody in."""


@asynccontextmanager
async def transaction(sessions: Sessions) -> AsyncIterator[Session]:
    """Open a session in one transaction: committed at the end, rolled back on any exception.

    UnavailableError when the transaction cannot even begin.
    """
    session = sessions()
    try:
        await _begin(session)
        yield session
        await session.commit()  # which gives the connection back; nothing else is to be closed
    except BaseException:
        await asyncio.shield(asyncio.ensure_future(session.close()))
        raise


async def _begin(session: Session) -> None:
    try:
        await session.run_sync(SyncSession.connection)
    except (DBAPIError, PoolTimeoutError, OSError) as error:
        raise UnavailableError(type(error).__name__) from error


def is_unavailable(error: BaseException) -> bool:
    """Tell a database that is away for now from work that is wrong in itself.

    The first can be tried again as it is; the second would fail for ever. A missing file or a
    timeout of somebody else's is not the database's: only what its drivers say counts.
    """
    if isinstance(error, UnavailableError) or _is_driver_at_a_loss(error):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    code = code_of(error)
    return code.removeprefix("SQLITE_").startswith(AWAY_SQLITE) or code.startswith(AWAY_POSTGRESQL)


def code_of(error: BaseException) -> str:
    """Return what a database says is wrong, in its own short code: SQLITE_FULL, or 57P01.

    Where it said nothing, as when it cannot be reached, the name of what was raised.
    """
    if isinstance(error, UnavailableError) and error.__cause__ is not None:
        error = error.__cause__
    said = error.orig if isinstance(error, DBAPIError) else error
    found = getattr(said, "sqlite_errorname", None) or getattr(said, "sqlstate", None)
    return str(found or type(error).__name__)


def _is_driver_at_a_loss(error: BaseException) -> bool:
    """Tell what asyncpg raises on a connection that the server is ending this very moment.

    It is no error of the DBAPI, so SQLAlchemy passes it on as it is. Known by name: asyncpg is not
    loaded where SQLite serves.
    """
    kind = type(error)
    if not kind.__module__.startswith("asyncpg."):
        return False
    said = str(getattr(error, "sqlstate", None) or "")
    return kind.__name__ in AT_A_LOSS or said.startswith(AWAY_POSTGRESQL)


def is_postgresql(session: Session) -> bool:
    """Return whether the session talks to PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"


_LOCK = select(func.pg_advisory_xact_lock(bindparam("key", type_=BigInteger)))


async def lock_key(session: Session, key: int) -> None:
    """Hold a key until the transaction ends; SQLite's one writer needs no such lock."""
    if is_postgresql(session):
        await session.execute(_LOCK, {"key": key})


def insert_of(table: type[Base], *, on_postgresql: bool) -> postgresql.Insert | sqlite.Insert:
    """Return an insert into a table as one of the two databases has it, below the ORM."""
    insert = postgresql.Insert if on_postgresql else sqlite.Insert
    return insert(table_of(table))


@cache
def _inserting_once(table: type[Base], *, on_postgresql: bool) -> Executable:
    return insert_of(table, on_postgresql=on_postgresql).on_conflict_do_nothing()


async def insert_once(session: Session, table: type[Base], values: dict[str, Any]) -> bool:
    """Insert a row; False, and nothing done, where one of its unique keys is taken."""
    statement = _inserting_once(table, on_postgresql=is_postgresql(session))
    return await changed(session, statement, values) > 0


async def _write_pending(session: Session) -> None:
    """Write what is pending; a flush of nothing costs as much as a statement."""
    if session.new or session.dirty or session.deleted:
        await session.flush()


async def selected(
    session: Session, statement: Executable, values: Mapping[str, Any]
) -> Sequence[Row[Any]]:
    """Execute a select that was built once and give its rows; what is pending is written before."""
    await _write_pending(session)
    return (await session.execute(statement, values)).all()


async def changed(session: Session, statement: Executable, values: Mapping[str, Any]) -> int:
    """Execute an insert, update or delete that was built once; give how many rows it changed.

    What the session has pending is written before: it may be what the statement is about.
    """
    await _write_pending(session)
    found = await session.execute(statement, values)
    return cast("CursorResult[Any]", found).rowcount


async def insert_new(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows by one prepared statement; where a unique key is taken a row is left out.

    The rows name the same columns each.
    """
    await session.flush()
    if rows:
        statement = _inserting_once(table, on_postgresql=is_postgresql(session))
        await session.execute(statement, list(rows))
