"""Looking again, and the day of an accident."""

from datetime import date, datetime

from sqlalchemy import delete

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.categories import HAZARD
from models.database import Session, insert_once
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.hazards.actions.following import forget_looks, looks_of, watch
from models.hazards.notices import Notice
from models.hazards.records import HAZARDS, HazardChange, path_of
from models.hazards.rules import (
    AccidentOutcome,
    HazardMove,
    HazardOutcome,
    LookAnswer,
    problem_with_day,
)
from models.hazards.tables import AccidentRow, RecheckRow
from models.help.actions.closing import open_again
from models.help.actions.found import file_found, reopen_found
from models.help.actions.rows import locked
from models.help.rules.closing import Cause
from models.help.rules.limits import NOTE_LENGTH, Channel
from models.help.rules.policy import Urgency
from models.help.views import Draft
from models.hours.rules.local_time import day_of
from models.orders.actions.orders import open_order
from models.orders.rules import OrderPolicy, due_by
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import find_place, find_standing
from models.policy.current import desk_clock_at, policy_of
from models.records.changing import begin
from models.records.rules import Refusal
from models.text import clean_text


async def still_well(
    session: Session, actor: Person, hazard_id: int, *, now: datetime
) -> HazardOutcome | Refusal:
    """Say that a hazard was looked at again and is well; the last such look closes it."""
    change = await begin(session, HAZARDS, hazard_id, HazardMove.WELL, actor, now)
    if isinstance(change, Refusal):
        return change
    asked = await _asked(change)
    if asked is None:
        return Refusal.ALREADY
    _say(asked, LookAnswer.WELL, change)
    more = any(one.answer is None and one.due_at > now for one in await _looks(change))
    change.make(HazardMove.WELL if more else HazardMove.CLOSE)
    await change.finish()
    return HazardOutcome.WELL if more else HazardOutcome.CLOSED


async def again(
    session: Session, actor: Person, hazard_id: int, words: str | None = None, *, now: datetime
) -> HazardOutcome | Refusal:
    """Say that a hazard is as it was: it is put right once more, and the street is told.

    Its request keeps its number. What was put right on the spot, and had none, gets one now.
    """
    change = await begin(session, HAZARDS, hazard_id, HazardMove.AGAIN, actor, now)
    if isinstance(change, Refusal):
        return change
    asked = await _asked(change)
    if asked is None:
        return Refusal.ALREADY
    _say(asked, LookAnswer.AGAIN, change)
    await session.flush()
    change.make(HazardMove.AGAIN)
    await forget_looks(change)
    await _order_again(change, actor, clean_text(words or "", NOTE_LENGTH) or None)
    await watch(change)
    await change.finish()
    street = await people_at_level(session, await path_of(session, change.row), Level.STREET)
    await change.tell(Notice.AGAIN, street)
    return HazardOutcome.AGAIN


async def _order_again(change: HazardChange, actor: Person, words: str | None) -> None:
    session, row, now = change.session, change.row, change.now
    request = await locked(session, row.request_id) if row.request_id is not None else None
    if request is None:
        await _first_order(change, actor)
    elif request.channel == Channel.INSPECTION:
        await reopen_found(session, request, now=now, actor_id=actor.id, words=words)
    else:
        await open_again(
            session, request, now=now, actor_id=actor.id, words=words, cause=Cause.HAZARD
        )


async def _first_order(change: HazardChange, actor: Person) -> None:
    session, row, now = change.session, change.row, change.now
    place = await find_place(session, row.place_id)
    assert place is not None  # noqa: S101 - the row refers to it
    clock = await desk_clock_at(session, place.path)
    due_at = due_by(now, clock, policy_of(session, OrderPolicy))
    draft = Draft(f"hazard:{row.id}", HAZARD, Urgency.ORDINARY, row.spot, ())
    request = await file_found(session, actor, draft, place, due_at=due_at, now=now)
    await open_order(session, request, Cause.HAZARD, now=now, actor_id=actor.id, due_at=due_at)
    row.request_id = request.id


async def _looks(change: HazardChange) -> list[RecheckRow]:
    return await looks_of(change.session, change.row.id)


async def _asked(change: HazardChange) -> RecheckRow | None:
    """Return the last look that was asked for and has no answer yet."""
    waiting = [one for one in await _looks(change) if one.asked_at is not None]
    last = waiting[-1] if waiting else None
    return last if last is not None and last.answer is None else None


def _say(asked: RecheckRow, what: LookAnswer, change: HazardChange) -> None:
    asked.answer, asked.answered_by, asked.answered_at = what, change.actor_id, change.now


async def enter_accident(
    session: Session, actor: Person, place_id: int, day: date, *, now: datetime
) -> AccidentOutcome:
    """Enter that there was an accident at a place on a day: a day and a place, nobody's name."""
    place = await find_standing(session, place_id)
    if place is None:
        return AccidentOutcome.BAD_CHOICE
    if not actor.may(Right.SUPERVISE, place.path):
        await deny(session, actor.id, "hazards", now=now, detail={"tried": "accident"})
        return AccidentOutcome.NOT_ALLOWED
    if problem_with_day(day, day_of(now, policy_of(session).zone)):
        return AccidentOutcome.BAD_DATE
    values = {"place_id": place.id, "day": day, "entered_by": actor.id}
    new = await insert_once(session, AccidentRow, values)
    return AccidentOutcome.ENTERED if new else AccidentOutcome.ALREADY


async def take_accident_back(
    session: Session, actor: Person, place_id: int, day: date, *, now: datetime
) -> AccidentOutcome:
    """Take the day of an accident back that was entered by mistake (TAKEN_BACK).

    NOT_THERE where none is entered for that day; that it was taken back is on record.
    """
    place = await find_standing(session, place_id)
    if place is None:
        return AccidentOutcome.BAD_CHOICE
    if not actor.may(Right.SUPERVISE, place.path):
        await deny(session, actor.id, "hazards", now=now, detail={"tried": "accident"})
        return AccidentOutcome.NOT_ALLOWED
    that_day = (AccidentRow.place_id == place.id) & (AccidentRow.day == day)
    gone = await session.scalar(delete(AccidentRow).where(that_day).returning(AccidentRow.id))
    if gone is None:
        return AccidentOutcome.NOT_THERE
    detail = {"place": place.id, "day": day.isoformat()}
    await record(
        session,
        AuditAct.ACCIDENT_TAKEN_BACK,
        now=now,
        actor_id=actor.id,
        subject="hazards",
        detail=detail,
    )
    return AccidentOutcome.TAKEN_BACK
