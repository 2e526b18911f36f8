"""Who is near somebody: told before the desk is."""

from sqlalchemy import select

from models.care.records import visitors_of
from models.database import Session
from models.people.rules import Role
from models.people.tables import GrantRow, PersonRow
from models.places.rules import ancestors

__all__ = ["leaders_of", "visitors_of"]


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
