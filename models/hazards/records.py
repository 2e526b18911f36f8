"""What a hazard is to whom, and how it is held: behind its request, as its order is."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.hazards.notices import Notice
from models.hazards.rules import LIFECYCLE, HazardRelation
from models.hazards.tables import HazardRow
from models.help import hooks
from models.help.actions.rows import choose_owner, locked
from models.orders.queries.orders import standing_order
from models.people.desk import works_at
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.records.changing import RecordChange, RecordKind, hold

HazardChange = RecordChange[HazardRow]


async def _held(session: Session, hazard_id: int) -> HazardRow | None:
    """Hold a hazard behind its request: orders, which act on both, hold them in that order."""
    await session.flush()
    found = await session.get(HazardRow, hazard_id)
    if found is None:
        return None
    if found.request_id is not None:
        await locked(session, found.request_id)
    return await hold(session, HazardRow, hazard_id)


async def relations(session: Session, who: Person, row: HazardRow) -> frozenset[HazardRelation]:
    """Return what somebody is to a hazard."""
    if not who.may(Right.WORK_DESK, await path_of(session, row)):
        return frozenset()
    doer = who.id in await doers(session, row)
    return frozenset({HazardRelation.DOER if doer else HazardRelation.DESK})


HAZARDS = RecordKind("hazards", HazardRow, LIFECYCLE, relations, cards=tuple(Notice), lock=_held)


async def path_of(session: Session, row: HazardRow) -> str:
    """Return the path of the place of a hazard."""
    return (await session.get_one(PlaceRow, row.place_id)).path


async def doers(session: Session, row: HazardRow) -> set[int]:
    """List who put a hazard right the last time; on the spot that was whoever found it."""
    if row.request_id is not None:
        return await hooks.who_put_right(session, row.request_id)
    return {row.found_by} if row.found_by is not None else set()


async def of_request(session: Session, request_id: int) -> HazardRow | None:
    """Return the hazard that a locked request is about, held; at most one is."""
    found = await session.scalar(select(HazardRow.id).where(HazardRow.request_id == request_id))
    return None if found is None else await hold(session, HazardRow, found)


async def who_looks(session: Session, row: HazardRow, now: datetime) -> list[int]:
    """Choose who looks again: never who put it right. Whoever found it, else who is on duty, else
    the secretary, else the street.
    """
    path, not_they = await path_of(session, row), await doers(session, row)
    finder = row.found_by
    if finder is not None and finder not in not_they and await works_at(session, finder, path):
        return [finder]
    on_duty = await choose_owner(session, path, rather_not=not_they, now=now)
    if on_duty is not None and on_duty not in not_they:
        return [on_duty]
    for rung in (Level.SECRETARY, Level.STREET):
        if people := [*{*await people_at_level(session, path, rung)} - not_they]:
            return people
    return []


async def answers_for(session: Session, row: HazardRow) -> int | None:
    """Return who has to put a hazard right now; None where there is no order."""
    order = await standing_order(session, row.request_id) if row.request_id is not None else None
    return order.person_id if order else None
