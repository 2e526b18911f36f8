"""Who is near somebody: told before the desk is."""

from sqlalchemy import select, union

from models.care.records import visitors_of
from models.circle.rules import STANDING
from models.circle.tables import CircleRow
from models.database import Session
from models.names.views import Who
from models.people.rules import Role
from models.people.tables import GrantRow, PersonRow
from models.places.rules import ancestors

__all__ = ["known_to", "leaders_of", "visitors_of"]


async def leaders_of(session: Session, path: str) -> list[int]:
    """List the leaders of the building at a path, or of what is around it where it has none.

    Who has left, or cannot be reached, is not among them.
    """
    steps = ancestors(path)
    rows = await session.execute(
        select(GrantRow.person_id, GrantRow.place_id)
        .join(PersonRow, PersonRow.id == GrantRow.person_id)
        .where(
            GrantRow.role == Role.LEADER,
            GrantRow.place_id.in_(steps),
            GrantRow.revoked_at.is_(None),
            PersonRow.left_at.is_(None),
            PersonRow.unreachable_at.is_(None),
        )
        .order_by(GrantRow.person_id)
    )
    found: dict[int, list[int]] = {}
    for person_id, place_id in rows.all():
        found.setdefault(steps.index(place_id), []).append(person_id)
    return found[max(found)] if found else []


async def known_to(session: Session, person_id: int) -> list[Who]:
    """List by name whom somebody knows here: whoever visits them, whom they speak for, and who
    speaks for them.

    Those whom the bot cannot reach, and those of their circle already, are left out.
    """
    visitors = await visitors_of(session, person_id)
    in_it = select(CircleRow.member_id).where(
        CircleRow.person_id == person_id,
        CircleRow.state.in_(list(STANDING)),
        CircleRow.member_id.is_not(None),
    )
    proxy = select(PersonRow.proxy_id).where(PersonRow.id == person_id)
    known = union(  # of an OR with a query in it PostgreSQL would go through everybody
        select(PersonRow.id).where(PersonRow.id.in_(visitors)),
        select(PersonRow.id).where(PersonRow.id.in_(proxy)),
        select(PersonRow.id).where(PersonRow.proxy_id == person_id),
    )
    rows = await session.execute(
        select(PersonRow.id, PersonRow.name)
        .where(
            PersonRow.id.in_(known),
            PersonRow.telegram_id.is_not(None),
            PersonRow.left_at.is_(None),
            PersonRow.id.not_in(in_it),
        )
        .order_by(PersonRow.name, PersonRow.id)
    )
    return [Who(row.id, row.name) for row in rows.all()]
