"""Setting the duty roster, and the hours of a desk."""

from datetime import datetime

from sqlalchemy import delete, update

from models.audit.actions import deny
from models.database import Session, insert_once
from models.duty.rules import WEEK, DutySet
from models.duty.tables import DutyRow
from models.hours.rules.desk import DeskHours
from models.hours.rules.desk_hours_text import HoursSet, written
from models.hours.tables import DeskHoursRow
from models.people.desk import works_at
from models.people.hanging import PlaceHooks, count_below
from models.people.rules import Right
from models.people.ties import LeaveHooks
from models.people.views import Person
from models.places.tables import PlaceRow

SUBJECT, HOURS = "duty", "hours"
"""What the audit book calls roster and desk hours; the subject's id is the place."""


async def set_duty(
    session: Session,
    actor: Person,
    place_id: int,
    weekday: int,
    person_id: int | None,
    *,
    now: datetime,
) -> DutySet:
    """Put somebody of the place's desk on duty on a day of the week (SET), or nobody (CLEARED).

    Asks for SUPERVISE at the place. Requests filed on that day from now on are theirs first.
    """
    place = await session.get(PlaceRow, place_id)
    if place is None:
        return DutySet.NO_SUCH_PLACE
    if not actor.may(Right.SUPERVISE, place.path):
        await deny(session, actor.id, SUBJECT, now=now, subject_id=place_id)
        return DutySet.NOT_ALLOWED
    if weekday not in WEEK:
        return DutySet.BAD_DAY
    standing = (DutyRow.place_id == place_id, DutyRow.weekday == weekday)
    if person_id is None:
        await session.execute(delete(DutyRow).where(*standing))
        return DutySet.CLEARED
    if not await works_at(session, person_id, place.path):
        return DutySet.NOT_STAFF
    values = {"person_id": person_id, "set_by": actor.id, "set_at": now}
    key = {"place_id": place_id, "weekday": weekday}
    if not await insert_once(session, DutyRow, key | values):
        await session.execute(update(DutyRow).where(*standing).values(values))
    return DutySet.SET


async def set_hours(
    session: Session, actor: Person, place_id: int, hours: DeskHours, *, now: datetime
) -> HoursSet:
    """Let a place have its own hours, for itself and all below (SET); asks for SUPERVISE there.

    Promises made before keep what they have counted; what is set from now on goes by these.
    """
    if refusal := await _hours_refusal(session, actor, place_id, "set", now):
        return refusal
    values = {"week": written(hours), "set_by": actor.id, "set_at": now}
    if not await insert_once(session, DeskHoursRow, {"place_id": place_id, **values}):
        standing = DeskHoursRow.place_id == place_id
        await session.execute(update(DeskHoursRow).where(standing).values(values))
    return HoursSet.SET


async def clear_hours(session: Session, actor: Person, place_id: int, *, now: datetime) -> HoursSet:
    """Let a place have the hours of what stands above it again (CLEARED)."""
    if refusal := await _hours_refusal(session, actor, place_id, "clear", now):
        return refusal
    await session.execute(delete(DeskHoursRow).where(DeskHoursRow.place_id == place_id))
    return HoursSet.CLEARED


async def _hours_refusal(
    session: Session, actor: Person, place_id: int, what: str, now: datetime
) -> HoursSet | None:
    place = await session.get(PlaceRow, place_id)
    if place is None:
        return HoursSet.NO_SUCH_PLACE
    if actor.may(Right.SUPERVISE, place.path):
        return None
    await deny(session, actor.id, HOURS, now=now, subject_id=place_id, detail={"tried": what})
    return HoursSet.NOT_ALLOWED


async def let_go(session: Session, person_id: int, _now: datetime) -> None:
    """Take somebody who leaves off every roster."""
    await session.execute(delete(DutyRow).where(DutyRow.person_id == person_id))


async def _days(session: Session, path: str) -> int:
    return await count_below(session, DutyRow.place_id, path)


async def _clear_place(session: Session, _actor: Person, place_id: int, _now: datetime) -> None:
    await session.execute(delete(DutyRow).where(DutyRow.place_id == place_id))


LEAVE_HOOKS = LeaveHooks(let_go)
PLACE_HOOKS = PlaceHooks(_days, end=_clear_place)
