"""Who works at the desk of a place: whoever holds a role there, or above, that may."""

from collections.abc import Iterable
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, case, select

from models.database import Session
from models.people.rules import RIGHTS, Right, Role
from models.people.tables import GrantRow, PersonRow
from models.places.rules import ancestors
from models.places.tables import PlaceRow

Columns = TypeVarTuple("Columns")


DESK_ROLES = [role for role in Role if Right.WORK_DESK in RIGHTS[role]]
"""Roles that work at a desk, those nearest to the residents first."""


async def works_at(session: Session, person_id: int, path: str) -> bool:
    """Return whether somebody works at the desk of a place."""
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


async def desks_over(session: Session, paths: Iterable[str]) -> list[int]:
    """List who works at the desk of any of some places (person ids)."""
    steps = {step for path in paths for step in ancestors(path)}
    found = await session.scalars(
        select(GrantRow.person_id)
        .where(
            GrantRow.place_id.in_(steps),
            GrantRow.role.in_(DESK_ROLES),
            GrantRow.revoked_at.is_(None),
        )
        .distinct()
    )
    return sorted(found)


def at_desk(people: Select[*Columns], path: str) -> Select[*Columns]:
    """Keep of selected people those at the desk of a place; one row for each role they hold."""
    return (
        people.join(GrantRow, GrantRow.person_id == PersonRow.id)
        .join(PlaceRow, PlaceRow.id == GrantRow.place_id)
        .where(
            GrantRow.place_id.in_(ancestors(path)),
            GrantRow.role.in_(DESK_ROLES),
            GrantRow.revoked_at.is_(None),
            PersonRow.left_at.is_(None),
        )
    )


def tier() -> ColumnElement[int]:
    """Rank the role of a row: staff come before secretaries and admins."""
    return case({role: number for number, role in enumerate(DESK_ROLES)}, value=GrantRow.role)
