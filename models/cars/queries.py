"""Reading calls to move a car: whoever asked, and whoever was asked, and nobody else."""

from datetime import datetime

from sqlalchemy import func, select

from models.cars.rules import (
    ANSWERED_WITHIN,
    CALL_LIFECYCLE,
    CARDS,
    NAME,
    CallMove,
    CallRelation,
    CallState,
    CarPolicy,
    counted_from,
    door_of,
)
from models.cars.tables import CarAskedRow, CarCallRow, CarMuteRow
from models.cars.views import CarCall, CarHome
from models.database import Session
from models.names.queries import places_by_id
from models.people.queries import person_by_id, spoken_for
from models.people.views import Person
from models.policy.current import policy_of
from models.records.changing import RecordKind
from models.records.reading import seen, seen_by_id
from models.records.rules import Refusal
from models.records.sealed import opened


async def relations(session: Session, who: Person, row: CarCallRow) -> frozenset[CallRelation]:
    """Return what somebody is to a call; who speaks for somebody answers for them."""
    theirs = [who.id, *(card.id for card in await spoken_for(session, who.id))]
    found = await session.scalars(
        select(CarAskedRow.disowned).where(
            CarAskedRow.call_id == row.id, CarAskedRow.person_id.in_(theirs)
        )
    )
    disowned = [*found]
    holds = {
        CallRelation.SENDER: who.id == row.sender_id,
        CallRelation.OWNER: not all(disowned),
        CallRelation.OTHER: bool(disowned) and all(disowned),
    }
    return frozenset(relation for relation, so in holds.items() if so)


CAR_CALLS = RecordKind(NAME, CarCallRow, CALL_LIFECYCLE, relations, CARDS)


async def car_home(session: Session, reader: Person, now: datetime) -> CarHome:
    """Return how often somebody may still ask today, and whether they can be asked."""
    policy = policy_of(session, CarPolicy)
    today = await asked_on(session, reader.id, now)
    muted = await session.get(CarMuteRow, reader.id)
    return CarHome(
        left=max(0, policy.car_calls_a_day - today),
        hears=muted is None,
        has_home=reader.place_id is not None,
    )


async def asked_on(session: Session, person_id: int, now: datetime) -> int:
    """Count how often somebody has asked today."""
    day = counted_from(now, policy_of(session, CarPolicy).zone)
    theirs = CarCallRow.sender_id == person_id, CarCallRow.day == day
    return await session.scalar(select(func.count()).where(*theirs)) or 0


async def car_call(
    session: Session, reader: Person, call_id: int, *, now: datetime
) -> CarCall | Refusal:
    """Return a call to whoever asked or was asked."""
    row = await seen(session, CAR_CALLS, call_id, CallMove.LOOK, reader, now)
    return row if isinstance(row, Refusal) else await _view(session, reader, row, now)


async def call_told(
    session: Session, reader_id: int, call_id: int, now: datetime
) -> CarCall | None:
    """Return a call to the reader of a notice; None where it is none of theirs any more."""
    row = await seen_by_id(session, CAR_CALLS, call_id, CallMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return await _view(session, reader, row, now) if row and reader else None


async def _view(session: Session, reader: Person, row: CarCallRow, now: datetime) -> CarCall:
    late = now > row.asked_at + ANSWERED_WITHIN
    door = door_of(row.spot)
    stands = await relations(session, reader, row)
    moves = CALL_LIFECYCLE.open_to(row.state, stands)
    return CarCall(
        id=row.id,
        plate=opened(session, row, "plate"),
        spot=row.spot,
        door=None if door is None else (await places_by_id(session, {door})).get(door),
        state=CallState(row.state),
        asked_at=row.asked_at,
        mine=row.sender_id == reader.id,
        disowned=CallRelation.OTHER in stands,
        moves=moves & {CallMove.LOOK, CallMove.MUTE} if late else moves,
    )
