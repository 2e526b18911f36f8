"""Adding where somebody is to the emergency that their answer filed."""

from datetime import datetime, timedelta

from sqlalchemy import select

from models.database import Session
from models.help.actions.speaking import speak
from models.help.rules.outcomes import DeskOutcome
from models.help.rules.states import UNENDED
from models.help.tables import RequestRow
from models.media import Media, MediaKind
from models.people.views import Person
from models.rollcalls.rules.kinds import Answer
from models.rollcalls.tables import AnswerRow

ASKED_FOR = timedelta(hours=1)
"""How long after 'I need help' a location that is sent belongs to it."""


async def needs_location(session: Session, person: Person, now: datetime) -> int | None:
    """Give the open emergency of somebody's own answer within ASKED_FOR; None without one."""
    return await session.scalar(
        select(RequestRow.id)
        .join(AnswerRow, AnswerRow.request_id == RequestRow.id)
        .where(
            AnswerRow.person_id == person.id,
            AnswerRow.answered_by == person.id,
            AnswerRow.answer == Answer.NEED_HELP,
            AnswerRow.answered_at > now - ASKED_FOR,
            RequestRow.state.in_(list(UNENDED)),
        )
        .order_by(AnswerRow.answered_at.desc())
        .limit(1)
    )


async def add_location(
    session: Session, person: Person, latitude: float, longitude: float, *, now: datetime
) -> DeskOutcome:
    """Add where somebody is to their emergency; MISSING where they have none that waits for it."""
    request_id = await needs_location(session, person, now)
    if request_id is None:
        return DeskOutcome.MISSING
    spot = Media(MediaKind.LOCATION, latitude=latitude, longitude=longitude)
    return await speak(session, person, request_id, media=[spot], now=now)
