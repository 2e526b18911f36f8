"""Setting the hours of a desk."""

from datetime import datetime

from sqlalchemy import delete, update

from models.audit.actions import deny
from models.database import Session, insert_once
from models.hours.rules.desk import DeskHours
from models.hours.rules.writing import HoursSet, written
from models.hours.tables import DeskHoursRow
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow

SUBJECT = "hours"
"""What the audit book calls desk hours; the subject's id is the place."""


async def set_hours(
    session: Session, actor: Person, place_id: int, hours: DeskHours, *, now: datetime
) -> HoursSet:
    """Let a place have its own hours, for itself and all below (SET); asks for SUPERVISE there.

    Promises made before keep what they have counted; what is set from now on goes by these.
    """
    if refusal := await _refusal(session, actor, place_id, "set", now):
        return refusal
    values = {"week": written(hours), "set_by": actor.id, "set_at": now}
    if not await insert_once(session, DeskHoursRow, {"place_id": place_id, **values}):
        standing = DeskHoursRow.place_id == place_id
        await session.execute(update(DeskHoursRow).where(standing).values(values))
    return HoursSet.SET


async def clear_hours(session: Session, actor: Person, place_id: int, *, now: datetime) -> HoursSet:
    """Let a place have the hours of what stands above it again (CLEARED)."""
    if refusal := await _refusal(session, actor, place_id, "clear", now):
        return refusal
    await session.execute(delete(DeskHoursRow).where(DeskHoursRow.place_id == place_id))
    return HoursSet.CLEARED


async def _refusal(
    session: Session, actor: Person, place_id: int, what: str, now: datetime
) -> HoursSet | None:
    place = await session.get(PlaceRow, place_id)
    if place is None:
        return HoursSet.NO_SUCH_PLACE
    if actor.may(Right.SUPERVISE, place.path):
        return None
    await deny(session, actor.id, SUBJECT, now=now, subject_id=place_id, detail={"tried": what})
    return HoursSet.NOT_ALLOWED
