"""Reading volunteers: one's own offer, applications, candidates for a request."""

from datetime import datetime

from models.database import Session
from models.people.views import Person
from models.volunteers.views import Application, Volunteer


async def profile(session: Session, person_id: int, *, now: datetime) -> Volunteer | None:
    """Show somebody's offer and where it stands; None for whoever never signed up."""
    raise NotImplementedError


async def application(session: Session, person_id: int) -> Application | None:
    """Show one application as it is now, whatever was decided; None if there never was one."""
    raise NotImplementedError


async def applications(session: Session, actor: Person, *, limit: int = 20) -> list[Application]:
    """List what waits for the actor's approval, oldest first; empty without the right."""
    raise NotImplementedError
