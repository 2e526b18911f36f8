"""What of care waits at desks: call-ons that were missed and are open, gifts that nobody took."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased

from models.care.gift_rules import GiftState, RoundState
from models.care.records import NAME, at_desk
from models.care.rules.states import HomeState
from models.care.tables import CareFestivalRow, CareGiftRow, CareHomeRow
from models.database import Session
from models.people.desk import desks_over
from models.people.views import Person
from models.places.tables import PlaceRow
from models.routines.rules import OccasionState
from models.routines.tables import OccasionRow


async def calls_missed(session: Session, reader: Person, now: datetime) -> int:
    """Count the call-ons at somebody's desk that were missed, and can still be made up for."""
    found = await session.scalar(
        select(func.count())
        .select_from(OccasionRow)
        .join(CareHomeRow, CareHomeRow.id == OccasionRow.subject_id)
        .where(_missed(now), at_desk(reader))
    )
    return found or 0


async def gifts_open(session: Session, reader: Person) -> int:
    """Count the homes at somebody's desk that nobody visits yet for a festival that is on."""
    found = await session.scalar(
        select(func.count())
        .select_from(CareGiftRow)
        .join(CareFestivalRow, CareFestivalRow.id == CareGiftRow.festival_id)
        .join(CareHomeRow, CareHomeRow.id == CareGiftRow.home_id)
        .where(_nobody_took(), at_desk(reader))
    )
    return found or 0


async def desks_with_care(session: Session, now: datetime) -> list[int]:
    """List who works at a desk where any of this waits (person ids)."""
    missed = select(OccasionRow.subject_id).where(_missed(now))
    gifts = (
        select(CareGiftRow.home_id)
        .join(CareFestivalRow, CareFestivalRow.id == CareGiftRow.festival_id)
        .where(_nobody_took())
    )
    paths = await session.scalars(
        select(PlaceRow.path)
        .join(CareHomeRow, CareHomeRow.place_id == PlaceRow.id)
        .where(CareHomeRow.id.in_(missed.union(gifts)))
        .distinct()
    )
    return await desks_over(session, paths)


def _missed(now: datetime) -> ColumnElement[bool]:
    """Select what was missed of homes that are looked in on, until the next opens."""
    later, home = aliased(OccasionRow), aliased(CareHomeRow)
    opened = exists().where(
        later.routine_id == OccasionRow.routine_id,
        later.opens_at > OccasionRow.opens_at,
        later.opens_at <= now,
    )
    stands = exists().where(home.id == OccasionRow.subject_id, home.state == HomeState.AGREED)
    return and_(
        OccasionRow.subject == NAME, OccasionRow.state == OccasionState.MISSED, ~opened, stands
    )


def _nobody_took() -> ColumnElement[bool]:
    return and_(CareFestivalRow.state == RoundState.ON, CareGiftRow.state == GiftState.OPEN)
