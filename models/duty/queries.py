"""Reading the duty roster."""

from sqlalchemy import select

from models.database import Session
from models.duty.rules import WEEK, DutyEntry, in_turn
from models.duty.tables import DutyRow
from models.duty.views import Roster
from models.people.queries import card_of
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.queries import find_place
from models.places.rules import ancestors


async def on_duty(session: Session, path: str, weekday: int) -> list[int]:
    """List who is on duty at a place on a day of the week, from the nearest place upwards.

    Who cannot be reached is left out; whether they still work there is for the caller to ask.
    """
    steps = ancestors(path)
    rows = await session.execute(
        select(DutyRow.person_id, DutyRow.place_id)
        .join(PersonRow, PersonRow.id == DutyRow.person_id)
        .where(
            DutyRow.place_id.in_(steps),
            DutyRow.weekday == weekday,
            PersonRow.unreachable_at.is_(None),
        )
    )
    return in_turn(DutyEntry(row.person_id, steps.index(row.place_id)) for row in rows.all())


async def roster(session: Session, actor: Person, place_id: int) -> Roster | None:
    """Show a place's roster to its desk; None where the actor has none, or there is no place."""
    place = await find_place(session, place_id)
    if place is None or not actor.may(Right.WORK_DESK, place.path):
        return None
    found = await session.execute(
        select(DutyRow.weekday, PersonRow)
        .join(PersonRow, PersonRow.id == DutyRow.person_id)
        .where(DutyRow.place_id == place_id, PersonRow.left_at.is_(None))
    )
    by_day = {weekday: card_of(person) for weekday, person in found.all()}
    days = tuple(by_day.get(day) for day in WEEK)
    return Roster(place_id, days, may_set=actor.may(Right.SUPERVISE, place.path))
