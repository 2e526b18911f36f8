"""Calling up those who said that they can help."""

from datetime import datetime

from sqlalchemy import func, select

from models.audit.actions import deny
from models.broadcasts.actions.rows import hats_of
from models.database import Session
from models.outbox.crowd import notify_crowd
from models.people.tables import PersonRow
from models.people.views import Person
from models.rollcalls.actions.ending import LEADING
from models.rollcalls.actions.rows import SUBJECT, is_over, lane_of, locked
from models.rollcalls.queries.silent import helpers
from models.rollcalls.rules.kinds import Notice
from models.rollcalls.rules.outcomes import Calling
from models.rollcalls.rules.rounds import COME_LENGTH
from models.text import clean_line


async def call_up(
    session: Session, actor: Person, broadcast_id: int, words: str, *, token: str, now: datetime
) -> tuple[Calling, int]:
    """Ask everybody who can help to come, in the words of whoever leads; give how many that are.

    The same `token` asks each once.
    """
    found = await locked(session, broadcast_id)
    if found is None:
        return Calling.MISSING, 0
    broadcast, rounds = found
    if not LEADING & await hats_of(session, actor, broadcast):
        await deny(session, actor.id, SUBJECT, now=now, subject_id=broadcast.id)
        return Calling.NOT_ALLOWED, 0
    said = clean_line(words, COME_LENGTH)
    if is_over(broadcast, rounds) or not said:
        return (Calling.OVER if said else Calling.EMPTY), 0
    reached = select(PersonRow.id).where(
        PersonRow.id.in_(helpers(broadcast.id)),
        PersonRow.telegram_id.is_not(None),
        PersonRow.left_at.is_(None),
        PersonRow.unreachable_at.is_(None),
    )
    count = await session.scalar(select(func.count()).select_from(reached.subquery())) or 0
    if count == 0:
        return Calling.NOBODY, 0
    await notify_crowd(
        session,
        reached,
        kind=Notice.COME,
        subject_id=broadcast.id,
        now=now,
        lane=lane_of(broadcast),
        detail={"words": said, "by": actor.id},
        name=token,
    )
    return Calling.CALLED, count
