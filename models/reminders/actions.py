"""Setting and cancelling reminders, and taking what is due."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, bindparam, delete, null, or_, select, update

from models.database import Session, insert_new, insert_once
from models.reminders.kinds import lateness_of
from models.reminders.rules import (
    KNOWN_WITHIN,
    Lateness,
    State,
    is_late,
    lapses,
    name_of,
    why_let_go,
)
from models.reminders.tables import ReminderRow
from models.reminders.views import Due

KEPT_FOR = timedelta(days=180)
"""How long a reminder is kept once it is settled; one that failed is kept for a human."""
FORGOTTEN_AT_ONCE = 10_000
"""Rows dropped in one transaction, which holds up writers for as long."""
SETS_ANEW_AT_ONCE = 1000
"""Names in one statement: SQLite takes 32,766 values at the most."""

_reminders = ReminderRow.metadata.tables[ReminderRow.__tablename__]
_holding = (
    select(
        _reminders.c.id,
        _reminders.c.kind,
        _reminders.c.subject_id,
        _reminders.c.due_at,
        _reminders.c.lateness,
        _reminders.c.detail,
    )
    .where(
        _reminders.c.state == State.PENDING,
        _reminders.c.due_at <= bindparam("now"),
        or_(
            _reminders.c.kind.in_(bindparam("kinds", expanding=True)),
            _reminders.c.due_at <= bindparam("known"),
        ),
    )
    .order_by(_reminders.c.due_at, _reminders.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_becoming = (
    _reminders.update()
    .where(_reminders.c.state.concat("") == State.PENDING)
    .values(state=bindparam("becomes"), settled_at=bindparam("now"), reason=bindparam("why"))
    .returning(_reminders.c.id)
)
_setting_anew = (
    _reminders.update()
    .where(
        _reminders.c.dedupe.in_(bindparam("names", expanding=True)),
        _reminders.c.state.concat("") == State.CANCELLED,
    )
    .values(
        state=State.PENDING,
        lateness=bindparam("lateness"),
        detail=null(),
        settled_at=null(),
        reason=null(),
    )
)
_settling = _becoming.where(_reminders.c.id == bindparam("held"))
_settling_all = _becoming.where(_reminders.c.id.in_(bindparam("held", expanding=True)))
"""What every sweep executes, put together once and below the ORM. By the bare state SQLite would go
through all that is pending, instead of looking up the few that are held."""


async def remind(
    session: Session,
    *,
    kind: str,
    subject_id: int,
    due_at: datetime,
    lateness: Lateness | None = None,
    detail: dict[str, Any] | None = None,
    dedupe: str | None = None,
) -> bool:
    """Set a reminder; False when the same one (`dedupe`, else kind, subject and instant) is set.

    What it does when it comes late is what its kind declares, unless `lateness` says otherwise.
    One that was cancelled is set anew: what it was for has come back. Whoever may cancel and set
    one at the same time holds the lock of its subject: the cancelling that is not committed yet
    would not be seen.
    """
    values = {
        "kind": kind,
        "subject_id": subject_id,
        "due_at": due_at,
        "lateness": lateness or lateness_of(kind),
        "detail": detail,
        "state": State.PENDING,
        "dedupe": dedupe or name_of(kind, subject_id, due_at),
    }
    return await insert_once(session, ReminderRow, values) or await _set_anew(session, values)


async def remind_all(
    session: Session, *, kind: str, wanted: Sequence[tuple[int, datetime]]
) -> None:
    """Set reminders of one kind about many subjects, each at its instant, as `remind` sets one."""
    rows: list[dict[str, Any]] = [
        {
            "kind": kind,
            "subject_id": subject_id,
            "due_at": due_at,
            "lateness": lateness_of(kind),
            "state": State.PENDING,
            "dedupe": name_of(kind, subject_id, due_at),
        }
        for subject_id, due_at in wanted
    ]
    await insert_new(session, ReminderRow, rows)
    for start in range(0, len(rows), SETS_ANEW_AT_ONCE):
        names = [row["dedupe"] for row in rows[start : start + SETS_ANEW_AT_ONCE]]
        values = {"lateness": lateness_of(kind), "names": names}
        await session.execute(_setting_anew, values)


async def _set_anew(session: Session, values: dict[str, Any]) -> bool:
    revived = await session.scalar(
        update(ReminderRow)
        .where(ReminderRow.dedupe == values["dedupe"], ReminderRow.state == State.CANCELLED)
        .values(values | {"settled_at": None, "reason": None})
        .returning(ReminderRow.id)
    )
    return revived is not None


async def cancel(
    session: Session, *, subject_id: int, kinds: list[str], reason: str, now: datetime
) -> None:
    """Cancel the pending reminders of these kinds about a subject.

    One that a sweep is firing at this moment is passed over: waiting for it, while it waits for
    what this transaction holds, would lock both out. Its effect looks at the subject's state.
    """
    pending = (
        select(ReminderRow.id)
        .where(
            ReminderRow.kind.in_(kinds),
            ReminderRow.subject_id == subject_id,
            ReminderRow.state == State.PENDING,
        )
        .with_for_update(skip_locked=True)
    )
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id.in_(pending))
        .values(state=State.CANCELLED, reason=reason, settled_at=now)
        .execution_options(synchronize_session=False)
    )


async def hold_due(
    session: Session, now: datetime, limit: int, kinds: Collection[str]
) -> list[Due]:
    """List up to `limit` reminders due by now, oldest first, and hold them for this transaction.

    Only those of `kinds`: what a newer version arranged waits for a process of that version, for
    KNOWN_WITHIN. After that it is given to whoever asks, to fail where people see it.
    Rows are locked where the database can (PostgreSQL; SQLite's transaction already is the only
    writer), so two sweeps at once never hold the same one. They are pending until settled.
    """
    known = {"now": now, "known": now - KNOWN_WITHIN, "kinds": list(kinds), "most": limit}
    rows = await session.execute(_holding, known)
    return [
        Due(
            row.id,
            row.kind,
            row.subject_id,
            row.due_at,
            is_late(row.due_at, now),
            row.detail or {},
            lapses(Lateness(row.lateness), row.due_at, now),
        )
        for row in rows.all()
    ]


async def settle(session: Session, due: Due, now: datetime) -> bool:
    """Settle a reminder that is held, once, and tell whether it fires.

    False where it is let go as too late, with the reason kept, and where it is pending no more:
    another one's effect has just cancelled it.
    """
    reason = why_let_go(due.due_at, now) if due.lapses else None
    state = State.LAPSED if due.lapses else State.FIRED
    becomes = {"becomes": str(state), "now": now, "why": reason}
    settled = await session.scalar(_settling, {"held": due.id, **becomes})
    return settled is not None and not due.lapses


async def settle_all(session: Session, held: Sequence[Due], now: datetime) -> list[Due]:
    """Settle many that are held, none of which lapses, in one statement; give those that fire."""
    becomes = {"becomes": str(State.FIRED), "now": now, "why": None}
    held_ids = [due.id for due in held]
    settled = set(await session.scalars(_settling_all, {"held": held_ids, **becomes}))
    return [due for due in held if due.id in settled]


async def fail(session: Session, reminder_id: int, reason: str) -> None:
    """Keep a reminder whose effect raised as failed, with the reason."""
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id == reminder_id)
        .values(state=State.FAILED, reason=reason)
    )


async def let_go(session: Session, reminder_id: int, reason: str) -> None:
    """Keep a reminder as let go, with the reason: its own effect has found that it is of no use."""
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id == reminder_id)
        .values(state=State.LAPSED, reason=reason)
    )


async def forget_old(session: Session, now: datetime) -> None:
    """Drop what was settled longer ago than `KEPT_FOR`: what is more than one hour's, the next."""
    over = ReminderRow.state.in_([State.FIRED, State.LAPSED, State.CANCELLED])
    old = (
        select(ReminderRow.id)
        .where(over, ReminderRow.settled_at < now - KEPT_FOR)
        .limit(FORGOTTEN_AT_ONCE)
    )
    await session.execute(
        delete(ReminderRow)
        .where(ReminderRow.id.in_(old))
        .execution_options(synchronize_session=False)
    )
