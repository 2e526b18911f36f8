"""Which roll-calls there are, and what a reader of a notice is told."""

from sqlalchemy import select

from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.people.queries import person_by_id
from models.people.views import Person
from models.rollcalls.actions.rows import is_drill, is_over
from models.rollcalls.queries.asked import asked_of
from models.rollcalls.queries.board import board_of, words_of
from models.rollcalls.tables import RoundRow
from models.rollcalls.views import AskView, Board

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


async def latest_boards(session: Session, actor: Person) -> list[Board]:
    """List the boards of the latest roll-calls that somebody may see, the newest first."""
    rows = await session.scalars(
        select(RoundRow.broadcast_id).order_by(RoundRow.broadcast_id.desc()).limit(4 * LATEST)
    )
    boards = [await board_of(session, actor, broadcast_id) for broadcast_id in rows.all()]
    return [board for board in boards if isinstance(board, Board)][:LATEST]
