"""Calling a roll, asking the silent once more, ending it."""

from datetime import datetime

from sqlalchemy import exists, func, select

from models.audit.actions import deny
from models.broadcasts.actions.rows import relations_of
from models.broadcasts.rules.notices import Notice as Copy
from models.broadcasts.rules.sending import COPIES
from models.broadcasts.rules.states import Relation
from models.broadcasts.tables import BroadcastRow
from models.database import Session, insert_once
from models.outbox import holding
from models.outbox.counting import show_count
from models.outbox.crowd import Push, notify_crowd, notify_each, notify_people
from models.outbox.readers import readers_of
from models.outbox.refreshing import refresh
from models.outbox.rules import UNSENT_STATES, Lane
from models.outbox.tables import OutboxRow
from models.people.tables import PersonRow
from models.people.views import Person
from models.policy.current import policy_of
from models.reminders.actions import cancel, remind
from models.reminders.views import Due
from models.rollcalls.actions.rows import SUBJECT, is_drill, is_over, lane_of, locked
from models.rollcalls.queries.buddies import buddies_asked
from models.rollcalls.queries.silent import (
    helpers,
    keepers_of,
    leaders_of,
    readers,
    silent,
    silent_by_place,
)
from models.rollcalls.rules.notices import Notice, Reminder
from models.rollcalls.rules.outcomes import Ending, HelperCallOutcome
from models.rollcalls.rules.rounds import COME_LENGTH, Next, RollCallPolicy, next_of
from models.rollcalls.tables import RoundRow
from models.text import clean_line


async def call_up(
    session: Session, actor: Person, broadcast_id: int, words: str, *, token: str, now: datetime
) -> tuple[HelperCallOutcome, int]:
    """Ask everybody who can help to come, in the words of whoever leads; give how many that are.

    The same `token` asks each once.
    """
    found = await locked(session, broadcast_id)
    if found is None:
        return HelperCallOutcome.MISSING, 0
    broadcast, rounds = found
    if not LEADING & await relations_of(session, actor, broadcast):
        await deny(session, actor.id, SUBJECT, now=now, subject_id=broadcast.id)
        return HelperCallOutcome.NOT_ALLOWED, 0
    said = clean_line(words, COME_LENGTH)
    if is_over(broadcast, rounds) or not said:
        return (HelperCallOutcome.OVER if said else HelperCallOutcome.EMPTY), 0
    reached = readers_of(helpers(broadcast.id))
    count = await session.scalar(select(func.count()).select_from(reached.subquery())) or 0
    if count == 0:
        return HelperCallOutcome.NOBODY, 0
    await notify_crowd(
        session,
        reached,
        kind=Notice.COME,
        subject_id=broadcast.id,
        now=now,
        lane=lane_of(broadcast),
        detail={"words": said, "by": actor.id},
        name=token,
    )
    return HelperCallOutcome.CALLED, count


async def began(session: Session, broadcast: BroadcastRow, now: datetime) -> None:
    """Open the live board and set when the silent are asked again.

    Called once, in the transaction in which the broadcast begins; called again it does nothing.
    """
    first = {"broadcast_id": broadcast.id, "rounds": 0}
    if not await insert_once(session, RoundRow, first):
        return
    due_at = now + policy_of(session, RollCallPolicy).roll_call_every
    await remind(session, kind=Reminder.ASK, subject_id=broadcast.id, due_at=due_at)
    await notify_people(
        session,
        await keepers_of(session, broadcast),
        kind=Notice.BOARD,
        subject_id=broadcast.id,
        now=now,
        lane=lane_of(broadcast),
    )
    await notify_people(
        session,
        await buddies_asked(session, broadcast.id),
        kind=Notice.BUDDY,
        subject_id=broadcast.id,
        now=now,
        lane=lane_of(broadcast),
    )


