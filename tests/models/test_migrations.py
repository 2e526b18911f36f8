"""Migrations lead to the very schema that the code declares, on both databases."""

import asyncio

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from models.database import Engine
from models.migrate import alembic_config, beside_others, is_current, migrate, newest, yielding
from models.schema import metadata
from tests.waiting import until


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata()))


async def test_the_migrated_schema_is_the_declared_one(engine: Engine) -> None:
    async with engine.begin() as connection:
        assert await connection.run_sync(differences) == []
    assert await is_current(engine)


def test_the_newest_file_is_the_head_of_them_all() -> None:
    assert newest() == ScriptDirectory.from_config(alembic_config()).get_current_head()


async def test_every_migration_can_be_taken_back(engine: Engine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(alembic_config(sync), "base"))
    async with engine.begin() as connection:
        left = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert left == ["alembic_version"]
    assert not await is_current(engine)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_processes_that_start_together_migrate_once(engine: Engine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(alembic_config(sync), "base"))
    await asyncio.gather(*(migrate(engine) for _ in range(4)))
    assert await is_current(engine)


async def test_an_older_process_leaves_a_newer_schema_as_it_is(engine: Engine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    await migrate(engine)
    async with engine.begin() as connection:
        left = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    assert left == "later"
    assert not await is_current(engine)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_change_lets_go_of_a_table_in_use_and_comes_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.migrate.LOCK_TIMEOUT", "20ms")
    monkeypatch.setattr("models.migrate.REST_SECONDS", 0)
    tries = 0

    async def widen(connection: AsyncConnection) -> None:
        nonlocal tries
        tries += 1
        await yielding(connection)
        await connection.execute(text("ALTER TABLE places ADD COLUMN of_next text"))

    async with engine.begin() as reader:
        await reader.execute(text("SELECT id FROM places"))
        changing = asyncio.create_task(beside_others(engine, widen))
        await until(lambda: tries > 2)
    await changing
    async with engine.begin() as connection:
        await connection.execute(text("SELECT of_next FROM places"))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_change_that_never_gets_its_table_is_given_up_and_says_why(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.migrate.LOCK_TIMEOUT", "1ms")
    monkeypatch.setattr("models.migrate.REST_SECONDS", 0)

    async def widen(connection: AsyncConnection) -> None:
        await yielding(connection)
        await connection.execute(text("ALTER TABLE places ADD COLUMN of_next text"))

    async with engine.begin() as reader:
        await reader.execute(text("SELECT id FROM places"))
        with pytest.raises(DBAPIError, match="lock timeout"):
            await beside_others(engine, widen)
