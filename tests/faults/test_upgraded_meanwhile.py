"""Workers side by side while the schema is expanded under them, as an upgrade does."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from models.database import Engine, Sessions, transaction
from models.migrate import beside_others, yielding
from sandbox.people import Phone
from sandbox.server import serve
from sandbox.world import World
from tests.bot.street import FACTS
from tests.crash.test_crash import idle
from tests.crash.test_workers import PEOPLE, WORKERS, Stream, as_one_would_have_left_it, many
from tests.waiting import until
from tests.zygote import Zygote

EXPANDS = (
    "CREATE TABLE of_next (id bigint PRIMARY KEY, word text)",
    "ALTER TABLE outbox ADD COLUMN of_next text",
    "ALTER TABLE handled_updates ADD COLUMN of_next integer NOT NULL DEFAULT 0",
    """CREATE FUNCTION note_of_next() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO of_next VALUES (NEW.id, NEW.state) ON CONFLICT DO NOTHING; RETURN NEW; END $$
    """,
    "CREATE TRIGGER note_next AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION note_of_next()",
    "UPDATE alembic_version SET version_num = '9999'",
)
"""What docs/upgrading.md lets a migration do: tables, columns that may be empty or have a default
of the server's; and a trigger."""
BETWEEN = 20
"""Updates that are taken between two steps."""


async def _expand(engine: Engine) -> None:
    async def work(connection: AsyncConnection) -> None:
        await yielding(connection)
        for statement in EXPANDS:
            await connection.execute(text(statement))

    await beside_others(engine, work)


@pytest.mark.crash
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_old_and_new_workers_side_by_side(
    zygote: Zygote, database_url: str, engine: Engine, sessions: Sessions, tmp_path: Path
) -> None:
    """Two that have seen the old schema go on beside two that have seen the new one alone."""
    world = World(tuple(Phone(who, "居民") for who in PEOPLE), started=True)
    world.webhook_retry_s = 0.05
    stream = Stream(world)
    async with transaction(sessions) as session:
        connection = await session.connection()
        await connection.run_sync(FACTS.metadata.create_all)
    async with (
        serve(world) as api_url,
        many(zygote, tmp_path, database_url, api_url) as (workers, balancer),
    ):

        async def some_more() -> None:
            wanted = sum(balancer.taken.values()) + BETWEEN
            await until(lambda: sum(balancer.taken.values()) >= wanted)

        flowing = asyncio.create_task(stream.flow())
        await until(lambda: len(balancer.taken) == WORKERS)
        await _expand(engine)
        await some_more()
        for worker in workers[2:]:  # the next version takes the place of these
            await worker.kill(0)
        balancer.taken.clear()
        await until(lambda: len(balancer.taken) == WORKERS)
        await workers[0].kill(0)
        await some_more()
        flowing.cancel()
        await until(lambda: len(world.bot.queue) == 0)
        await until(lambda: idle(sessions))
        for worker in workers:
            await worker.end()
    await as_one_would_have_left_it(stream, sessions)
    async with transaction(sessions) as session:
        assert await session.scalar(text("SELECT count(*) FROM of_next")) > 0
