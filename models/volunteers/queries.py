"""Reading volunteers: what they offer, and applications."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    or_,
    select,
)

from models.categories import Skill
from models.database import Session
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.volunteers.rules import Offered, State
from models.volunteers.tables import ServedPlaceRow, SkillRow, VolunteerRow
from models.volunteers.views import Application


async def application(session: Session, person_id: int) -> Application | None:
    """Show one application as it is now, whatever was decided; None if there never was one."""
    found = (await session.execute(_people().where(VolunteerRow.person_id == person_id))).first()
    return None if found is None else (await _applications(session, [found]))[0]


async def applications(session: Session, actor: Person, *, limit: int = 20) -> list[Application]:
    """List what waits for the actor's approval, oldest first; empty without the right."""
    paths = actor.paths_with(Right.APPROVE_VOLUNTEERS)
    if not paths:
        return []
    found = await session.execute(
        _people()
        .where(VolunteerRow.state == State.APPLIED, _answers_for(paths))
        .order_by(VolunteerRow.applied_at, VolunteerRow.person_id)
        .limit(limit)
    )
    return await _applications(session, found.all())


async def offers_of(session: Session, rows: Collection[VolunteerRow]) -> dict[int, Offered]:
    """Return what volunteers offer, by person, in two statements."""
    ids = [row.person_id for row in rows]
    skills, places = defaultdict[int, set[Skill]](set), defaultdict[int, set[int]](set)
    for skill in await session.scalars(select(SkillRow).where(SkillRow.person_id.in_(ids))):
        skills[skill.person_id].add(Skill(skill.skill))
    served = select(ServedPlaceRow).where(ServedPlaceRow.person_id.in_(ids))
    for place in await session.scalars(served):
        places[place.person_id].add(place.place_id)
    return {
        row.person_id: Offered(
            skills=frozenset(skills[row.person_id]),
            places=frozenset(places[row.person_id]),
            hours=row.hours,
            load_cap=row.load_cap,
        )
        for row in rows
    }


def _answers_for(paths: Iterable[str]) -> ColumnElement[bool]:
    """Return whether the home or a served place of a volunteer lies below one of `paths`."""
    below = or_(*(PlaceRow.path.startswith(path) for path in paths))
    places = select(PlaceRow.id).where(below)
    serves = select(ServedPlaceRow.person_id).where(ServedPlaceRow.place_id.in_(places))
    return or_(PersonRow.place_id.in_(places), VolunteerRow.person_id.in_(serves))


def _people() -> Select[VolunteerRow, PersonRow]:
    return select(VolunteerRow, PersonRow).join(PersonRow, PersonRow.id == VolunteerRow.person_id)


async def _applications(
    session: Session, found: Sequence[Row[VolunteerRow, PersonRow]]
) -> list[Application]:
    offers = await offers_of(session, [row for row, _ in found])
    return [
        Application(
            person_id=row.person_id,
            name=person.name,
            place_id=person.place_id,
            offered=offers[row.person_id],
            state=State(row.state),
            applied_at=row.applied_at,
        )
        for row, person in found
    ]
