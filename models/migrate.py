"""Bringing a database to the present schema, and asking whether it is there."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import Connection, column, func, inspect, select, table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from models.database import Engine, code_of

if TYPE_CHECKING:  # loaded where there is something to migrate: most starts find nothing
    from alembic.config import Config

log = structlog.get_logger(__name__)

ROOT = Path(__file__).parent.parent
INI = ROOT / "alembic.ini"
VERSIONS = ROOT / "migrations" / "versions"

MIGRATING = -(2**61)
"""The lock that is held meanwhile: far from chats, which turns lock under their own numbers."""


DEADLOCK = "40P01"
YIELDS = {DEADLOCK, "55P03"}
"""What PostgreSQL says to a migration that would wait for others, or they for it: a deadlock, a
lock not had in time (PostgreSQL, appendix A)."""

LOCK_TIMEOUT = "2s"
"""How long a migration waits for a table: whoever comes after it waits behind it."""

MOST_TRIES = 30
REST_SECONDS = 0.5
"""How long work goes on undisturbed before the next try."""

APPLIED = table("alembic_version", column("version_num"))
"""Where Alembic keeps the revision that a database has reached."""


def alembic_config(connection: Connection | None = None) -> "Config":
    """Return Alembic's configuration, bound to an open connection where one is given."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config(INI)
    config.attributes["connection"] = connection
    return config


async def migrate(engine: Engine, revision: str = "head") -> None:
    """Upgrade to a revision, in one transaction; processes that start together take turns.

    A database of a later version is left as it is: an older process can be started beside it.
    """
    if revision == "head" and await is_current(engine):
        return
    from alembic import command  # noqa: PLC0415 - see above

    async def upgrade(connection: AsyncConnection) -> None:
        if connection.dialect.name == "postgresql":  # SQLite's transaction is the only writer
            await connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
        if await connection.run_sync(_is_newer):
            log.warning("the database is of a newer version; it stays as it is")
            return
        await yielding(connection)
        await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), revision))

    await beside_others(engine, upgrade)


async def beside_others(engine: Engine, work: Callable[[AsyncConnection], Awaitable[None]]) -> None:
    """Change a schema, in one transaction, while older processes are at work in it.

    Where a table is not had, all is rolled back and tried again a little later, so that nobody
    waits long behind it; what the database says at the last try is raised. After a deadlock the
    next try comes ahead of all turns.
    """
    crossed = False
    for left in reversed(range(MOST_TRIES)):
        try:
            async with engine.begin() as connection:
                if crossed:
                    await _ahead_of_turns(connection)
                await work(connection)
        except DBAPIError as error:
            if code_of(error) not in YIELDS or not left:
                raise
            crossed = crossed or code_of(error) == DEADLOCK
            log.warning("the schema is in use, its change is tried again", error=code_of(error))
            await asyncio.sleep(REST_SECONDS)
        else:
            return


async def _ahead_of_turns(connection: AsyncConnection) -> None:
    """Have every turn wait until the change is made. Each begins with this table: whoever has it
    finds no turn in the middle of others, holding one and waiting for another."""
    await yielding(connection)
    if await connection.scalar(select(func.to_regclass("handled_updates"))) is not None:
        await connection.execute(text("LOCK TABLE handled_updates IN ACCESS EXCLUSIVE MODE"))


async def yielding(connection: AsyncConnection) -> None:
    """Let the rest of a transaction give up, and not wait for long, where a table is in use."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))


def _is_newer(connection: Connection) -> bool:
    """Tell a schema that this code does not know: a later version made it (docs/upgrading.md)."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - see above

    found = _reached(connection)
    known = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    return found is not None and found not in {script.revision for script in known}


async def is_current(engine: Engine) -> bool:
    """Return whether the schema is the one this code expects."""
    async with engine.connect() as connection:
        return await connection.run_sync(_reached) == newest()


async def is_usable(engine: Engine) -> bool:
    """Return whether the schema is the one this code expects, or a later one.

    A migration only adds, so a process works on while a later version has migrated already.
    """
    async with engine.connect() as connection:
        reached = await connection.run_sync(_reached)
    return reached is not None and reached >= newest()


def newest() -> str:
    """Return the last revision of this code: each file of a migration begins with its own."""
    return max(VERSIONS.glob("[0-9]*.py")).name.partition("_")[0]


def known() -> frozenset[str]:
    """Return every revision that this code can bring to the present one."""
    return frozenset(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py"))


def _reached(connection: Connection) -> str | None:
    """Return the revision of a database; None where there is none yet."""
    if not inspect(connection).has_table(APPLIED.name):
        return None
    return connection.scalar(select(APPLIED.c.version_num))
