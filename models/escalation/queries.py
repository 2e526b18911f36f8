"""Who stands on each level at a place."""

from sqlalchemy import select

from models.database import Session
from models.escalation.rules import Level, RoleInReach, on_rung
from models.people.rules import Role
from models.people.tables import GrantRow, PersonRow
from models.places.rules import ancestors


async def people_at_level(session: Session, path: str, rung: Level) -> list[int]:
    """List who is told on a rung at the place with `path`; people who left are not among them.

    Empty where no secretary and no admin reaches the place, and for OWNER, who is the request's.
    """
    return on_rung(rung, await standing_at(session, path))


async def standing_at(session: Session, path: str) -> list[RoleInReach]:
    """List the secretaries and admins whose role reaches the place with `path`.

    Who cannot be reached is not among them: a rung that hears nothing would end the climb.
    """
    steps = ancestors(path)
    rows = await session.execute(
        select(GrantRow.person_id, GrantRow.role, GrantRow.place_id)
        .join(PersonRow, PersonRow.id == GrantRow.person_id)
        .where(
            GrantRow.place_id.in_(steps),
            GrantRow.role.in_([Role.SECRETARY, Role.ADMIN]),
            GrantRow.revoked_at.is_(None),
            PersonRow.left_at.is_(None),
            PersonRow.unreachable_at.is_(None),
        )
    )
    return [RoleInReach(row[0], Role(row[1]), steps.index(row[2])) for row in rows.all()]
