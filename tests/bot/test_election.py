"""One sender a token: the others wait, and one takes over when it is gone, hangs or is cut off."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from bot.app import working
from models.database import Engine, Sessions, open_engine, transaction
from models.election.actions import Election
from models.election.rules import LEASE_SECONDS, LeaseRole
from models.election.tables import LeaseRow
from sandbox.world import World
from tests.bot.street import A, Street, message, open_to, opened
from tests.waiting import until

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no candidate take its own word for its seat."""
    monkeypatch.setattr("models.election.actions.RENEW_SECONDS", 0.0)


@pytest.fixture
async def other_process(database_url: str) -> AsyncIterator[Engine]:
    """An engine as another process would have it."""
    engine = open_engine(database_url)
    yield engine
    await engine.dispose()


async def fall_silent(sessions: Sessions, seconds: float) -> None:
    """Let the holder's last word be longer ago."""
    async with transaction(sessions) as session:
        earlier = text("UPDATE leases SET renewed_at = renewed_at - :silence")
        await session.execute(earlier.bindparams(silence=timedelta(seconds=seconds)))


async def test_only_one_is_elected(engine: Engine) -> None:
    one, two = Election(engine, 7, LeaseRole.SENDER), Election(engine, 7, LeaseRole.SENDER)
    other, ticker = Election(engine, 8, LeaseRole.SENDER), Election(engine, 7, LeaseRole.TICKER)
    assert [await each.won() for each in (one, two, other, ticker)] == [1, None, 1, 1]
    await one.resign()
    assert [await two.won(), await one.won()] == [2, None]


async def test_who_hangs_is_followed_and_wakes_without_the_seat(
    engine: Engine, sessions: Sessions
) -> None:
    one, two = Election(engine, 7, LeaseRole.SENDER), Election(engine, 7, LeaseRole.SENDER)
    assert await one.won() == 1
    await fall_silent(sessions, LEASE_SECONDS - 2)
    assert await two.won() is None
    await fall_silent(sessions, 3)
    assert await two.won() == 2
    async with transaction(sessions) as session:
        assert not await one.still(session, 1)
        assert await two.still(session, 2)
    assert [await one.won(), await two.won()] == [None, 2]


async def test_who_was_silent_but_not_followed_keeps_the_seat(
    engine: Engine, sessions: Sessions
) -> None:
    one = Election(engine, 7, LeaseRole.SENDER)
    assert await one.won() == 1
    await fall_silent(sessions, 10 * LEASE_SECONDS)
    assert await one.won() == 1


async def test_who_is_dead_is_followed_sooner(
    engine: Engine, other_process: Engine, sessions: Sessions
) -> None:
    one, two = Election(other_process, 7, LeaseRole.SENDER), Election(engine, 7, LeaseRole.SENDER)
    assert await one.won() == 1
    await fall_silent(sessions, 4)
    assert await two.won() is None
    await other_process.dispose()
    await until(two.won)
    assert await one.won() is None


async def test_nobody_takes_over_in_the_middle_of_a_transaction_of_the_holder(
    engine: Engine, sessions: Sessions
) -> None:
    one, two = Election(engine, 7, LeaseRole.SENDER), Election(engine, 7, LeaseRole.SENDER)
    assert await one.won() == 1
    await fall_silent(sessions, LEASE_SECONDS + 1)
    async with transaction(sessions) as session:
        assert await one.still(session, 1)
        assert await two.won() is None
    assert await two.won() == 2


async def test_the_seat_of_who_hangs_in_a_transaction_is_free_in_time(
    engine: Engine, sessions: Sessions
) -> None:
    async with transaction(sessions) as session:
        shown = await session.scalar(text("SHOW idle_in_transaction_session_timeout"))
        name = await session.scalar(text("SHOW application_name"))
    assert shown == "15s"
    assert name.startswith("linli ")


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
        await street.house.sender._seat.resign()  # type: ignore[attr-defined]  # as its end does
        await second.take(message(20, "last", 20))
        await until(lambda: street.told(A)[-1] == "heard last")
        second.house.sender.stop()
        await waiting
    assert len(street.told(A)) == 12
    async with transaction(sessions) as session:
        assert await session.scalar(text("SELECT count(*) FROM outbox WHERE state <> 'sent'")) == 0


async def test_what_a_deposed_sender_had_in_hand_is_judged_by_its_successor(
    street: Street, world: World, sessions: Sessions, url: str, database_url: str
) -> None:
    """The answer goes again, once; what the first one learns later changes nothing."""
    settings = open_to({"telegram_api_url": url, "database_url": database_url})
    may_answer, sender = asyncio.Event(), street.house.sender
    carry = sender._calls._carrier.carry

    async def half_out(*args: object) -> object:
        attempt = await carry(*args)  # type: ignore[arg-type]
        await may_answer.wait()
        return attempt

    sender._calls._carrier.carry = half_out  # type: ignore[method-assign,assignment]
    async with opened(world, settings, sessions) as second:
        first = asyncio.create_task(sender.run())
        await street.take(message(1, "one", 1))
        await until(lambda: street.told() == ["heard one"])
        async with transaction(sessions) as session:  # as if another had won meanwhile
            await session.execute(update(LeaseRow).values(term=LeaseRow.term + 1))
            await session.execute(text("UPDATE leases SET renewed_at = '1970-01-01'"))
        successor = asyncio.create_task(second.house.sender.run())
        await until(lambda: street.told() == ["heard one"] * 2)
        may_answer.set()
        await street.all_sent()
        for running in (sender, second.house.sender):
            running.stop()
        await asyncio.gather(first, successor)
        assert [(row.state, row.repeats) for row in await street.rows()] == [("sent", 1)]
        assert len(street.told()) == 2
