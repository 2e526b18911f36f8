"""A live card is known by its message, and changed once however often a turn asks for it."""

import pytest
from sqlalchemy import select

from models.database import Session, transaction
from models.kinds import NOTICES
from models.outbox.actions import compose, notify
from models.outbox.refreshing import EDIT, refresh, renew
from models.outbox.rules import Lane, State
from models.outbox.tables import OutboxRow
from tests.town import Town

LIVE, OTHER = "meetings.invited", "meetings.instead"
MESSAGE = 7


async def shown(session: Session, town: Town, kind: str = LIVE, state: State = State.SENT) -> int:
    """Let a notice have become a message of the only reader's chat; give the chat."""
    reader = await town.again(session, 1)
    await notify(session, recipient_id=reader.id, kind=kind, subject_id=1, now=town.now)
    card = (await session.scalars(select(OutboxRow).where(OutboxRow.kind == kind))).one()
    card.state, card.message_id = state, MESSAGE if state is State.SENT else None
    await session.flush()
    assert card.chat_id is not None
    return card.chat_id


async def edits(session: Session) -> list[OutboxRow]:
    found = select(OutboxRow).where(OutboxRow.method == EDIT).order_by(OutboxRow.id)
    return list(await session.scalars(found.execution_options(populate_existing=True)))


async def test_the_kinds_are_what_they_are_said_to_be() -> None:
    assert NOTICES[LIVE].declared.changes
    assert not NOTICES[OTHER].declared.changes


@pytest.mark.parametrize("before", [True, False])
async def test_a_card_is_changed_once_whether_its_subject_is_refreshed_or_not(
    town: Town, *, before: bool
) -> None:
    await town.settle(1)
    async with transaction(town.sessions) as session:
        chat = await shown(session, town)
        again = {"kinds": [LIVE], "subject_ids": [1], "now": town.now}
        if before:
            await refresh(session, **again, lane=Lane.BULK)
        assert await renew(session, chat_id=chat, message_id=MESSAGE, now=town.now)
        assert await renew(session, chat_id=chat, message_id=MESSAGE, now=town.now)
        if not before:
            await refresh(session, **again)
        [edit] = await edits(session)
        assert (edit.kind, edit.subject_id, edit.chat_id) == (LIVE, 1, chat)
        assert edit.lane == Lane.LIVE, "whoever taps waits for no crowd"


async def test_what_does_not_change_by_itself_is_no_live_card(town: Town) -> None:
    await town.settle(1)
    async with transaction(town.sessions) as session:
        chat = await shown(session, town, OTHER)
        answer = {"method": "sendMessage", "payload": {"text": "a"}, "chat_id": chat}
        row_id = await compose(session, **answer, now=town.now)
        (await session.get_one(OutboxRow, row_id)).message_id = MESSAGE + 1
        for message_id in (MESSAGE, MESSAGE + 1, MESSAGE + 2):
            assert not await renew(session, chat_id=chat, message_id=message_id, now=town.now)
        assert await edits(session) == []


@pytest.mark.parametrize("state", [State.SENDING, State.SENT])
async def test_a_card_is_one_in_its_own_chat_once_it_has_arrived(town: Town, state: State) -> None:
    await town.settle(1)
    async with transaction(town.sessions) as session:
        chat = await shown(session, town, state=state)
        at_home = await renew(session, chat_id=chat, message_id=MESSAGE, now=town.now)
        assert at_home is (state is State.SENT)
        assert not await renew(session, chat_id=chat + 1, message_id=MESSAGE, now=town.now)
