"""Whom the parts of an invitation come to, as people with an account of their own.

Somebody without Telegram is told of by whoever speaks for them 代办人: that one is the guest.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased

from models.database import Session
from models.meetings.rules.notices import GuestGroup
from models.outbox.readers import readers_by_person
from models.people.desk import DESK_ROLES
from models.people.rules import Role
from models.people.tables import GrantRow, PersonRow
from models.places.rules import ancestors, covers
from models.places.tables import PlaceRow
from models.proposals.rules.states import State as ProposalState
from models.proposals.tables import ProposalRow

CHOICES = 60
"""Proposals offered for an agenda: five pages of buttons."""

_home, _granted = aliased(PlaceRow), aliased(PlaceRow)


async def invitees(
    session: Session, path: str, parts: Iterable[GuestGroup], building: str | None
) -> set[int]:
    """List everybody of some parts of the community at a path; `building` is the path of one."""
    found: set[int] = set()
    for part in parts:
        if part is GuestGroup.MEMBERS:
            found |= await members_of(session, path)
        elif part is GuestGroup.STAFF:
            found |= await staff_of(session, path)
        elif building is not None and covers(path, building):
            found |= await _ids(session, _living_at(building))
    return found


async def members_of(session: Session, path: str) -> set[int]:
    """List the party members of a community: of its branch, or of a wider one, living here."""
    here = _granted.path.startswith(path)
    wider = _granted.id.in_(ancestors(path)) & _home.path.startswith(path)
    return await _ids(session, _granted_people([Role.PARTY_MEMBER], or_(here, wider)))


async def staff_of(session: Session, path: str) -> set[int]:
    """List the staff and secretaries whose role is for the community or a part of it."""
    roles = [role for role in DESK_ROLES if role is not Role.ADMIN]
    return await _ids(session, _granted_people(roles, _granted.path.startswith(path)))


async def with_account(session: Session, person_ids: Iterable[int]) -> set[int]:
    """Turn people into those who can be written to: themselves, or who speaks for them."""
    readers = await readers_by_person(session, person_ids)
    return {reader.person_id for reader in readers.values()}


async def agenda_choices(session: Session, proposal_id: int) -> list[tuple[int, int, str]]:
    """List (id, number, title) of what else is deliberated in the community of a proposal."""
    proposal = await session.get(ProposalRow, proposal_id)
    if proposal is None:
        return []
    rows = await session.execute(
        select(ProposalRow.id, ProposalRow.number, ProposalRow.title)
        .where(
            ProposalRow.community_id == proposal.community_id,
            ProposalRow.state == ProposalState.DELIBERATION,
            ProposalRow.id != proposal_id,
        )
        .order_by(ProposalRow.changed_at, ProposalRow.id)
        .limit(CHOICES)
    )
    return [(row[0], row[1], row[2]) for row in rows.all()]


async def buildings_around(session: Session, proposal_id: int) -> list[tuple[int, str, str]]:
    """List (id, name, English name) of where people live in the community of a proposal."""
    proposal = await session.get(ProposalRow, proposal_id)
    if proposal is None:
        return []
    path = (await session.get_one(PlaceRow, proposal.community_id)).path
    lived_in = select(PersonRow.place_id).where(
        PersonRow.consent_version.is_not(None), PersonRow.left_at.is_(None)
    )
    rows = await session.execute(
        select(PlaceRow.id, PlaceRow.name, PlaceRow.name_en)
        .where(PlaceRow.path.startswith(path), PlaceRow.id.in_(lived_in))
        .order_by(PlaceRow.path)
    )
    return [(row[0], row[1], row[2] or row[1]) for row in rows.all()]


def _living_at(path: str) -> Select[int]:
    return (
        select(PersonRow.id)
        .join(_home, _home.id == PersonRow.place_id)
        .where(_home.path.startswith(path), PersonRow.left_at.is_(None))
    )


def _granted_people(roles: Sequence[Role], where: ColumnElement[bool]) -> Select[int]:
    return (
        select(PersonRow.id)
        .join(GrantRow, GrantRow.person_id == PersonRow.id)
        .join(_granted, _granted.id == GrantRow.place_id)
        .outerjoin(_home, _home.id == PersonRow.place_id)
        .where(
            GrantRow.role.in_(roles),
            GrantRow.revoked_at.is_(None),
            PersonRow.left_at.is_(None),
            where,
        )
    )


async def _ids(session: Session, people: Select[int]) -> set[int]:
    return set(await session.scalars(people))
