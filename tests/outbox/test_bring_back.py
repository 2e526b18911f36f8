"""What somebody missed while they were out of reach, on their return."""

from datetime import datetime, timedelta

from sqlalchemy import select

from models.database import Session, transaction
from models.outbox.actions import compose, notify
from models.outbox.reaching import (
    AWAY,
    MISSED,
    SINCE,
    TOLD_WITHIN,
    WHILE_AWAY,
    bring_back,
    hold_back,
)
from models.outbox.rules import Lane, State
from models.outbox.tables import OutboxRow
from models.people.views import Person
from tests.town import Town

HOUR = timedelta(hours=1)


async def missed(
    session: Session, reader: Person, subject_id: int, at: datetime, **more: object
) -> int:
    """Keep a notice that was not sent because its reader was away; return its number."""
    kind = str(more.pop("kind", "help.asked"))
    await notify(session, recipient_id=reader.id, kind=kind, subject_id=subject_id, now=at)
    row = (await session.scalars(select(OutboxRow).order_by(OutboxRow.id.desc()))).first()
    assert row is not None
    row.state, row.finished_at, row.reason = State.BLOCKED, at, "away"
    for name, value in more.items():
        setattr(row, name, value)
    await session.flush()
    return row.id


async def test_of_each_subject_the_newest_comes_back_and_nothing_of_anybody_elses(
    town: Town,
) -> None:
    reader, other = await town.settle(1), await town.settle(2)
    left = town.now
    back = left + TOLD_WITHIN + HOUR
    async with transaction(town.sessions) as session:
        long_ago = await missed(session, reader, 9, left)
        on_the_last_day = await missed(session, reader, 8, back - TOLD_WITHIN)
        earlier = await missed(session, reader, 1, left + 2 * HOUR)
        newest = await missed(session, reader, 1, left + 3 * HOUR)
        another = await missed(session, reader, 2, left + 3 * HOUR)
        same_subject = await missed(session, reader, 2, left + 3 * HOUR, kind="orders.opened")
        stays = [
            long_ago,
            earlier,
            await missed(session, other, 1, left + 3 * HOUR),
            await missed(session, reader, 3, left + 3 * HOUR, lane=Lane.BULK),
            await missed(session, reader, 4, left + 3 * HOUR, state=State.SENT),
            await missed(session, reader, 5, left + 3 * HOUR, kind="broadcasts.copy"),
        ]
        await bring_back(session, reader.id, left, back)
    async with transaction(town.sessions) as session:
        rows = {row.id: row for row in await session.scalars(select(OutboxRow))}
        for row_id in (on_the_last_day, newest, another, same_subject):
            row = rows[row_id]
            assert (row.state, row.due_at, row.finished_at) == (State.QUEUED, back, None)
            assert (row.reason, (row.detail or {})[MISSED]) == (None, True)
        assert State.QUEUED not in {rows[row_id].state for row_id in stays}
        (said,) = (row for row in rows.values() if row.kind == WHILE_AWAY)
        assert (said.recipient_id, said.detail) == (reader.id, {SINCE: left.isoformat()})


async def test_what_was_missed_before_they_left_is_not_told_on_their_return(town: Town) -> None:
    reader = await town.settle(1)
    left = town.now
    async with transaction(town.sessions) as session:
        before = await missed(session, reader, 1, left - HOUR)
        since = await missed(session, reader, 2, left)
        await bring_back(session, reader.id, left, left + HOUR)
    async with transaction(town.sessions) as session:
        assert (await session.get_one(OutboxRow, before)).state == State.BLOCKED
        assert (await session.get_one(OutboxRow, since)).state == State.QUEUED


async def test_whoever_is_away_is_sent_no_push_and_nobody_else_waits(town: Town) -> None:
    reader, other = await town.settle(1), await town.settle(2)
    later = town.now + HOUR
    async with transaction(town.sessions) as session:
        for one in (reader, other):
            await notify(session, recipient_id=one.id, kind="k", subject_id=1, now=town.now)
        payload = {"chat_id": 1, "text": "x"}
        answer = await compose(
            session, method="sendMessage", payload=payload, chat_id=1, now=town.now
        )
        sent = await missed(session, reader, 2, town.now, state=State.SENT)
        await hold_back(session, reader.id, 1, later)
    async with transaction(town.sessions) as session:
        rows = (await session.scalars(select(OutboxRow).order_by(OutboxRow.id))).all()
        held, theirs = rows[0], rows[1]
        assert (held.state, held.reason, held.finished_at) == (State.BLOCKED, AWAY, later)
        assert theirs.state == State.QUEUED
        assert (await session.get_one(OutboxRow, answer)).state == State.QUEUED
        assert (await session.get_one(OutboxRow, sent)).state == State.SENT
