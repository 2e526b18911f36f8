"""The card of progress: changed while something moves, ended by itself, every outcome kept."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select, update

from models.broadcasts.actions.progress import look_due, moved, watch
from models.broadcasts.actions.rows import locked
from models.broadcasts.queries.progress import progress_of
from models.broadcasts.queries.tally import tally
from models.broadcasts.rules.notices import Delivery, Notice, Reminder, Style, Way
from models.broadcasts.rules.reports import LOOK_AT_LEAST, LOOK_EVERY
from models.broadcasts.rules.states import State
from models.database import transaction
from models.outbox.rules import State as Copy
from models.outbox.tables import OutboxRow
from scheduler.sweep import sweep
from tests.broadcasts.sent import To, becomes, broadcast, forget, put, recipient
from tests.proposals.conftest import square
from tests.proposals.square import Square

__all__ = ["square"]

EFFECTS = {Reminder.PROGRESS: look_due}


async def begun(square: Square, *recipients: To, **fields: object) -> int:
    broadcast_id = await put(square, *recipients, **fields)
    async with transaction(square.sessions) as session:
        row = await locked(session, broadcast_id)
        assert row is not None
        await watch(session, row, square.now)
    return broadcast_id


async def shows(square: Square) -> None:
    """Let the sender have shown the card and all its changes."""
    async with transaction(square.sessions) as session:
        await session.execute(
            update(OutboxRow)
            .where(OutboxRow.kind == Notice.PROGRESS, OutboxRow.state == Copy.QUEUED)
            .values(state=Copy.SENT, message_id=1, finished_at=square.now)
        )


async def changes(square: Square) -> int:
    async with transaction(square.sessions) as session:
        return await session.scalar(
            select(func.count(OutboxRow.id)).where(
                OutboxRow.kind == Notice.PROGRESS, OutboxRow.target_id.is_not(None)
            )
        )


async def look(square: Square, **span: float) -> None:
    square.later(**span)
    await sweep(square.sessions, EFFECTS, square.now)


async def test_the_card_changes_while_it_moves_and_not_while_it_does_not(square: Square) -> None:
    broadcast_id = await begun(square, To("wang", copy=Copy.QUEUED), To("li", copy=Copy.QUEUED))
    assert await square.told(Notice.PROGRESS) == ["zhou"]
    await shows(square)
    await look(square, seconds=5)
    assert await changes(square) == 1
    await shows(square)
    waits = []
    for _ in range(8):
        (due,) = await square.pending(Reminder.PROGRESS)
        waits.append(due - square.now)
        square.now = due
        await look(square)
    assert await changes(square) == 1
    assert waits[0] == LOOK_EVERY
    assert waits == sorted(waits)
    assert waits[-1] == LOOK_AT_LEAST
    assert (await broadcast(square, broadcast_id)).state == State.SENDING


async def test_it_ends_by_itself_with_every_outcome_written(square: Square) -> None:
    broadcast_id = await begun(
        square,
        To("wang", copy=Copy.QUEUED),
        To("li", copy=Copy.SENDING),
        To("chen", copy=Copy.BLOCKED),
        To("wu", copy=Copy.UNCERTAIN),
        To("he", way=Way.MUTED),
        To("qian", way=Way.NO_PHONE),
    )
    await shows(square)
    await look(square, seconds=5)
    await becomes(square, broadcast_id, Copy.SENT)
    await look(square, seconds=5)
    row = await broadcast(square, broadcast_id)
    assert (row.state, row.ended_at) == (State.SENT, square.now)
    assert await square.told(Notice.ENDED) == ["zhou"]
    assert await square.pending(Reminder.PROGRESS) == []
    async with transaction(square.sessions) as session:
        before = await tally(session, broadcast_id)
    await forget(square, broadcast_id)
    async with transaction(square.sessions) as session:
        after = await tally(session, broadcast_id)
    assert before.by == after.by
    assert after.by == {
        Delivery.SENT: 2,
        Delivery.REFUSED: 1,
        Delivery.UNCERTAIN: 1,
        Delivery.MUTED: 1,
        Delivery.OUT_OF_REACH: 1,
    }


async def test_the_report_does_not_wait_for_whoever_paused(square: Square) -> None:
    broadcast_id = await begun(square, To("wang", copy=Copy.QUEUED), To("li", copy=Copy.SENT))
    await shows(square)
    theirs = (OutboxRow.kind == Notice.COPY, OutboxRow.state == Copy.QUEUED)
    for days, state in ((1, State.SENDING), (7, State.SENT)):
        async with transaction(square.sessions) as session:
            at = square.now + timedelta(days=days)
            await session.execute(update(OutboxRow).where(*theirs).values(due_at=at))
        await look(square, minutes=5)
        assert (await broadcast(square, broadcast_id)).state == state
    assert await square.told(Notice.ENDED) == ["zhou"]
    await becomes(square, broadcast_id, Copy.SENT)
    async with transaction(square.sessions) as session:
        assert (await tally(session, broadcast_id)).by == {Delivery.SENT: 2}


async def test_with_nobody_in_reach_it_ends_at_the_first_look(square: Square) -> None:
    broadcast_id = await begun(square, To("wang", way=Way.NO_PHONE), To("li", way=Way.MUTED))
    await look(square, seconds=5)
    assert (await broadcast(square, broadcast_id)).state == State.SENT


async def test_paused_it_does_not_end_and_shows_it_at_once(square: Square) -> None:
    broadcast_id = await begun(square, To("wang", copy=Copy.SENT))
    await shows(square)
    async with transaction(square.sessions) as session:
        row = await locked(session, broadcast_id)
        assert row is not None
        row.state = State.PAUSED
        await moved(session, row, square.now)
    assert await changes(square) == 1
    await look(square, seconds=5)
    assert (await broadcast(square, broadcast_id)).state == State.PAUSED
    assert len(await square.pending(Reminder.PROGRESS)) == 1


async def test_a_cancelled_one_is_written_down_and_stays_cancelled(square: Square) -> None:
    broadcast_id = await begun(square, To("wang"), To("li", copy=Copy.DROPPED))
    async with transaction(square.sessions) as session:
        row = await locked(session, broadcast_id)
        assert row is not None
        row.state = State.CANCELLED
        await moved(session, row, square.now)
    await look(square, seconds=5)
    assert (await broadcast(square, broadcast_id)).state == State.CANCELLED
    assert (await recipient(square, broadcast_id, "li")).outcome == Delivery.CANCELLED
    assert await square.told(Notice.ENDED) == []
    assert await square.pending(Reminder.PROGRESS) == []


async def test_looks_never_fork(square: Square) -> None:
    broadcast_id = await begun(square, To("wang", copy=Copy.QUEUED))
    square.later(seconds=5)

    async def move() -> None:
        async with transaction(square.sessions) as session:
            row = await locked(session, broadcast_id)
            assert row is not None
            await moved(session, row, square.now)

    await asyncio.gather(sweep(square.sessions, EFFECTS, square.now), move(), move())
    for _ in range(3):
        await look(square, seconds=5)
        assert len(await square.pending(Reminder.PROGRESS)) <= 1


async def test_it_says_how_long_and_when_it_goes_on(square: Square) -> None:
    broadcast_id = await begun(square, To("wang", copy=Copy.QUEUED), To("li"))
    zhou = square.people["zhou"]
    async with transaction(square.sessions) as session:
        now = await progress_of(session, zhou, broadcast_id, square.now + timedelta(seconds=5))
        night = square.now.replace(hour=15)
        waits = await progress_of(session, zhou, broadcast_id, night)
        assert await progress_of(session, square.people["wang"], broadcast_id, night) is None
    assert now is not None
    assert (now.minutes_left, now.morning) == (1, None)
    assert waits is not None
    assert waits.morning is not None
    urgent = await begun(square, To("wang", copy=Copy.QUEUED), style=Style.EMERGENCY)
    async with transaction(square.sessions) as session:
        rings = await progress_of(session, zhou, urgent, night)
    assert rings is not None
    assert rings.morning is None
