"""Keeping the reasons that a place has ready."""

from datetime import datetime

from sqlalchemy import func, select

from models.audit.actions import deny
from models.database import Session
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.proposals.rules.reception import MOST_REASONS, REASON_LENGTH, ReasonOutcome
from models.proposals.tables import ReasonRow
from models.text import clean_text

SUBJECT = "reasons"
"""What the audit book calls them; the subject's id is the place."""


async def add_reason(
    session: Session, actor: Person, place_id: int, words: str, *, now: datetime
) -> ReasonOutcome:
    """Have one more reason ready at a place (KEPT); its desk may."""
    if why := await _refusal(session, actor, place_id, now):
        return why
    said = clean_text(words, REASON_LENGTH)
    if not said:
        return ReasonOutcome.EMPTY
    if await _count(session, place_id) >= MOST_REASONS:
        return ReasonOutcome.TOO_MANY
    session.add(ReasonRow(place_id=place_id, words=said, set_by=actor.id, set_at=now))
    await session.flush()
    return ReasonOutcome.KEPT


async def change_reason(
    session: Session, actor: Person, reason_id: int, words: str, *, now: datetime
) -> ReasonOutcome:
    """Put a reason into other words (KEPT); what was said with it stays as it was said."""
    row = await _row(session, actor, reason_id, now)
    if isinstance(row, ReasonOutcome):
        return row
    said = clean_text(words, REASON_LENGTH)
    if not said:
        return ReasonOutcome.EMPTY
    row.words, row.set_by, row.set_at = said, actor.id, now
    return ReasonOutcome.KEPT


async def remove_reason(
    session: Session, actor: Person, reason_id: int, *, now: datetime
) -> ReasonOutcome:
    """Have a reason ready no longer (REMOVED)."""
    row = await _row(session, actor, reason_id, now)
    if isinstance(row, ReasonOutcome):
        return row
    row.removed_at = now
    return ReasonOutcome.REMOVED


async def _row(
    session: Session, actor: Person, reason_id: int, now: datetime
) -> ReasonRow | ReasonOutcome:
    row = await session.get(ReasonRow, reason_id, with_for_update=True, populate_existing=True)
    if row is None or row.removed_at is not None:
        return ReasonOutcome.MISSING
    return await _refusal(session, actor, row.place_id, now) or row


async def _refusal(
    session: Session, actor: Person, place_id: int, now: datetime
) -> ReasonOutcome | None:
    place = await session.get(PlaceRow, place_id)
    if place is None:
        return ReasonOutcome.NO_PLACE
    if actor.may(Right.WORK_DESK, place.path):
        return None
    await deny(session, actor.id, SUBJECT, now=now, subject_id=place_id)
    return ReasonOutcome.NOT_ALLOWED


async def _count(session: Session, place_id: int) -> int:
    count = await session.scalar(
        select(func.count()).where(ReasonRow.place_id == place_id, ReasonRow.removed_at.is_(None))
    )
    return count or 0
