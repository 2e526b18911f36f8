"""What the clock does in a roll-call: asks the silent once more, hands on their list, counts."""

from datetime import datetime

from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.outbox.actions import notify
from models.outbox.counting import show_count
from models.outbox.crowd import notify_crowd
from models.outbox.refreshing import refresh
from models.policy.current import policy_of
from models.reminders.actions import remind
from models.reminders.views import Due
from models.rollcalls.actions.rows import is_over, lane_of, locked
from models.rollcalls.queries.keepers import leaders_of
from models.rollcalls.queries.silent import readers_for_silent, silent_by_place
from models.rollcalls.rules.kinds import Notice, Reminder
from models.rollcalls.rules.policy import RollCallPolicy
from models.rollcalls.rules.rounds import Next, next_of
from models.rollcalls.tables import RoundRow


async def ask_due(session: Session, due: Due, now: datetime) -> None:
    """Ask the silent once more, or after the last time hand their list to who answers for them.

    However late this comes, the next round keeps its distance from this one.
    """
    found = await locked(session, due.subject_id)
    if found is None or is_over(*found):
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
        session, kinds=[Notice.BOARD], subject_id=broadcast.id, now=now
    )


async def _ask(session: Session, broadcast: BroadcastRow, rounds: RoundRow, now: datetime) -> None:
    rounds.rounds += 1
    await notify_crowd(
        session,
        readers_for_silent(broadcast.id),
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
    for person_id, theirs in sorted(leaders.items()):
        await notify(
            session,
            recipient_id=person_id,
            kind=Notice.SILENT,
            subject_id=broadcast.id,
            now=now,
            lane=lane_of(broadcast),
            detail={"places": theirs},
            dedupe=f"{Notice.SILENT}:{broadcast.id}:{person_id}",
        )
