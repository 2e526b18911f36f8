"""What becomes of homes and roles when the place they belong to changes its shape."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.people.hanging import PlaceHooks, count_below
from models.people.queries import grants_at
from models.people.tables import GrantRow, PersonRow
from models.people.views import Person
from models.roles.actions.granting import Notice, strike, tell_grant


async def _living(session: Session, path: str) -> int:
    return await count_below(session, PersonRow.place_id, path, PersonRow.left_at.is_(None))


async def _roles(session: Session, path: str) -> int:
    return await count_below(session, GrantRow.place_id, path, GrantRow.revoked_at.is_(None))


async def _end_roles(session: Session, actor: Person, place_id: int, now: datetime) -> None:
    """Take all roles at a place back, and tell those who held them."""
    for grant in await grants_at(session, place_id):
        if await strike(session, grant, by=actor, now=now) and grant.person_id != actor.id:
            await tell_grant(session, Notice.REVOKED, grant.id, grant.person_id, now)


async def _unite_roles(
    session: Session, actor: Person, pair: tuple[int, int], now: datetime
) -> None:
    """End what somebody holds at both of two places that become one; the other grant stays."""
    found = await session.execute(
        select(GrantRow.person_id, GrantRow.role).where(
            GrantRow.place_id == pair[1], GrantRow.revoked_at.is_(None)
        )
    )
    there = {(person_id, role) for person_id, role in found.all()}
    for grant in await grants_at(session, pair[0]):
        if (grant.person_id, grant.role) in there:
            await strike(session, grant, by=actor, now=now)


PEOPLE = PlaceHooks(_living)
ROLES = PlaceHooks(_roles, end=_end_roles, carry=_unite_roles)
