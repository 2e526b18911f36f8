"""Who is silent, and who can help: statements that others build on."""

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from models.broadcasts.tables import RecipientRow
from models.database import Session
from models.people.tables import PersonRow
from models.rollcalls.rules.kinds import Answer
from models.rollcalls.tables import AnswerRow


def silent(broadcast_id: int) -> Select[int]:
    """Select everybody who is asked and of whom there is no answer, by number.

    Whoever has left since is nobody to be looked for.
    """
    return (
        select(RecipientRow.person_id)
        .join(PersonRow, PersonRow.id == RecipientRow.person_id)
        .where(
            RecipientRow.broadcast_id == broadcast_id,
            PersonRow.left_at.is_(None),
            ~_answered(),
        )
    )


def readers_for_silent(broadcast_id: int) -> Select[int]:
    """Select who can be asked about them: they themselves, or whoever speaks for them now."""
    one = aliased(PersonRow)
    meant = or_(one.id == PersonRow.id, one.proxy_id == PersonRow.id)
    return select(PersonRow.id).where(exists().where(meant, one.id.in_(silent(broadcast_id))))


def helpers(broadcast_id: int) -> Select[int]:
    """Select everybody who can help, by number."""
    return select(AnswerRow.person_id).where(
        AnswerRow.broadcast_id == broadcast_id, AnswerRow.answer == Answer.CAN_HELP
    )


def readers(broadcast_id: int) -> Select[int | None]:
    """Select in whose chats the roll-call was asked."""
    return select(RecipientRow.reader_id).where(
        RecipientRow.broadcast_id == broadcast_id, RecipientRow.reader_id.is_not(None)
    )


async def silent_by_place(session: Session, broadcast_id: int) -> dict[int | None, int]:
    """Count the silent by where they live."""
    people = silent(broadcast_id).subquery()
    rows = await session.execute(
        select(RecipientRow.place_id, func.count())
        .where(
            RecipientRow.broadcast_id == broadcast_id,
            RecipientRow.person_id.in_(select(people.c.person_id)),
        )
        .group_by(RecipientRow.place_id)
    )
    return {row[0]: row[1] for row in rows.all()}


def _answered() -> ColumnElement[bool]:
    return exists().where(
        AnswerRow.broadcast_id == RecipientRow.broadcast_id,
        AnswerRow.person_id == RecipientRow.person_id,
    )
