"""A card that changes while the sender takes it: nobody is left with the state of before."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import text

from models.database import Session, Sessions, transaction
from models.outbox import actions, queries, refreshing
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from tests.outbox.taking import claim
from tests.waiting import until

WAITED_FOR = text(
    "SELECT count(*) FROM pg_locks "
    "WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
)
"""Who waits for the asking session; pg_stat_activity would show the same all transaction long."""

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
"""SQLite's transactions follow one another."""


async def queue_cards(sessions: Sessions, now: datetime, subject_ids: tuple[int, ...]) -> None:
    async with transaction(sessions) as session:
        reader = PersonRow(telegram_id=7, name="Li", language="en", created_at=now)
        session.add(reader)
        await session.flush()
        for subject_id in subject_ids:
            await actions.notify(
                session, recipient_id=reader.id, kind="card", subject_id=subject_id, now=now
            )


async def taken(session: Session, now: datetime) -> list[OutboxRow]:
    rows = await queries.waiting(
        session, now, passed_over=(), no_push_to=(), pushes=True, quiet=False, limit=10
    )
    for row in rows:
        await claim(session, row, {}, now)
    await session.flush()
    return rows


async def refreshed(session: Session, now: datetime) -> int:
    return await refreshing.refresh(session, kinds=["card"], subject_ids=[1], now=now)


async def test_a_card_being_refreshed_keeps_its_turn(sessions: Sessions, now: datetime) -> None:
    await queue_cards(sessions, now, (1, 2))
    async with transaction(sessions) as changing:
        assert await refreshed(changing, now) == 0
        async with transaction(sessions) as sending:
            assert await taken(sending, now) == []
    async with transaction(sessions) as sending:
        assert [row.subject_id for row in await taken(sending, now)] == [1]


async def test_a_card_being_taken_is_refreshed_afterwards(
    sessions: Sessions, now: datetime
) -> None:
    await queue_cards(sessions, now, (1,))

    async def refresh() -> int:
        async with transaction(sessions) as changing:
            return await refreshed(changing, now)

    async with transaction(sessions) as sending:
        assert len(await taken(sending, now)) == 1
        changing = asyncio.create_task(refresh())
        await until(lambda: sending.scalar(WAITED_FOR))
    assert await changing == 1


async def test_what_is_withdrawn_meanwhile_is_not_taken(sessions: Sessions, now: datetime) -> None:
    await queue_cards(sessions, now, (1,))
    async with transaction(sessions) as leaving:
        await actions.withdraw_from(leaving, 1, reason="the reader has left")
        async with transaction(sessions) as sending:
            assert await taken(sending, now) == []
    async with transaction(sessions) as sending:
        assert await taken(sending, now) == []
