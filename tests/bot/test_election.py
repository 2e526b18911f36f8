"""One sender a token: a second process waits, and takes over when the first is gone."""

import asyncio

import pytest
from sqlalchemy import text

from bot.app import working
from models.database import Engine, Sessions, transaction
from models.outbox.election import Election
from sandbox.world import World
from tests.bot.street import A, Street, message, open_to, opened
from tests.waiting import until

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


async def test_only_one_is_elected(engine: Engine) -> None:
    one, two, other = Election(engine, 7), Election(engine, 7), Election(engine, 8)
    assert [await one.won(), await two.won(), await other.won()] == [True, False, True]
    await one.resign()
    assert await two.won()
    assert not await one.won()
    for election in (one, two, other):
        await election.resign()


async def test_a_lost_connection_loses_the_seat(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.outbox.election.SURE_SECONDS", 0.0)
    one, two = Election(engine, 7), Election(engine, 7)
    assert await one.won()
    async with engine.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND "
                "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        )
    await until(two.won)
    assert not await one.won()
    for election in (one, two):
        await election.resign()


async def test_another_takes_over_and_nothing_is_sent_twice(
    street: Street, world: World, sessions: Sessions, url: str, database_url: str
) -> None:
    settings = open_to({"telegram_api_url": url, "database_url": database_url})
    async with opened(world, settings, sessions) as second:
        async with working(street.house):
            await street.take(message(1, "one", 1))
            await until(lambda: street.told() == ["heard one"])
            waiting = asyncio.create_task(second.house.sender.run())
            for number in range(2, 12):
                await street.take(message(number, f"w{number}", number))
            await street.all_sent()
        await street.house.sender._elected.__self__.resign()  # type: ignore[attr-defined]  # as its end does
        await second.take(message(20, "last", 20))
        await until(lambda: street.told(A)[-1] == "heard last")
        second.house.sender.stop()
        await waiting
    assert len(street.told(A)) == 12
    async with transaction(sessions) as session:
        assert await session.scalar(text("SELECT count(*) FROM outbox WHERE state <> 'sent'")) == 0
