"""Who leads a roll-call, and who answers for the buildings."""

from collections.abc import Sequence

from sqlalchemy import select

from models.broadcasts.tables import BroadcastRow
from models.database import Session
from models.escalation.queries import standing_at
from models.people.rules import Role
from models.people.tables import GrantRow, PersonRow
from models.places.rules import ancestors
from models.places.tables import PlaceRow
from models.rollcalls.rules.rounds import nearest

LOWEST_FIRST = (Role.STAFF, Role.SECRETARY, Role.ADMIN)
"""Whoever works at a building is nearer to it than who stands above."""


async def keepers_of(session: Session, broadcast: BroadcastRow) -> list[int]:
    """List who has the live board: the author, who approved it, and who answers for its place."""
    place = await session.get_one(PlaceRow, broadcast.place_id)
    above = {one.person_id for one in await standing_at(session, place.path)}
    parties = {broadcast.author_id, broadcast.approved_by} - {None}
    return sorted({*above, *(each for each in parties if each is not None)})


async def leaders_of(session: Session, place_ids: Sequence[int]) -> dict[int, list[int]]:
    """Give, for each person who answers for any of these buildings, which of them are theirs.

    It is the staff nearest above a building; where it has none, the secretaries, then the admins.
    Who cannot be reached is passed over: a list that nobody reads finds nobody.
    """
    rows = await session.execute(
        select(PlaceRow.id, PlaceRow.path).where(PlaceRow.id.in_(list(place_ids)))
    )
    steps = {row.id: ancestors(row.path)[::-1] for row in rows.all()}
    held = await _held(session, sorted({step for each in steps.values() for step in each}))
    theirs: dict[int, list[int]] = {}
    for place_id in sorted(steps):
        choices = (nearest(steps[place_id], held.get(role, {})) for role in LOWEST_FIRST)
        for person_id in next((found for found in choices if found), []):
            theirs.setdefault(person_id, []).append(place_id)
    return theirs


async def _held(session: Session, place_ids: list[int]) -> dict[Role, dict[int, list[int]]]:
    """Give who holds which role at which of these places."""
    rows = await session.execute(
        select(GrantRow.role, GrantRow.place_id, GrantRow.person_id)
        .join(PersonRow, PersonRow.id == GrantRow.person_id)
        .where(
            GrantRow.place_id.in_(place_ids),
            GrantRow.role.in_(list(LOWEST_FIRST)),
            GrantRow.revoked_at.is_(None),
            PersonRow.left_at.is_(None),
            PersonRow.unreachable_at.is_(None),
            PersonRow.telegram_id.is_not(None),
        )
        .order_by(GrantRow.person_id)
    )
    held: dict[Role, dict[int, list[int]]] = {}
    for role, place_id, person_id in rows.all():
        held.setdefault(Role(role), {}).setdefault(place_id, []).append(person_id)
    return held
