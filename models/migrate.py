"""Bringing a database to the present schema, and asking whether it is there."""

from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from models.database import Engine

log = structlog.get_logger(__name__)

INI = Path(__file__).parent.parent / "alembic.ini"

MIGRATING = -(2**61)
"""The lock that is held meanwhile: far from chats, which turns lock under their own numbers."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Give Alembic's configuration, bound to an open connection where one is given."""
    config = Config(INI)
    config.attributes["connection"] = connection
    return config


async def migrate(engine: Engine, revision: str = "head") -> None:
    """Upgrade to a revision, in one transaction; processes that start together take turns.

    A database of a later version is left as it is: an older process can be started beside it.
    """
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's transaction is the only writer
            await connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
        if await connection.run_sync(_is_newer):
            log.warning("the database is of a newer version; it stays as it is")
            return
        await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), revision))


def _is_newer(connection: Connection) -> bool:
    """Tell a schema that this code does not know: a later version made it (docs/upgrading.md)."""
    found = MigrationContext.configure(connection).get_current_revision()
    known = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    return found is not None and found not in {script.revision for script in known}


async def is_current(engine: Engine) -> bool:
    """Tell whether the schema is the one this code expects."""
    async with engine.connect() as connection:
        found = await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )
    return found == ScriptDirectory.from_config(alembic_config()).get_current_head()
