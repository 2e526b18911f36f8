"""Who knocks first at whose door in danger 应急包保: of homes that asked for it alone."""

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from models.care.rules.states import HomeState, PairPart, PairState
from models.care.tables import CareHomeRow, CarePairRow

_STANDS = (
    CareHomeRow.state.in_([HomeState.AGREED, HomeState.PAUSED]),
    CarePairRow.part == PairPart.BUDDY,
    CarePairRow.state == PairState.AGREED,
)
"""Who rests from visits is in danger all the same."""


def buddies_for(people: Select[int]) -> Select[int]:
    """Select who knocks first at the doors of selected people, by number."""
    return (
        select(CarePairRow.person_id)
        .join(CareHomeRow, CareHomeRow.id == CarePairRow.home_id)
        .where(CareHomeRow.person_id.in_(people), *_STANDS)
    )


def knocked_at_by(buddy_id: int) -> Select[int]:
    """Select at whose doors somebody knocks first, by number."""
    return (
        select(CareHomeRow.person_id)
        .join(CarePairRow, CarePairRow.home_id == CareHomeRow.id)
        .where(CarePairRow.person_id == buddy_id, *_STANDS)
    )


def has_buddy(person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return whether somebody knocks first at the door of a person of a statement."""
    return exists().where(
        CarePairRow.home_id == CareHomeRow.id, CareHomeRow.person_id == person_id, *_STANDS
    )
