"""Asking for a car to be moved, answering, thanking; what the clock does; leaving."""

from datetime import datetime

from sqlalchemy import delete, select, update

from models.cars.queries import CAR_CALLS, asked_on
from models.cars.rules import (
    ANSWERED_WITHIN,
    FORGOTTEN_AFTER,
    SPOT_LENGTH,
    CallMove,
    CallState,
    CarNotice,
    CarOutcome,
    CarPolicy,
    CarReminder,
    CarSpot,
    counted_from,
    may_ask,
)
from models.cars.tables import CarAskedRow, CarCallRow, CarMuteRow
from models.cars.views import CarAsked
from models.database import Session, insert_once
from models.outbox.actions import forget_about
from models.people.hanging import PlaceHooks
from models.people.holding import hold_person
from models.people.queries import spoken_for
from models.people.ties import LeaveHooks
from models.people.views import Person
from models.places.queries import community_above
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.records.sealed import opened, sealed
from models.registrations.queries import holders_of_plate
from models.reminders.views import Due
from models.sheets.rules.plates import plates_meant
from models.text import clean_line

Call = RecordChange[CarCallRow]


async def ask(
    session: Session, actor: Person, typed: str, spot: str, *, token: str, now: datetime
) -> CarAsked:
    """Ask whoever has registered a plate in one's community to move the car (ASKED).

    Whether anybody has, or can be asked, is told to nobody: the outcome is the same, and where
    nobody answers the same is said at the same time. One `token` asks once.
    """
    meant = plates_meant(typed)
    if len(meant) != 1:
        return CarAsked(CarOutcome.WHICH_PLATE if meant else CarOutcome.NO_PLATE)
    community = await community_above(session, actor.place_id) if actor.place_id else None
    if community is None:
        return CarAsked(CarOutcome.NO_HOME)
    await hold_person(session, actor.id)
    sent = await session.scalar(select(CarCallRow).where(CarCallRow.token == token))
    if sent is not None:
        return CarAsked(CarOutcome.ASKED, sent.id, meant[0])
    owners = await holders_of_plate(session, community.id, meant[0])
    if why := await _why_not(session, actor, meant[0], owners, now):
        return CarAsked(why, plate=meant[0])
    policy = policy_of(session, CarPolicy)
    row = CarCallRow(
        state=CallState.ASKED,
        sender_id=actor.id,
        place_id=community.id,
        spot=_kept(spot, actor),
        asked_at=now,
        day=counted_from(now, policy.zone),
        token=token,
    )
    session.add(row)
    await session.flush()
    row.plate = sealed(session, row, "plate", meant[0])
    change = RecordChange(session, CAR_CALLS, row, actor.id, now)
    asked = await _askable(session, owners)
    session.add_all(CarAskedRow(call_id=row.id, person_id=one) for one in asked)
    await session.flush()
    await change.remind(CarReminder.SILENT, now + policy.car_silent_after)
    await change.remind(CarReminder.FORGET, now + FORGOTTEN_AFTER)
    await change.tell(CarNotice.PLEASE, asked)
    return CarAsked(CarOutcome.ASKED, row.id, meant[0])


def _kept(spot: str, actor: Person) -> str:
    """Return a spot as it is kept: a name of ours as it stands, words of theirs never as one."""
    if spot == CarSpot.DOOR:
        return f"{spot}:{actor.place_id}"
    return spot if spot in set(CarSpot) else clean_line(spot, SPOT_LENGTH).lstrip("@")


async def _why_not(
    session: Session, actor: Person, plate: str, owners: list[int], now: datetime
) -> CarOutcome | None:
    """Return why somebody does not ask now; of a plate nothing is told but that it is their own."""
    if actor.id in owners:
        return CarOutcome.OWN_CAR
    policy = policy_of(session, CarPolicy)
    lately = await session.scalars(
        select(CarCallRow).where(
            CarCallRow.sender_id == actor.id,
            CarCallRow.asked_at > now - policy.car_silent_after,
            CarCallRow.state != CallState.MOVED,
        )
    )
    if any(opened(session, row, "plate") == plate for row in lately.all()):
        return CarOutcome.JUST_ASKED
    today = await asked_on(session, actor.id, now)
    return None if may_ask(today, policy) else CarOutcome.TOO_MANY


async def _askable(session: Session, owners: list[int]) -> list[int]:
    """Leave out who is asked no more; where all are left out, nobody learns it."""
    muted = select(CarMuteRow.person_id).where(CarMuteRow.person_id.in_(owners))
    left_out = set(await session.scalars(muted))
    return [one for one in owners if one not in left_out]


