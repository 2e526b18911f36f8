"""Rendering the notices of volunteers from the state of the moment."""

from handlers.desk.screens.board import applicant_screen
from handlers.i18n import current_language
from handlers.notices import renders
from handlers.screen import Pointless, Screen
from handlers.volunteers import screens
from models.database import Session
from models.help.queries.fitting import profile
from models.outbox.views import Notice
from models.people.queries import person_by_id
from models.places.queries import lines_of
from models.volunteers.actions import may_decide
from models.volunteers.queries import application
from models.volunteers.rules import STANDING, State
from models.volunteers.rules import Notice as Kind


@renders(Kind.APPLIED)
async def applied(session: Session, notice: Notice) -> Screen | Pointless:
    """Ask staff to decide about an application, or show what was decided."""
    found = await application(session, notice.subject_id)
    if found is None:
        return Pointless("the application is no more")
    reader = await person_by_id(session, notice.recipient_id)
    if reader is None or not await may_decide(session, reader, found.person_id):
        return Pointless("it is not the reader's to decide any more")
    wanted = {*found.offered.places, *([found.place_id] if found.place_id else [])}
    lines = await lines_of(session, wanted)
    names = {place_id: line.short(current_language()) for place_id, line in lines.items()}
    return applicant_screen(found, names, notice.now)


@renders(Kind.APPROVED)
async def approved(session: Session, notice: Notice) -> Screen | Pointless:
    """Welcome a new volunteer."""
    known = await profile(session, notice.recipient_id, now=notice.now)
    if known is None or known.state not in STANDING:
        return Pointless("not a volunteer any more")
    return screens.approved_screen()


@renders(Kind.REFUSED)
async def refused(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell an applicant that it was not accepted."""
    known = await profile(session, notice.recipient_id, now=notice.now)
    if known is None or known.state is not State.REFUSED:
        return Pointless("decided anew since")
    return screens.refused_screen(known.reason)
