"""Notices about meetings, their reminders, and cards changed in place."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.database import Session
from models.meetings.queries.parts import replaced_in, reply_of
from models.meetings.rules.notices import ACTION_CARDS, CARDS, Notice, Reminder
from models.meetings.rules.timing import MeetingPolicy, hears_of_changes, is_awaited, reminders_at
from models.meetings.tables import GuestRow, MeetingRow
from models.outbox.actions import notify
from models.outbox.crowd import notify_people
from models.outbox.refreshing import refresh
from models.outbox.rules import Lane
from models.policy.current import policy_of
from models.reminders.actions import cancel, remind

STARTS = "starts"
"""In the detail of a reminder: the start that it was set for."""


async def tell_all(
    session: Session,
    meeting: MeetingRow,
    kind: Notice,
    people: Iterable[int],
    *,
    now: datetime,
    name: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Queue a notice about a meeting for many, part by part; `name` tells repeats of one kind.

    Whoever has left or cannot be reached is passed over.
    """
    await notify_people(
        session, people, kind=kind, subject_id=meeting.id, now=now, detail=detail, name=name
    )


async def tell_one(
    session: Session,
    meeting_id: int,
    kind: Notice,
    person_id: int,
    *,
    now: datetime,
    lane: Lane = Lane.NOTICE,
    detail: dict[str, Any] | None = None,
) -> None:
    """Queue a notice about a meeting for one person."""
    await notify(
        session,
        recipient_id=person_id,
        kind=kind,
        subject_id=meeting_id,
        now=now,
        lane=lane,
        detail=detail,
    )


async def guests(session: Session, meeting: MeetingRow) -> list[int]:
    """List everybody who is a guest, whatever they said."""
    found = await session.scalars(
        select(GuestRow.person_id).where(GuestRow.meeting_id == meeting.id)
    )
    return list(found)


async def concerned(session: Session, meeting: MeetingRow) -> list[int]:
    """List the guests who are told of another time or place."""
    rows = await _all(session, meeting)
    return [row.person_id for row in rows if hears_of_changes(reply_of(row))]


async def awaited(session: Session, meeting: MeetingRow) -> list[int]:
    """List the guests who are reminded."""
    replaced = await replaced_in(session, meeting.id)
    return [
        row.person_id
        for row in await _all(session, meeting)
        if is_awaited(reply_of(row), replaced=row.person_id in replaced)
    ]


async def _all(session: Session, meeting: MeetingRow) -> list[GuestRow]:
    rows = await session.scalars(
        select(GuestRow)
        .where(GuestRow.meeting_id == meeting.id)
        .order_by(GuestRow.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def refresh_cards(
    session: Session, meeting: MeetingRow, now: datetime, *, of: int | None = None
) -> None:
    """Change the cards of a meeting in place, of everybody or `of` one reader."""
    await session.flush()
    await refresh(session, kinds=CARDS, subject_ids=[meeting.id], now=now, recipient_id=of)


async def refresh_item(session: Session, item_id: int, now: datetime) -> None:
    """Change the cards of an action item in place, after the change has been written."""
    await session.flush()
    await refresh(session, kinds=ACTION_CARDS, subject_ids=[item_id], now=now)


async def set_reminders(session: Session, meeting: MeetingRow, now: datetime) -> None:
    """Remind of a meeting before its start; what was set for another start goes."""
    await stop_reminders(session, meeting, "another time", now)
    detail = {STARTS: meeting.starts_at.isoformat()}
    for due_at in reminders_at(
        meeting.starts_at, policy_of(session, MeetingPolicy).meeting_before, now
    ):
        await remind(
            session, kind=Reminder.SOON, subject_id=meeting.id, due_at=due_at, detail=detail
        )


async def stop_reminders(session: Session, meeting: MeetingRow, reason: str, now: datetime) -> None:
    """Cancel the reminders of a locked meeting."""
    kinds = [str(Reminder.SOON)]
    await cancel(session, subject_id=meeting.id, kinds=kinds, reason=reason, now=now)
