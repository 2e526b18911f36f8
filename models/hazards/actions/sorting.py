"""Saying of what kind a hazard is; handing it on to an authority, and what the authority says."""

from datetime import datetime

from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.hazards.actions.following import watch
from models.hazards.actions.patterns import look_anew
from models.hazards.notices import Notice, Reminder
from models.hazards.records import HAZARDS, HazardChange, path_of
from models.hazards.rules import (
    ANSWER_LENGTH,
    AUTHORITY_LENGTH,
    FILE_NUMBER_LENGTH,
    HANDED_ON_FOR,
    WAITS_EVERY,
    HazardKind,
    HazardLevel,
    HazardMove,
    HazardOutcome,
)
from models.help.actions.desk import add_note
from models.help.actions.rows import locked
from models.help.tables import RequestRow
from models.orders.actions.orders import put_off
from models.orders.queries.orders import standing_order
from models.orders.rules import OrderPolicy, due_by
from models.people.views import Person
from models.policy.current import desk_clock_at, policy_of
from models.records.changing import begin
from models.records.rules import Refusal
from models.text import clean_line, clean_text


async def sort(
    session: Session, actor: Person, hazard_id: int, kind: HazardKind, *, now: datetime
) -> HazardOutcome | Refusal:
    """Say of what kind a hazard is (SORTED); with others of that kind it may be a pattern."""
    change = await begin(session, HAZARDS, hazard_id, HazardMove.SORT, actor, now)
    if isinstance(change, Refusal):
        return change
    if change.row.kind == kind:
        return Refusal.ALREADY
    change.row.kind = kind
    await session.flush()
    await look_anew(session, change.row, now=now)
    await change.finish()
    return HazardOutcome.SORTED


async def hand_on(
    session: Session,
    actor: Person,
    hazard_id: int,
    authority: str,
    number: str = "",
    *,
    tells: str,
    now: datetime,
) -> HazardOutcome | Refusal:
    """Hand what is under an order on to an authority (HANDED_ON); the secretary is told.

    Its order waits for the answer. `tells` is what the resident who reported it reads.
    """
    change = await begin(session, HAZARDS, hazard_id, HazardMove.HAND_ON, actor, now)
    if isinstance(change, Refusal):
        return change
    named, row = clean_line(authority, AUTHORITY_LENGTH), change.row
    if not named:
        return HazardOutcome.NO_AUTHORITY
    row.authority, row.handed_on_at, row.answer, row.answered_at = named, now, None, None
    row.authority_number = clean_line(number, FILE_NUMBER_LENGTH) or None
    row.level = HazardLevel.BEYOND
    change.make(HazardMove.HAND_ON)
    await change.cancel([Reminder.SOON, Reminder.WAITS], "handed on")
    await change.remind(Reminder.WAITS, now + WAITS_EVERY)
    if (request := await _request(change)) is not None:
        await put_off(session, request, now + HANDED_ON_FOR, now=now, actor_id=actor.id)
        await add_note(session, actor, request.id, tells, now=now, internal=False)
    await change.finish()
    people = await people_at_level(session, await path_of(session, row), Level.SECRETARY)
    await change.tell(Notice.HANDED_ON, people)
    return HazardOutcome.HANDED_ON


async def enter_answer(
    session: Session, actor: Person, hazard_id: int, words: str, *, now: datetime
) -> HazardOutcome | Refusal:
    """Enter what an authority says of what was handed on to it (ANSWERED).

    ORDERED where it was under an order: that goes on until somebody signs off that it is put right,
    and the resident who reported it reads the answer.
    """
    change = await begin(session, HAZARDS, hazard_id, HazardMove.ANSWER, actor, now)
    if isinstance(change, Refusal):
        return change
    said = clean_text(words, ANSWER_LENGTH)
    if not said:
        return Refusal.EMPTY
    request = await _request(change)
    goes_on = request is not None and await standing_order(session, request.id) is not None
    change.make(HazardMove.BACK if goes_on else HazardMove.ANSWER)
    change.row.answer, change.row.answered_at = said, now
    await change.cancel([Reminder.WAITS], "answered")
    if request is not None:
        clock = await desk_clock_at(session, await path_of(session, change.row))
        due_at = due_by(now, clock, policy_of(session, OrderPolicy))
        await put_off(session, request, due_at, now=now, actor_id=actor.id)
        await add_note(session, actor, request.id, said, now=now, internal=False)
        await watch(change)
    await change.finish()
    return HazardOutcome.ORDERED if goes_on else HazardOutcome.ANSWERED


async def _request(change: HazardChange) -> RequestRow | None:
    row = change.row
    return None if row.request_id is None else await locked(change.session, row.request_id)
