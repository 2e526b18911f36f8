"""What a conversation keeps, and when it is gone."""

from datetime import datetime, timedelta

from sqlalchemy import select

from models.conversations import actions
from models.conversations.tables import ConversationRow
from models.database import Sessions, transaction

KEY = "1:7:7:default"


async def keys(sessions: Sessions) -> list[str]:
    async with transaction(sessions) as session:
        return list(await session.scalars(select(ConversationRow.key)))


async def test_state_and_data_are_written_apart(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        await actions.write_state(session, KEY, "form:x", now)
        await actions.write_data(session, KEY, {"form": {"step": 1}}, now)
        assert await actions.read(session, KEY) == ("form:x", {"form": {"step": 1}})
        await actions.write_state(session, KEY, None, now)
    async with transaction(sessions) as session:
        assert await actions.read(session, KEY) == (None, {"form": {"step": 1}})


async def test_nothing_is_kept_of_whoever_is_in_no_conversation(
    sessions: Sessions, now: datetime
) -> None:
    async with transaction(sessions) as session:
        await actions.write_state(session, KEY, None, now)
        await actions.write_data(session, KEY, {}, now)
    assert await keys(sessions) == []
    async with transaction(sessions) as session:
        await actions.write_state(session, KEY, "form:x", now)
        await actions.write_data(session, KEY, {"form": 1}, now)
    async with transaction(sessions) as session:
        await actions.write_state(session, KEY, None, now)
        await actions.write_data(session, KEY, {}, now)
        assert await actions.read(session, KEY) == (None, {})
        await actions.write_state(session, KEY, "form:y", now)
        await actions.write_state(session, KEY, None, now)
    assert await keys(sessions) == []


async def test_what_nobody_goes_on_with_is_forgotten(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        await actions.write_state(session, "left", "form:x", now - timedelta(days=91))
        await actions.write_state(session, "going on", "form:x", now - timedelta(days=89))
        await actions.forget_old(session, now)
    assert await keys(sessions) == ["going on"]
