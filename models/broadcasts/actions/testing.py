"""Sending a draft to oneself alone."""

from datetime import datetime

from models.broadcasts.actions.going import held
from models.broadcasts.actions.showing import show_copies
from models.broadcasts.rules.outcomes import Outcome
from models.broadcasts.rules.states import Move
from models.database import Session
from models.outbox.rules import Lane
from models.people.views import Person


async def test(session: Session, actor: Person, broadcast_id: int, *, now: datetime) -> Outcome:
    """Send its author a copy in each language, unmistakably a test."""
    row = await held(session, actor, broadcast_id, Move.TEST, now=now)
    if isinstance(row, Outcome):
        return row
    await show_copies(session, row, [actor.id], now, lane=Lane.ANSWER)
    return Outcome.TESTED
