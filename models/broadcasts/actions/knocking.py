"""Looking at the door of somebody whom a broadcast did not reach."""

from datetime import datetime

from models.broadcasts.queries.report import missed, readers_hats
from models.broadcasts.report_views import Door
from models.broadcasts.rules.outcomes import Outcome
from models.database import Session
from models.people.actions.personal import look
from models.people.rules import Field
from models.people.views import Denied, Person

LOOKED_AT = (Field.DOOR, Field.PHONE)


async def look_at_door(
    session: Session, actor: Person, broadcast_id: int, person_id: int, *, now: datetime
) -> Door | Outcome:
    """Open door and phone of one recipient who was not reached, for whoever may look at them.

    The look is written down, and whoever lives there is shown it, as any other.
    """
    hats = await readers_hats(session, actor, broadcast_id, now=now)
    if isinstance(hats, Outcome):
        return hats
    line = await missed(session, broadcast_id, person_id)
    if line is None:
        return Outcome.TOO_LATE
    seen = await look(session, actor, person_id, LOOKED_AT, now=now)
    return Outcome.NOT_ALLOWED if isinstance(seen, Denied) else Door(line, seen)
