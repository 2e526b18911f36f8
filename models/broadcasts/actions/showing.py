"""Showing exactly what would go out: to oneself as a test, to whoever is asked to approve it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from models.broadcasts.rules.content import Content
from models.broadcasts.rules.kinds import URGENT, Notice, Style
from models.broadcasts.rules.sending import goes_first
from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.outbox.crowd import notify_crowd
from models.outbox.rules import Lane
from models.people.tables import PersonRow

LANGUAGE, APPROVING = "language", "approving"
"""Keys of a test copy's detail: whose language it shows, and whether it is to be approved."""


async def show_for_approval(
    session: Session, row: BroadcastRow, approvers: Sequence[int], now: datetime
) -> None:
    """Show approvers each copy exactly as it would go out, and below it what they decide on."""
    lane = Lane.URGENT if Style(row.style) in URGENT else Lane.NOTICE
    await show_copies(session, row, approvers, now, lane=lane, approving=True)
    await notify_crowd(
        session,
        select(PersonRow.id).where(PersonRow.id.in_(approvers)),
        kind=Notice.APPROVE,
        subject_id=row.id,
        now=now,
        lane=lane,
        name=None,
    )


async def show_copies(
    session: Session,
    row: BroadcastRow,
    readers: Sequence[int],
    now: datetime,
    *,
    lane: Lane,
    approving: bool = False,
) -> None:
    """Send readers a test copy in each language that the broadcast is written in."""
    people = select(PersonRow.id).where(PersonRow.id.in_(readers))
    for language in written_in(row):
        await notify_crowd(
            session,
            people,
            kind=Notice.TEST,
            subject_id=row.id,
            now=now,
            lane=lane,
            detail={LANGUAGE: language, APPROVING: approving},
            name=None,
            before=goes_first(Content.of(row.content)),
        )


def written_in(row: BroadcastRow) -> list[str | None]:
    """List the languages of a broadcast's words; None stands for the other than its first."""
    return [row.language] if row.content_other is None else [row.language, None]
