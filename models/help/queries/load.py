"""How volunteers stand, with the tasks they have on their hands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, select

from models.database import Session
from models.help.rules.states import LOADING
from models.help.tables import ClaimRow
from models.people.tables import PersonRow
from models.places.rules import ancestors
from models.policy.current import policy_of
from models.volunteers.queries import offers_of
from models.volunteers.rules import State, VolunteerPolicy
from models.volunteers.tables import ServedPlaceRow, VolunteerRow
from models.volunteers.views import Volunteer


@dataclass(frozen=True)
class VolunteerStanding:
    """How a volunteer stands towards one place: state, cap, load, and whether it is served."""

    state: State
    load_cap: int
    load: int
    serves: bool


async def profile(session: Session, person_id: int, *, now: datetime) -> Volunteer | None:
    """Show somebody's offer and where it stands; None for whoever never signed up."""
    statement = select(
        VolunteerRow,
        PersonRow.name,
        load_since(now - policy_of(session, VolunteerPolicy).load_window),
    ).join(PersonRow, PersonRow.id == VolunteerRow.person_id)
    found = (await session.execute(statement.where(VolunteerRow.person_id == person_id))).first()
    if found is None:
        return None
    row, name, load = found
    return Volunteer(
        person_id=person_id,
        name=name,
        state=State(row.state),
        offered=(await offers_of(session, [row]))[person_id],
        load=load,
        applied_at=row.applied_at,
        reason=row.reason,
    )


async def standing(
    session: Session, person_id: int, path: str, *, now: datetime
) -> VolunteerStanding | None:
    """Return how somebody stands as a volunteer towards the place with `path`."""
    found = await session.execute(
        select(
            VolunteerRow,
            load_since(now - policy_of(session, VolunteerPolicy).load_window),
            _serves(path),
        ).where(VolunteerRow.person_id == person_id)
    )
    row = found.first()
    if row is None:
        return None
    volunteer, load, serves = row
    return VolunteerStanding(State(volunteer.state), volunteer.load_cap, load, bool(serves))


def _serves(path: str) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            ServedPlaceRow.person_id == VolunteerRow.person_id,
            ServedPlaceRow.place_id.in_(ancestors(path)),
        )
        .correlate(VolunteerRow)
    )


def load_since(since: datetime) -> ScalarSelect[int]:
    """Count the tasks that a volunteer took after an instant and that weigh against the cap."""
    return (
        select(func.count())
        .where(
            ClaimRow.person_id == VolunteerRow.person_id,
            ClaimRow.state.in_(list(LOADING)),
            ClaimRow.held_at > since,
        )
        .correlate(VolunteerRow)
        .scalar_subquery()
    )
