"""Showing somebody their own page as a volunteer, or the invitation to become one."""

from datetime import datetime

from handlers.screen import Screen
from handlers.volunteers import screens
from models.database import Session
from models.help.queries.fitting import profile
from models.places.queries import lines_of
from models.volunteers.rules import State


async def own_page(
    session: Session, person_id: int, language: str, now: datetime, above: str = ""
) -> Screen:
    """Return the page as things stand now, with `above` on top."""
    volunteer = await profile(session, person_id, now=now)
    if volunteer is None or volunteer.state in {State.REFUSED, State.LEFT}:
        return screens.invitation_screen(volunteer, above)
    served = await lines_of(session, volunteer.offered.places)
    places = [line.short(language) for line in served.values()]
    return screens.volunteer_screen(volunteer, places, above)