async def ask_due(session: Session, due: Due, now: datetime) -> None:
    """Ask the silent once more, or after the last time hand their list to who answers for them.

    However late this comes, the next round keeps its distance from this one.
    """
    found = await locked(session, due.subject_id)
    if found is None:
        return
    if is_over(*found):  # stopped from outside: no door is shown any longer
        await refresh(session, kinds=[Notice.BUDDY], subject_ids=[due.subject_id], now=now)
        return
    broadcast, rounds = found
    policy = policy_of(session, RollCallPolicy)
    by_place = await silent_by_place(session, broadcast.id)
    step = next_of(
        rounds.rounds,
        policy.roll_call_rounds,
        silent=sum(by_place.values()),
        listed=rounds.listed_at is not None,
    )
    if step is Next.ASK:
        await _ask(session, broadcast, rounds, now)
        due_at = now + policy.roll_call_every
        await remind(session, kind=Reminder.ASK, subject_id=broadcast.id, due_at=due_at)
    elif step is Next.LIST:
        rounds.listed_at = now
        await _hand_on(session, broadcast, [each for each in by_place if each is not None], now)
    await refresh(session, kinds=[Notice.BOARD], subject_ids=[broadcast.id], now=now)


async def count_due(session: Session, due: Due, now: datetime) -> None:
    """Show on the live boards what has been answered by now."""
    found = await locked(session, due.subject_id)
    if found is None:
        return
    broadcast, rounds = found
    rounds.count_after = await show_count(
        session, kinds=[Notice.BOARD, Notice.BUDDY], subject_id=broadcast.id, now=now
    )


async def _ask(session: Session, broadcast: BroadcastRow, rounds: RoundRow, now: datetime) -> None:
    rounds.rounds += 1
    await notify_crowd(
        session,
        silent(broadcast.id),
        kind=Notice.ASK,
        subject_id=broadcast.id,
        now=now,
        lane=lane_of(broadcast),
        name=str(rounds.rounds),
    )


async def _hand_on(
    session: Session, broadcast: BroadcastRow, place_ids: list[int], now: datetime
) -> None:
    """Tell everybody who answers for a building of the silent in theirs, in one message each."""
    leaders = await leaders_of(session, place_ids)
    lane, once = lane_of(broadcast), f"{Notice.SILENT}:{broadcast.id}"
    pushes = [
        Push(person_id, broadcast.id, {"places": theirs}, lane, f"{once}:{person_id}")
        for person_id, theirs in sorted(leaders.items())
    ]
    await notify_each(session, pushes, kind=Notice.SILENT, now=now)


LEADING = frozenset({Relation.AUTHOR, Relation.KEEPER})


async def end(session: Session, actor: Person, broadcast_id: int, *, now: datetime) -> Ending:
    """End a roll-call: nobody is asked any more, everybody is thanked, the boards stay as they are.

    Its author may, and whoever answers for its place.
    """
    found = await locked(session, broadcast_id)
    if found is None:
        return Ending.MISSING
    broadcast, rounds = found
    if not LEADING & await relations_of(session, actor, broadcast):
        await deny(session, actor.id, SUBJECT, now=now, subject_id=broadcast.id)
        return Ending.NOT_ALLOWED
    if is_over(broadcast, rounds):
        return Ending.ALREADY
    rounds.ended_at, rounds.ended_by = now, actor.id
    kinds = [str(kind) for kind in Reminder]
    await cancel(session, subject_id=broadcast.id, kinds=kinds, reason="it has ended", now=now)
    await _thank(session, broadcast, now)
    await _ask_nobody(session, broadcast.id, now)
    await refresh(session, kinds=[Notice.BOARD, Notice.BUDDY], subject_ids=[broadcast.id], now=now)
    return Ending.ENDED


async def _ask_nobody(session: Session, broadcast_id: int, now: datetime) -> None:
    """Drop what still waits to ask; what comes back from the sender is looked at as it is sent."""
    kinds = (*COPIES, Notice.ASK, Notice.SILENT, Notice.COME, Notice.BUDDY)
    reason = "the roll-call is over"
    await holding.drop(session, kinds=kinds, subject_id=broadcast_id, reason=reason, now=now)


async def _thank(session: Session, broadcast: BroadcastRow, now: datetime) -> None:
    """Notify everybody who was asked; at night the end of a real one comes without a sound.

    Whose copy has not left yet has heard of nothing.
    """
    waits = exists().where(
        OutboxRow.kind == Copy.COPY,
        OutboxRow.subject_id == broadcast.id,
        OutboxRow.recipient_id == PersonRow.id,
        OutboxRow.target_id.is_(None),
        OutboxRow.state.in_(UNSENT_STATES),
    )
    await notify_crowd(
        session,
        select(PersonRow.id).where(PersonRow.id.in_(readers(broadcast.id)), ~waits),
        kind=Notice.OVER,
        subject_id=broadcast.id,
        now=now,
        lane=Lane.BULK if is_drill(broadcast) else Lane.LIVE,
    )