async def come(
    session: Session, actor: Person, call_id: int, *, now: datetime
) -> CarOutcome | Refusal:
    """Say that one comes at once (COMING)."""
    return await _answer(session, actor, call_id, CallMove.COME, now)


async def come_soon(
    session: Session, actor: Person, call_id: int, *, now: datetime
) -> CarOutcome | Refusal:
    """Say that one comes in about ten minutes (SOON)."""
    return await _answer(session, actor, call_id, CallMove.COME_SOON, now)


async def _answer(
    session: Session, actor: Person, call_id: int, move: CallMove, now: datetime
) -> CarOutcome | Refusal:
    change = await begin(session, CAR_CALLS, call_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    if now > change.row.asked_at + ANSWERED_WITHIN:
        return Refusal.TOO_LATE
    change.make(move)
    change.row.answered_by, change.row.answered_at = actor.id, now
    await change.cancel([CarReminder.SILENT], "answered")
    await change.finish()
    await change.tell(CarNotice.COMES, [change.row.sender_id])
    return CarOutcome.COMING if move is CallMove.COME else CarOutcome.SOON


async def disown(
    session: Session, actor: Person, call_id: int, *, now: datetime
) -> CarOutcome | Refusal:
    """Say that the car is not one's own (DISOWNED); whoever asked learns nothing of it."""
    change = await begin(session, CAR_CALLS, call_id, CallMove.DISOWN, actor, now)
    if isinstance(change, Refusal):
        return change
    theirs = [actor.id, *(card.id for card in await spoken_for(session, actor.id))]
    mine = CarAskedRow.call_id == call_id, CarAskedRow.person_id.in_(theirs)
    await session.execute(update(CarAskedRow).where(*mine).values(disowned=True))
    await change.finish()
    return CarOutcome.DISOWNED


async def mute(
    session: Session, actor: Person, call_id: int, *, now: datetime
) -> CarOutcome | Refusal:
    """Be asked no more to move a car (MUTED), from a call that one got."""
    change = await begin(session, CAR_CALLS, call_id, CallMove.MUTE, actor, now)
    return change if isinstance(change, Refusal) else await hear(session, actor, so=False, now=now)


async def hear(session: Session, actor: Person, *, so: bool, now: datetime) -> CarOutcome:
    """Be asked to move one's car (HEARS), or no more (MUTED)."""
    if so:
        await session.execute(delete(CarMuteRow).where(CarMuteRow.person_id == actor.id))
        return CarOutcome.HEARS
    await insert_once(session, CarMuteRow, {"person_id": actor.id, "muted_at": now})
    return CarOutcome.MUTED


async def thank(
    session: Session, actor: Person, call_id: int, *, now: datetime
) -> CarOutcome | Refusal:
    """Say that the car is moved (THANKED): whoever came is thanked."""
    change = await begin(session, CAR_CALLS, call_id, CallMove.THANK, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(CallMove.THANK)
    await change.cancel([CarReminder.SILENT], "moved")
    await change.finish()
    await change.tell(CarNotice.MOVED, [change.row.answered_by])
    return CarOutcome.THANKED


async def silent(session: Session, fired: Due, now: datetime) -> None:
    """Tell whoever asked that nobody could be reached, whether there was anybody to ask or not."""
    change = await wake(session, CAR_CALLS, fired.subject_id, now)
    if change is None or change.row.state != CallState.ASKED:
        return
    change.make(CallMove.GIVE_UP)
    await change.finish()
    await change.tell(CarNotice.UNREACHED, [change.row.sender_id])


async def forget(session: Session, fired: Due, now: datetime) -> None:
    """Erase the plate and the spot of an old call, who was asked, and who answered."""
    change = await wake(session, CAR_CALLS, fired.subject_id, now)
    if change is None:
        return
    row = change.row
    row.plate, row.spot, row.answered_by, row.answered_at = None, "", None, None
    await change.finish()
    await session.execute(delete(CarAskedRow).where(CarAskedRow.call_id == row.id))
    await forget_about(session, [*CarNotice], row.id)


async def leave(session: Session, person_id: int, _now: datetime) -> None:
    """Erase what somebody who leaves for good asked, and that they were asked."""
    mine = CarCallRow.sender_id == person_id
    await session.execute(update(CarCallRow).where(mine).values(plate=None, spot=""))
    await session.execute(delete(CarAskedRow).where(CarAskedRow.person_id == person_id))
    await session.execute(delete(CarMuteRow).where(CarMuteRow.person_id == person_id))


async def _hanging(_session: Session, _path: str) -> int:
    """Count nothing: a call is over within hours, wherever it was."""
    return 0


LEAVE_HOOKS = LeaveHooks(leave)
PLACE_HOOKS = PlaceHooks(_hanging)
