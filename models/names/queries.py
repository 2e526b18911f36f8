"""Reading names; once for a whole list."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from models.database import Session
from models.names.views import Where, Who
from models.people.tables import PersonRow
from models.places.queries import lines_of


@dataclass(frozen=True)
class Names:
    """Places and people of a list, by id."""

    places: dict[int, Where]
    people: dict[int, Who]

    def person(self, person_id: int | None) -> Who | None:
        """Return somebody by name; None for nobody and for those who left."""
        return self.people.get(person_id) if person_id is not None else None

    def known(self, person_id: int) -> Who:
        """Return somebody by name, without a name if they left."""
        return self.people.get(person_id) or Who(person_id, "")


async def names_for(
    session: Session, people: Iterable[int | None], places: Iterable[int] = ()
) -> Names:
    """Read people and places by name, in two statements."""
    wanted = {one for one in people if one is not None}
    return Names(await places_by_id(session, set(places)), await _people(session, wanted))


async def places_by_id(session: Session, place_ids: set[int]) -> dict[int, Where]:
    """Read places by name, with their community in front."""
    lines = await lines_of(session, place_ids) if place_ids else {}
    return {
        place_id: Where(place_id, line.short("zh_Hans"), line.short("en"))
        for place_id, line in lines.items()
    }


async def _people(session: Session, person_ids: set[int]) -> dict[int, Who]:
    if not person_ids:
        return {}
    rows = await session.execute(
        select(PersonRow.id, PersonRow.name).where(
            PersonRow.id.in_(person_ids), PersonRow.left_at.is_(None)
        )
    )
    return {row.id: Who(row.id, row.name) for row in rows.all()}
