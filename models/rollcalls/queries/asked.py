"""Whom a reader is asked about."""

from collections.abc import Iterable

from sqlalchemy import or_, select

from models.broadcasts.tables import RecipientRow
from models.database import Session
from models.people.tables import PersonRow
from models.rollcalls.rules.kinds import Answer
from models.rollcalls.tables import AnswerRow, RoundRow
from models.rollcalls.views import Asked


async def asked_of(session: Session, broadcast_id: int, reader_id: int) -> tuple[Asked, ...]:
    """List whom somebody answers for: themselves if they are asked, then those they speak for."""
    rows = await session.execute(
        select(PersonRow.id, PersonRow.name, AnswerRow.answer)
        .join(RecipientRow, RecipientRow.person_id == PersonRow.id)
        .outerjoin(
            AnswerRow,
            (AnswerRow.broadcast_id == RecipientRow.broadcast_id)
            & (AnswerRow.person_id == RecipientRow.person_id),
        )
        .where(
            RecipientRow.broadcast_id == broadcast_id,
            PersonRow.left_at.is_(None),
            or_(PersonRow.id == reader_id, PersonRow.proxy_id == reader_id),
        )
        .order_by(PersonRow.id != reader_id, PersonRow.name, PersonRow.id)
    )
    return tuple(
        Asked(person_id, name, own=person_id == reader_id, answer=Answer(said) if said else None)
        for person_id, name, said in rows.all()
    )


async def has_ended(session: Session, broadcast_id: int) -> bool:
    """Return whether a roll-call was ended: then nobody is asked any more."""
    ended = select(RoundRow.ended_at).where(RoundRow.broadcast_id == broadcast_id)
    return await session.scalar(ended) is not None


def only_silent(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Give those who have not been answered for."""
    return tuple(one for one in asked if one.answer is None)
