"""Mending what is broken: each act is authorised afresh, written down, and has one winner."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import case, delete, select, update

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.database import Session
from models.outbox.rules import FILES, REPEATABLE
from models.outbox.rules import State as OutboxState
from models.outbox.tables import MadeFileRow, OutboxRow
from models.people.rules import Right
from models.people.views import Person
from models.reminders.rules import Lateness, lapses
from models.reminders.rules import State as ReminderState
from models.reminders.tables import ReminderRow
from models.status.queries.messages import place_of_message
from models.status.queries.reach import paths_of
from models.status.queries.reminders import place_of_reminder
from models.status.queries.updates import place_of_update
from models.status.rules import BY_STAFF, Mending, Subject, reaches
from models.updates.rules import FailedState
from models.updates.tables import FailedRow


@dataclass(frozen=True)
class BrokenKind:
    """Where broken things of one subject lie, in which state, and whose they are."""

    table: type[FailedRow] | type[OutboxRow] | type[ReminderRow]
    states: tuple[StrEnum, ...]
    place_of: Callable[[Session, int], Awaitable[str | None]]


KEPT = {
    Subject.UPDATE: BrokenKind(FailedRow, (FailedState.KEPT,), place_of_update),
    Subject.MESSAGE: BrokenKind(
        OutboxRow, (OutboxState.UNCERTAIN, OutboxState.FAILED), place_of_message
    ),
    Subject.REMINDER: BrokenKind(ReminderRow, (ReminderState.FAILED,), place_of_reminder),
}

ACTS = {
    Mending.REPLAY_ASKED: AuditAct.REPLAY_ASKED,
    Mending.SENT_AGAIN: AuditAct.SENT_AGAIN,
    Mending.TRIED_AGAIN: AuditAct.TRIED_AGAIN,
    Mending.TOO_LATE: AuditAct.DROPPED,
    Mending.DROPPED: AuditAct.DROPPED,
}


async def may_see(session: Session, actor: Person, *, now: datetime) -> bool:
    """Return whether somebody may see the status at all; an attempt without the right is noted."""
    if actor.may_anywhere(Right.SEE_STATUS):
        return True
    await deny(session, actor.id, Subject.STATUS, now=now)
    return False


async def ask_replay(session: Session, actor: Person, failed_id: int, *, now: datetime) -> Mending:
    """Ask for a failed update to be taken again; the process does so within seconds.

    Not here: the replay is a transaction of its own, and one that fails must not take this one
    with it. If it fails again, it is kept as before.
    """
    values = {"state": FailedState.ASKED}
    outcome = Mending.REPLAY_ASKED
    return await _mend(session, actor, Subject.UPDATE, failed_id, outcome, values, now)


async def drop_update(session: Session, actor: Person, failed_id: int, *, now: datetime) -> Mending:
    """Let a failed update go, with what it said; not one whose replay has been asked for."""
    values = {"state": FailedState.DROPPED, "settled_at": now, "raw": {}}
    return await _mend(session, actor, Subject.UPDATE, failed_id, Mending.DROPPED, values, now)


async def send_again(session: Session, actor: Person, row_id: int, *, now: datetime) -> Mending:
    """Queue an uncertain or refused message again.

    One of uncertain fate is marked as a repeat where a second copy would show; what Telegram
    refused has certainly not arrived.
    """
    uncertain = OutboxRow.state == OutboxState.UNCERTAIN
    values = {
        "state": OutboxState.QUEUED,
        "due_at": now,
        "finished_at": None,
        "reason": None,
        "repeat": case((uncertain, OutboxRow.method.not_in(REPEATABLE)), else_=OutboxRow.repeat),
        "repeats": case((uncertain, OutboxRow.repeats + 1), else_=OutboxRow.repeats),
    }
    return await _mend(session, actor, Subject.MESSAGE, row_id, Mending.SENT_AGAIN, values, now)


async def drop_message(session: Session, actor: Person, row_id: int, *, now: datetime) -> Mending:
    """Let an uncertain or refused message go, with what it said and the files made for it."""
    values = {"state": OutboxState.DROPPED, "finished_at": now, "reason": BY_STAFF}
    outcome = await _mend(session, actor, Subject.MESSAGE, row_id, Mending.DROPPED, values, now)
    if outcome is Mending.DROPPED:
        await _empty(session, row_id)
    return outcome


async def try_again(session: Session, actor: Person, reminder_id: int, *, now: datetime) -> Mending:
    """Let a failed reminder fire at the next sweep; one that is of no use when late is let go."""
    values: dict[str, Any]
    if await _lapses(session, reminder_id, now):
        outcome = Mending.TOO_LATE
        values = {"state": ReminderState.LAPSED, "settled_at": now, "reason": "too late to fire"}
    else:
        outcome = Mending.TRIED_AGAIN
        values = {"state": ReminderState.PENDING, "settled_at": None, "reason": None}
    return await _mend(session, actor, Subject.REMINDER, reminder_id, outcome, values, now)


async def drop_reminder(
    session: Session, actor: Person, reminder_id: int, *, now: datetime
) -> Mending:
    """Let a failed reminder go, so that nobody looks at it for ever."""
    values = {"state": ReminderState.LAPSED, "settled_at": now, "reason": BY_STAFF}
    return await _mend(session, actor, Subject.REMINDER, reminder_id, Mending.DROPPED, values, now)


async def _mend(
    session: Session,
    actor: Person,
    subject: Subject,
    subject_id: int,
    outcome: Mending,
    values: dict[str, Any],
    now: datetime,
) -> Mending:
    """Move a broken thing on if the actor's right reaches it; of several at once, one does."""
    kept = KEPT[subject]
    if not reaches(paths_of(actor), await kept.place_of(session, subject_id)):
        await deny(session, actor.id, subject, now=now, subject_id=subject_id)
        return Mending.NOT_ALLOWED
    moved = await session.scalar(
        update(kept.table)
        .where(kept.table.id == subject_id, kept.table.state.in_(kept.states))
        .values(values)
        .returning(kept.table.id)
        .execution_options(synchronize_session=False)
    )
    if moved is None:
        return Mending.ALREADY
    await record(
        session,
        ACTS[outcome],
        now=now,
        actor_id=actor.id,
        subject=subject,
        subject_id=subject_id,
        detail={"outcome": outcome},
    )
    return outcome


async def _lapses(session: Session, reminder_id: int, now: datetime) -> bool:
    rows = await session.execute(
        select(ReminderRow.lateness, ReminderRow.due_at).where(ReminderRow.id == reminder_id)
    )
    return any(lapses(Lateness(lateness), due_at, now) for lateness, due_at in rows.all())


async def _empty(session: Session, row_id: int) -> None:
    """Forget what a dropped message would have said, and its files."""
    row = await session.get_one(OutboxRow, row_id, populate_existing=True)
    if row.payload is not None:
        files = list(row.payload.get(FILES, {}).values())
        await session.execute(delete(MadeFileRow).where(MadeFileRow.id.in_(files)))
        row.payload = {}
