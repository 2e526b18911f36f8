"""Who works at the desk of a place."""

from typing import TypeVarTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, select

from models.database import Session
from models.help.rules.states import UNENDED
from models.help.tables import RequestRow
from models.people.rules import RIGHTS, Right, Role
from models.people.tables import GrantRow, PersonRow
from models.places.rules import ancestors
from models.places.tables import PlaceRow

Columns = TypeVarTuple("Columns")

DESK_ROLES = [role for role in Role if Right.WORK_DESK in RIGHTS[role]]
"""Roles that work at a desk, those nearest to the residents first."""


def desk_people(path: str) -> Select[int, str, int]:
    """Select (id, name, unended requests owned) of everybody at the desk of a place.

    Staff come before secretaries and admins, then the least loaded, then those granted nearest.
    """
    return (
        _at_desk(select(PersonRow.id, PersonRow.name, _carried().label("carried")), path)
        .group_by(PersonRow.id, PersonRow.name)
        .order_by(func.min(_tier()), _carried(), func.max(func.length(PlaceRow.path)).desc())
        .order_by(PersonRow.id)
    )


def longest_idle(path: str) -> Select[int]:
    """Select the ids of everybody at the desk of a place, whoever is to own the next request first.

    Who cannot be reached comes last. Staff come before secretaries and admins, then those granted
    nearest, then who was given a request longest ago, before all who never was.
    """
    last = (
        select(func.max(RequestRow.owned_at))
        .where(RequestRow.owner_id == PersonRow.id)
        .correlate(PersonRow)
        .scalar_subquery()
    )
    nearest = func.max(func.length(PlaceRow.path))
    return (
        _at_desk(select(PersonRow.id), path)
        .group_by(PersonRow.id)
        .order_by(PersonRow.unreachable_at.is_not(None), func.min(_tier()), nearest.desc())
        .order_by(last.is_not(None), last, _carried(), PersonRow.id)
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


def _at_desk(people: Select[*Columns], path: str) -> Select[*Columns]:
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


def _carried() -> ScalarSelect[int]:
    """Count the unended requests that a person owns."""
    return (
        select(func.count())
        .where(RequestRow.owner_id == PersonRow.id, RequestRow.state.in_(list(UNENDED)))
        .correlate(PersonRow)
        .scalar_subquery()
    )


def _tier() -> ColumnElement[int]:
    return case({role: number for number, role in enumerate(DESK_ROLES)}, value=GrantRow.role)
