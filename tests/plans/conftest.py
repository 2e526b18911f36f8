"""The neighbourhood of the conversations, and the database that is asked for its plans."""

from collections.abc import AsyncIterator

import pytest

from models.database import Engine, open_engine
from tests import templates
from tests.conversations.conftest import (
    chen,
    emma,
    li,
    sqlite_template,
    story,
    wang,
    zhao,
    zhou,
)
from tests.plans.filling import fill
from tests.postgres import Postgres

__all__ = ["chen", "emma", "li", "sqlite_template", "story", "wang", "zhao", "zhou"]


@pytest.fixture(scope="session")
def full_database(postgres: Postgres) -> str:
    """The address of a database on PostgreSQL in which every growing table is long."""
    url = postgres.lasting_database()

    async def work() -> None:
        engine = open_engine(url)
        await fill(engine)
        await engine.dispose()

    templates.apart(work)
    return url


@pytest.fixture
async def planner(request: pytest.FixtureRequest, engine: Engine) -> AsyncIterator[Engine]:
    """An engine on a database that plans as one of that kind does after years.

    PostgreSQL plans by what it has counted in its tables, so one is filled. SQLite counts nothing
    unless it is told to (`ANALYZE`), and the bot never tells it: it plans the same whatever the
    tables hold.
    """
    if engine.dialect.name == "sqlite":
        yield engine
        return
    full = open_engine(request.getfixturevalue("full_database"))
    yield full
    await full.dispose()
