"""Which roll-calls there are, and what a reader of a notice is told."""

from datetime import datetime, timedelta

from sqlalchemy import select

from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.database import Session
from models.people.queries import person_by_id
from models.people.views import Person
from models.rollcalls.actions.rows import is_drill, is_over
from models.rollcalls.queries.asked import asked_of
from models.rollcalls.queries.board import board_of, words_of
from models.rollcalls.tables import AnswerRow, RoundRow
from models.rollcalls.views import AskView, Board

ASKED_WITHIN = timedelta(days=1)
"""For how long words of somebody silent may be meant as an answer to a roll-call."""

LATEST = 5
"""Roll-calls that the desk is offered."""


async def ask_view(session: Session, reader_id: int, broadcast_id: int) -> AskView | None:
    """Give what somebody is asked, of themselves and of those they speak for; None of nobody."""
    broadcast = await session.get(BroadcastRow, broadcast_id)
    rounds = await session.get(RoundRow, broadcast_id)
    reader = await person_by_id(session, reader_id)
    if broadcast is None or rounds is None or reader is None:
        return None
    return AskView(
        broadcast_id=broadcast.id,
        drill=is_drill(broadcast),
        words=words_of(broadcast, reader.language),
        over=is_over(broadcast, rounds),
        asked=await asked_of(session, broadcast_id, reader_id),
    )


async def unanswered(session: Session, person: Person, now: datetime) -> AskView | None:
    """Give the newest roll-call of a day that somebody was asked in and has said nothing to."""
    asked = (
        select(RecipientRow.broadcast_id)
        .join(RoundRow, RoundRow.broadcast_id == RecipientRow.broadcast_id)
        .join(BroadcastRow, BroadcastRow.id == RecipientRow.broadcast_id)
        .outerjoin(
            AnswerRow,
            (AnswerRow.broadcast_id == RecipientRow.broadcast_id)
            & (AnswerRow.person_id == RecipientRow.person_id),
        )
        .where(
            RecipientRow.reader_id == person.id,
            RecipientRow.person_id == person.id,
            RoundRow.ended_at.is_(None),
            BroadcastRow.started_at > now - ASKED_WITHIN,
            AnswerRow.person_id.is_(None),
        )
        .order_by(RecipientRow.broadcast_id.desc())
        .limit(1)
    )
    broadcast_id = await session.scalar(asked)
    view = None if broadcast_id is None else await ask_view(session, person.id, broadcast_id)
    return None if view is None or view.over else view


async def latest_boards(session: Session, actor: Person) -> list[Board]:
    """List the boards of the latest roll-calls that somebody may see, the newest first."""
    rows = await session.scalars(
        select(RoundRow.broadcast_id).order_by(RoundRow.broadcast_id.desc()).limit(4 * LATEST)
    )
    boards = [await board_of(session, actor, broadcast_id) for broadcast_id in rows.all()]
    return [board for board in boards if isinstance(board, Board)][:LATEST]
