"""A database that is away: nothing is acknowledged, everything is handled later."""

import sqlite3
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text

from bot.turn import PostponedError, TurnOutcome
from models import database
from models.database import Engine, is_unavailable, transaction
from tests.bot.street import A, Street, living, message
from tests.waiting import until


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.sqlite.LOCKED_WAIT_SECONDS", 0.05)
    monkeypatch.setattr("bot.receive.FIRST_WAIT", 0.05)


def postponed(street: Street, monkeypatch: pytest.MonkeyPatch) -> list[PostponedError]:
    """List the turns that could not be taken for now, as they fail."""
    failed: list[PostponedError] = []
    take = street.house.turn.handle

    async def handle(raw: dict[str, Any]) -> TurnOutcome:
        try:
            return await take(raw)
        except PostponedError as error:
            failed.append(error)
            raise

    monkeypatch.setattr(street.house.turn, "handle", handle)
    return failed


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_file_that_another_holds(
    street: Street, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(PostponedError):
        await street.take(message(1, "hello"))
    async with living(street):
        street.world.person(A).send_text("waits")
        failed = postponed(street, monkeypatch)
        await until(lambda: len(failed) >= 3)
        assert len(street.world.bot.queue) == 1
        holder.execute("ROLLBACK")
        await until(lambda: street.told() == ["heard waits"])
        await until(lambda: len(street.world.bot.queue) == 0)
    holder.close()
    assert await street.facts() == ["waits"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_server_that_ends_connections_at_any_moment(street: Street, engine: Engine) -> None:
    ended = 0

    async def end_all() -> None:
        nonlocal ended
        async with engine.connect() as connection:
            found = await connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
            ended += len(found.all())

    words = [f"w{number}" for number in range(60)]
    async with living(street):
        for word in words:
            street.world.person(A).send_text(word)
            if word.endswith("5"):
                await end_all()
            await street.world.events.next()  # so that something is always under way
        await until(lambda: set(street.told()) == {f"heard {word}" for word in words})
        await until(lambda: len(street.world.bot.queue) == 0)
        await street.all_sent()
    assert ended > 0
    assert sorted(await street.facts()) == sorted(words)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_the_connection_of_a_turn_is_ended_in_its_middle(
    street: Street, engine: Engine
) -> None:
    ended = False

    async def end_mine(handler, event, data):  # type: ignore[no-untyped-def]  # aiogram's own shape
        nonlocal ended
        if not ended:
            ended = True
            number = await data["session"].scalar(text("SELECT pg_backend_pid()"))
            async with engine.connect() as other:
                await other.execute(text(f"SELECT pg_terminate_backend({number})"))
        return await handler(event, data)

    street.house.dispatcher.message.middleware(end_mine)
    with pytest.raises(PostponedError):
        await street.take(message(1, "hello"))
    await street.take(message(1, "hello"))
    assert await street.facts() == ["hello"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_value_that_does_not_fit_is_not_taken_for_an_absent_server(
    street: Street,
) -> None:
    from models.people.tables import PersonRow

    with pytest.raises(Exception, match="int64") as caught:
        async with transaction(street.sessions) as session:
            await session.get(PersonRow, 2**70)
    assert not database.is_unavailable(caught.value)


def test_a_connection_that_is_just_being_ended_counts_as_away() -> None:
    """asyncpg says so in an error of its own, which SQLAlchemy does not know."""
    error = asyncpg.InternalClientError(
        "cannot switch to state 11; another operation is in progress"
    )
    assert is_unavailable(error)
    assert is_unavailable(asyncpg.InterfaceError("connection is closed"))
    assert is_unavailable(asyncpg.ConnectionDoesNotExistError("closed in the middle"))
    assert not is_unavailable(asyncpg.DataError("a value that does not fit"))
    assert not is_unavailable(RuntimeError("cannot switch"))
