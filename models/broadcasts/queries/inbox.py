"""The broadcasts that somebody was sent, the latest first."""

from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select

from models.broadcasts.queries.copies import shown
from models.broadcasts.queries.deliveries import IN_CHAT
from models.broadcasts.rules.notices import Delivery, Notice, Way
from models.broadcasts.rules.reports import ARRIVED
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.broadcasts.views import CopyAnswers, InboxLine, InboxPage
from models.database import Session
from models.outbox.rules import State
from models.outbox.tables import OutboxRow
from models.people.views import Person

A_PAGE = 5


async def count_missed(session: Session, person_id: int, since: datetime) -> int:
    """Return how many broadcasts somebody has not got since an instant, being out of reach."""
    blocked = exists().where(
        OutboxRow.kind == Notice.COPY,
        OutboxRow.subject_id == BroadcastRow.id,
        OutboxRow.recipient_id == person_id,
        OutboxRow.state == State.BLOCKED,
        OutboxRow.finished_at >= since,
    )
    away = exists().where(
        RecipientRow.broadcast_id == BroadcastRow.id,
        RecipientRow.person_id == person_id,
        RecipientRow.way == Way.UNREACHABLE,
        BroadcastRow.started_at >= since,
    )
    missed = select(func.count()).select_from(BroadcastRow).where(or_(blocked, away))
    return await session.scalar(missed.where(BroadcastRow.recalled_at.is_(None))) or 0


async def inbox(session: Session, person: Person, page: int) -> InboxPage:
    """Return a page of what has come into somebody's chat, or would have, had they been in reach;
    what was recalled says no more than so."""
    came = exists().where(
        OutboxRow.kind == Notice.COPY,
        OutboxRow.subject_id == BroadcastRow.id,
        OutboxRow.recipient_id == person.id,
        OutboxRow.target_id.is_(None),
        OutboxRow.state.in_([State.SENT, State.UNCERTAIN, State.BLOCKED]),
    )
    settled = RecipientRow.outcome.in_([str(one) for one in (*ARRIVED, Delivery.REFUSED)])
    in_chat = and_(
        RecipientRow.reader_id == person.id, RecipientRow.way.in_(IN_CHAT), or_(settled, came)
    )
    away = and_(RecipientRow.person_id == person.id, RecipientRow.way == Way.UNREACHABLE)
    rows = await session.execute(
        select(BroadcastRow, func.max(RecipientRow.confirmed_at).label("confirmed_at"))
        .join(RecipientRow, RecipientRow.broadcast_id == BroadcastRow.id)
        .where(or_(in_chat, away), BroadcastRow.started_at.is_not(None))
        .group_by(BroadcastRow.id)
        .order_by(BroadcastRow.started_at.desc(), BroadcastRow.id.desc())
        .offset(page * A_PAGE)
        .limit(A_PAGE + 1)
    )
    lines = []
    for row, confirmed_at in rows.all():
        view = shown(row, person.language, person_id=person.id)
        words = "" if view.recalled else view.content.words
        at = row.started_at or row.created_at
        lines.append(
            InboxLine(
                row.id, view.style, view.topic, words, at, confirmed_at is not None, view.recalled
            )
        )
    return InboxPage(tuple(lines[:A_PAGE]), page, len(lines) > A_PAGE)


async def answers_of(session: Session, person: Person, broadcast_id: int) -> CopyAnswers:
    """Return what stands of the answers in somebody's chat, theirs or given for somebody else."""
    rows = await session.execute(
        select(RecipientRow.confirmed_at, RecipientRow.signed_up_at).where(
            RecipientRow.broadcast_id == broadcast_id,
            or_(RecipientRow.person_id == person.id, RecipientRow.reader_id == person.id),
        )
    )
    found = rows.all()
    return CopyAnswers(
        confirmed=any(confirmed_at is not None for confirmed_at, _ in found),
        signed_up=any(signed_up_at is not None for _, signed_up_at in found),
    )
