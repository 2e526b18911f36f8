"""Rows taken, given back, and found again after a crash."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models.database import Session, Sessions, transaction
from models.outbox import actions, queries, recording
from models.outbox.rules import Attempt, Lane, SendOutcome, State
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from tests.outbox.taking import claim, record

HOUR = timedelta(hours=1)


async def composed(session: Session, now: datetime, lane: Lane = Lane.ANSWER) -> OutboxRow:
    row_id = await actions.compose(
        session, method="sendMessage", payload={"chat_id": 1, "text": "x"}, chat_id=1, now=now,
        lane=lane,
    )  # fmt: skip
    return await session.get_one(OutboxRow, row_id)


async def test_what_was_in_hand_is_judged_once(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        rows = [await composed(session, now, lane) for lane in Lane]
        for row in rows:
            await claim(session, row, {}, now)
        known = await composed(session, now)
        await claim(session, known, {}, now)
    async with transaction(sessions) as session:
        found = await recording.recover(session, now, known=[known.id])
        assert [row.state for row in found] == ["queued"] * 2 + ["uncertain"] * 3
        assert [row.repeat for row in found] == [False, True, False, False, False]
        assert await recording.recover(session, now, known=[known.id]) == []


async def test_what_was_in_hand_ends_or_goes_again(sessions: Sessions, now: datetime) -> None:
    later = now + HOUR
    async with transaction(sessions) as session:
        ids = [(await composed(session, now, lane)).id for lane in (Lane.ANSWER, Lane.NOTICE)]
        for row_id in ids:
            row = await session.get_one(OutboxRow, row_id)
            row.repeats = 1
            await claim(session, row, {}, now)
    async with transaction(sessions) as session:
        await recording.recover(session, later)
    async with transaction(sessions) as session:
        answer, notice = [await session.get_one(OutboxRow, row_id) for row_id in ids]
        assert (answer.state, answer.repeats, answer.due_at) == (State.QUEUED, 2, later)
        assert answer.finished_at is None
        assert (notice.state, notice.repeats, notice.finished_at) == (State.UNCERTAIN, 1, later)
        assert {answer.reason, notice.reason} == {"in hand at a crash"}


async def test_what_waits_for_a_group_follows_it_to_its_new_number(
    sessions: Sessions, now: datetime
) -> None:
    async with transaction(sessions) as session:
        rows = [
            await actions.compose(
                session,
                method="sendMessage",
                payload={"chat_id": chat, "text": "x"},
                chat_id=chat,
                now=now,
            )
            for chat in (-5, -5, -5, -6)
        ]
        moved, waits, sent, other = [await session.get_one(OutboxRow, one) for one in rows]
        sent.state = State.SENT
        await claim(session, moved, {}, now)
        went = Attempt(SendOutcome.MIGRATED, new_chat_id=-100_5)
        await record(session, moved.id, went, now)
        for row in (waits, sent, other):
            await session.refresh(row)
        assert (waits.chat_id, waits.payload) == (-100_5, {"chat_id": -100_5, "text": "x"})
        assert (sent.chat_id, other.chat_id) == (-5, -6)
        assert other.payload == {"chat_id": -6, "text": "x"}


async def test_a_taking_in_doubt_is_put_back(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        row = await composed(session, now)
        await claim(session, row, {}, now)
    async with transaction(sessions) as session:
        await recording.put_back(session, [row.id])
        found = await session.get_one(OutboxRow, row.id)
        assert (found.state, found.attempts) == (State.QUEUED, 0)


async def test_a_second_record_changes_nothing(sessions: Sessions, now: datetime) -> None:
    """A commit whose answer was lost is made again."""
    async with transaction(sessions) as session:
        row = await composed(session, now)
        await claim(session, row, {}, now)
        await record(session, row.id, Attempt(SendOutcome.SENT, message_id=7), now)
        await record(session, row.id, Attempt(SendOutcome.REFUSED), now + HOUR)
        assert (row.state, row.message_id, row.finished_at) == (State.SENT, 7, now)


async def test_many_sent_are_written_down_as_each_would_be_alone(
    sessions: Sessions, now: datetime
) -> None:
    """And what others have judged meanwhile is left as it is."""
    async with transaction(sessions) as session:
        rows = [await composed(session, now, lane) for lane in Lane]
        taken = [await claim(session, row, {}, now) for row in rows]
        sent = [(one, 7 + place) for place, one in enumerate(taken) if one is not None]
        alone, judged, *together = rows
        await record(session, alone.id, Attempt(SendOutcome.SENT, message_id=7), now)
        await record(session, judged.id, Attempt(SendOutcome.UNCERTAIN), now)
        written = await recording.record_sent(session, sent, now)
        assert written == {row.id for row in together}
        for row in together:
            await session.refresh(row)
        assert [row.message_id for row in rows] == [7, None, 9, 10, 11]
        assert [row.state for row in rows] == ["sent", "queued", "sent", "sent", "sent"]
        outcome = ("state", "payload", "reason", "detail", "attempts", "repeats", "finished_at")
        found = {tuple(str(getattr(row, name)) for name in outcome) for row in [alone, *together]}
        assert len(found) == 1


async def test_a_chat_that_waits_to_try_again_is_told_to_the_next_start(
    sessions: Sessions, now: datetime
) -> None:
    async with transaction(sessions) as session:
        row = await composed(session, now)
        await claim(session, row, {}, now)
        wait = Attempt(SendOutcome.RETRY_AT, retry_after=timedelta(seconds=40))
        await record(session, row.id, wait, now)
        await composed(session, now + HOUR)
        assert await queries.put_off(session, now) == [(1, now + timedelta(seconds=40))]


async def test_what_was_sent_lately_still_counts(sessions: Sessions, now: datetime) -> None:
    async with transaction(sessions) as session:
        for minutes in (3, 1, 2):
            row = await composed(session, now)
            await claim(session, row, {}, now)
            at = now - timedelta(minutes=minutes)
            await record(session, row.id, Attempt(SendOutcome.SENT, message_id=7), at)
        found = await queries.sent_since(session, now - timedelta(minutes=2.5))
        assert [(now - (row.finished_at or now)).seconds for row in found] == [120, 60]


@pytest.mark.parametrize(
    ("account", "reason", "away"),
    [
        (7, "Bad Request: chat not found", True),
        (7, "Bad Request: message to edit not found", False),
        (-7, "Bad Request: chat not found", False),
    ],
)
async def test_a_private_chat_that_is_no_more_means_that_nobody_reads_there(
    sessions: Sessions, now: datetime, account: int, reason: str, away: bool
) -> None:
    async with transaction(sessions) as session:
        reader = PersonRow(telegram_id=account, name="", language="en", created_at=now)
        session.add(reader)
        await session.flush()
        for subject in range(2):
            await actions.notify(
                session, recipient_id=reader.id, kind="k", subject_id=subject, now=now
            )
        first, second = await session.scalars(select(OutboxRow).order_by(OutboxRow.id))
        await claim(session, first, {}, now)
        await record(session, first.id, Attempt(SendOutcome.GONE, reason=reason), now)
        await session.refresh(reader)
        await session.refresh(second)
        assert reader.unreachable_at == (now if away else None)
        assert second.state == (State.BLOCKED if away else State.QUEUED)
