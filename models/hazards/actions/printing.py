"""Hazards as a file."""

from datetime import datetime

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.database import Session
from models.hazards.queries import hazards_for_file
from models.hazards.records import HAZARDS
from models.hazards.rules import EVERYWHERE, HazardsAt
from models.hazards.views import HazardLine
from models.people.rules import Right
from models.people.views import Person
from models.records.rules import Refusal


async def hazards_to_print(
    session: Session, actor: Person, at: HazardsAt = EVERYWHERE, *, now: datetime
) -> list[HazardLine] | Refusal:
    """Return the hazards of the actor's places for a file; that it was made is on record."""
    if not actor.may_anywhere(Right.WORK_DESK):
        await deny(session, actor.id, HAZARDS.name, now=now, detail={"tried": "file"})
        return Refusal.NOT_ALLOWED
    lines = await hazards_for_file(session, actor, now=now, at=at)
    detail = {"sheet": HAZARDS.name, "rows": len(lines)}
    await record(
        session,
        AuditAct.SHEET_MADE,
        now=now,
        actor_id=actor.id,
        subject=HAZARDS.name,
        detail=detail,
    )
    return lines
