"""What the reminders of hazards do when they fall due; who leaves; places that go."""

from datetime import datetime

from sqlalchemy import delete, select, update

from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.hazards.actions.following import looks_of, watch
from models.hazards.notices import Notice, Reminder
from models.hazards.records import HAZARDS, answers_for, path_of, who_looks
from models.hazards.rules import LOOKED_AT, OPEN, WAITS_EVERY, HazardState
from models.hazards.tables import AccidentRow, HazardRow
from models.orders.queries.orders import standing_order
from models.people.hanging import PlaceHooks, count_below
from models.people.ties import LeaveHooks
from models.people.views import Person
from models.records.changing import wake
from models.reminders.actions import let_go
from models.reminders.views import Due


async def look_again(session: Session, due: Due, now: datetime) -> None:
    """Ask somebody who did not put a hazard right to look at it again; one card after an outage."""
    change = await wake(session, HAZARDS, due.subject_id, now)
    if change is None or change.row.state not in LOOKED_AT:
        return
    looks = await looks_of(session, change.row.id)
    look = next((one for one in looks if one.due_at == due.due_at), None)
    later = any(due.due_at < one.due_at <= now for one in looks)
    if look is None or look.asked_at is not None or later:
        return
    look.asked_at = now
    await change.finish()
    await change.tell(Notice.LOOK_AGAIN, await who_looks(session, change.row, now), late=due.late)


async def soon(session: Session, due: Due, now: datetime) -> None:
    """Tell whoever has to put a hazard right that its date is tomorrow."""
    change = await wake(session, HAZARDS, due.subject_id, now)
    if change is None or change.row.state != HazardState.ORDERED:
        return
    order = await standing_order(session, change.row.request_id or 0)
    if order is None:
        return
    if now >= order.due_at:
        await let_go(session, due.id, f"of no use any more, late by {now - due.due_at}")
        return
    await watch(change)  # where another date was named meanwhile
    await change.tell(Notice.SOON, [await answers_for(session, change.row)], late=due.late)


async def waits(session: Session, due: Due, now: datetime) -> None:
    """Tell the secretary that an authority has not answered yet."""
    change = await wake(session, HAZARDS, due.subject_id, now)
    if change is None or change.row.state != HazardState.HANDED_ON:
        return
    people = await people_at_level(session, await path_of(session, change.row), Level.SECRETARY)
    await change.tell(Notice.WAITS, people, late=due.late)
    await change.remind(Reminder.WAITS, now + WAITS_EVERY)


async def leave(session: Session, person_id: int, _now: datetime) -> None:
    """Forget who reported a hazard; the danger stays."""
    theirs = HazardRow.reporter_id == person_id
    await session.execute(update(HazardRow).where(theirs).values(reporter_id=None))


async def _open(session: Session, path: str) -> int:
    open_ = [*OPEN, HazardState.HANDED_ON]
    return await count_below(session, HazardRow.place_id, path, HazardRow.state.in_(open_))


async def _unite(session: Session, _actor: Person, pair: tuple[int, int], _now: datetime) -> None:
    """Count a day on which there was an accident at both places once."""
    there = select(AccidentRow.day).where(AccidentRow.place_id == pair[1])
    twice = (AccidentRow.place_id == pair[0]) & AccidentRow.day.in_(there)
    await session.execute(delete(AccidentRow).where(twice))


LEAVE_HOOKS = LeaveHooks(leave)
PLACE_HOOKS = PlaceHooks(_open, carry=_unite)
