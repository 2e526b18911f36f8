"""Bringing a database to the present schema, and asking whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from models.database import Engine

INI = Path(__file__).parent.parent / "alembic.ini"

MIGRATING = -(2**61)
"""The lock that is held meanwhile: far from chats, which turns lock under their own numbers."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Give Alembic's configuration, bound to an open connection where one is given."""
    config = Config(INI)
    config.attributes["connection"] = connection
    return config


async def migrate(engine: Engine, revision: str = "head") -> None:
    """Upgrade to a revision, in one transaction; processes that start together take turns."""
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's transaction is the only writer
            await connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
        await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), revision))


async def is_current(engine: Engine) -> bool:
    """Tell whether the schema is the one this code expects."""
    async with engine.connect() as connection:
        found = await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )
    return found == ScriptDirectory.from_config(alembic_config()).get_current_head()
