"""Remembering what was handled."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from models.database import Sessions, transaction
from models.updates.actions import forget_old, keep_failed, kept, remember, settle
from models.updates.rules import FAILED_KEPT_FOR, REMEMBERED_FOR, FailedState
from models.updates.tables import FailedRow


async def test_an_update_is_remembered_for_days(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        assert await remember(session, "a", 1, now)
        assert not await remember(session, "a", 2, now)
        await forget_old(session, now + REMEMBERED_FOR)
        assert not await remember(session, "a", 1, now)
        await forget_old(session, now + REMEMBERED_FOR + timedelta(seconds=1))
        assert await remember(session, "a", 1, now)


async def test_a_failed_update_is_settled_once(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        number = await keep_failed(session, {"x": 1}, None, "why", now)
    async with transaction(sessions) as session:
        assert await kept(session) == [(number, {"x": 1})]
        assert await settle(session, number, FailedState.DROPPED, now) == {"x": 1}
        assert await settle(session, number, FailedState.REPLAYED, now) is None
        assert await kept(session) == []
        assert await session.scalar(select(FailedRow.raw)) == {}


async def test_a_failed_update_waits_a_month_at_most(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        await keep_failed(session, {"x": 1}, None, "why", now)
        await forget_old(session, now + FAILED_KEPT_FOR)
        assert await kept(session)
        await forget_old(session, now + FAILED_KEPT_FOR + timedelta(seconds=1))
        assert await session.scalar(select(func.count(FailedRow.id))) == 0
