"""Pushes about roles."""

from handlers.notices import renders
from handlers.people import screens
from handlers.screen import Pointless, Screen
from models.database import Session
from models.outbox.views import Notice
from models.people.queries import find_grant
from models.places.queries import line_of
from models.roles.actions.granting import Notice as Kind


@renders(Kind.GRANTED)
async def role_given(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell somebody of a new role, unless it has been taken back by now."""
    grant = await find_grant(session, notice.subject_id)
    place = await line_of(session, grant.place_id) if grant else None
    if grant is None or place is None:
        return Pointless("the role no longer stands")
    return screens.granted(grant.role, place)


@renders(Kind.REVOKED)
async def role_ended(session: Session, notice: Notice) -> Screen | Pointless:
    """Tell somebody that a role has ended."""
    grant = await find_grant(session, notice.subject_id, revoked=True)
    place = await line_of(session, grant.place_id) if grant else None
    if grant is None or place is None:
        return Pointless("the role is not known")
    return screens.revoked(grant.role, place)
