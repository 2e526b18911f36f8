"""What another process queues wakes the sender at once, as far as the database can tell it."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import text

from bot.app import working
from models.database import Sessions, transaction
from models.outbox.triggers import CHANNEL
from sandbox.world import World
from tests.bot.street import Street, message, open_to, opened
from tests.waiting import until

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

LISTENING = text(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
    "AND (query ILIKE 'LISTEN%' OR query = 'SELECT 1') AND application_name LIKE 'linli%'"
)


@pytest.fixture(autouse=True)
def never_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sender looks when it is woken, and no sooner than hours later otherwise."""
    monkeypatch.setattr("bot.sender.IDLE_SECONDS", 10_000.0)
    monkeypatch.setattr("models.outbox.wakes.LOOK_SECONDS", 0.02)


@pytest.fixture
async def other(
    world: World, url: str, database_url: str, sessions: Sessions
) -> AsyncIterator[Street]:
    """A house as another process would have it, which takes turns and does not send."""
    settings = open_to({"telegram_api_url": url, "database_url": database_url})
    async with opened(world, settings, sessions) as street:
        yield street


async def listening(sessions: Sessions) -> list[int]:
    async with transaction(sessions) as session:
        return list((await session.scalars(LISTENING)).all())


async def test_what_another_queues_leaves_though_the_sender_does_not_look(
    street: Street, other: Street, sessions: Sessions
) -> None:
    async with working(street.house):
        await until(lambda: listening(sessions))
        for number in range(1, 6):
            await other.take(message(number, f"w{number}", number))
            await until(lambda n=number: street.told()[-1:] == [f"heard w{n}"])
    assert await listening(sessions) == []


async def test_a_connection_that_breaks_is_opened_again(
    street: Street, other: Street, sessions: Sessions
) -> None:
    async with working(street.house):
        for number in range(1, 4):
            await until(lambda: listening(sessions))
            [before] = await listening(sessions)
            async with transaction(sessions) as session:
                await session.execute(text(f"SELECT pg_terminate_backend({before})"))
            await other.take(message(number, f"w{number}", number))
            await until(lambda n=number: street.told()[-1:] == [f"heard w{n}"])
            await until(lambda b=before: another(sessions, b))


async def another(sessions: Sessions, before: int) -> bool:
    found = await listening(sessions)
    return bool(found) and before not in found


async def test_who_has_lost_the_seat_listens_no_more(street: Street, sessions: Sessions) -> None:
    async with working(street.house):
        await until(lambda: listening(sessions))
        street.house.sender.stop()
        await street.house.sender._seat.resign()  # type: ignore[attr-defined]  # as its end does
        await until(lambda: silent(sessions))


async def silent(sessions: Sessions) -> bool:
    return await listening(sessions) == []


async def test_one_notice_a_transaction_and_none_where_the_sender_queues_itself(
    street: Street, other: Street, database_url: str
) -> None:
    heard: list[str] = []
    connection = await asyncpg.connect(database_url)
    try:
        await connection.add_listener(CHANNEL, lambda *found: heard.append(found[-1]))
        await street.house.sender._seat.won()
        await street.take(message(1, "mine", 1))
        await connection.fetchval("SELECT 1")
        assert heard == []
        await other.take(message(2, "double", 2))
        await connection.fetchval("SELECT 1")
        assert heard == [""]
        await other.take({"update_id": 3})
        await connection.fetchval("SELECT 1")
        assert heard == [""]
        await asyncio.gather(*(other.take(message(n, f"w{n}", n)) for n in range(4, 8)))
        await connection.fetchval("SELECT 1")
        assert heard == [""] * 5
    finally:
        await connection.close()
