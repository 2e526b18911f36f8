"""Who works at the desk of a place."""

from sqlalchemy import Select, case, func, select

from models.database import Session
from models.help.rules import UNENDED
from models.help.tables import RequestRow
from models.people.rules import RIGHTS, Right, Role
from models.people.tables import GrantRow, PersonRow
from models.places.rules import ancestors
from models.places.tables import PlaceRow

DESK_ROLES = [role for role in Role if Right.WORK_DESK in RIGHTS[role]]
"""Roles that work at a desk, those nearest to the residents first."""


def desk_people(path: str) -> Select[int, str, int]:
    """Select (id, name, unended requests owned) of everybody at the desk of a place.

    Staff come before secretaries and admins, then the least loaded, then those granted nearest.
    """
    carried = (
        select(func.count())
        .where(RequestRow.owner_id == PersonRow.id, RequestRow.state.in_(list(UNENDED)))
        .correlate(PersonRow)
        .scalar_subquery()
    )
    rank = case({role: number for number, role in enumerate(DESK_ROLES)}, value=GrantRow.role)
    return (
        select(PersonRow.id, PersonRow.name, carried.label("carried"))
        .join(GrantRow, GrantRow.person_id == PersonRow.id)
        .join(PlaceRow, PlaceRow.id == GrantRow.place_id)
        .where(
            GrantRow.place_id.in_(ancestors(path)),
            GrantRow.role.in_(DESK_ROLES),
            GrantRow.revoked_at.is_(None),
            PersonRow.left_at.is_(None),
        )
        .group_by(PersonRow.id, PersonRow.name)
        .order_by(func.min(rank), carried, func.max(func.length(PlaceRow.path)).desc())
        .order_by(PersonRow.id)
    )


async def works_at(session: Session, person_id: int, path: str) -> bool:
    """Tell whether somebody works at the desk of a place."""
    found = await session.scalar(
        select(GrantRow.id)
        .join(PersonRow, PersonRow.id == GrantRow.person_id)
        .where(
            GrantRow.person_id == person_id,
            GrantRow.place_id.in_(ancestors(path)),
            GrantRow.role.in_(DESK_ROLES),
            GrantRow.revoked_at.is_(None),
            PersonRow.left_at.is_(None),
        )
        .limit(1)
    )
    return found is not None
