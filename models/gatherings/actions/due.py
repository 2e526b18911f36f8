"""What the reminders of gatherings do when they fall due; each looks at the state first."""

from datetime import datetime

from models.database import Session
from models.gatherings.actions.coming import Gathering, move_up, tell_moved
from models.gatherings.actions.planning import forget_later
from models.gatherings.queries import GATHERINGS, NAME
from models.gatherings.rules import (
    FEEDBACK_UNTIL,
    FILL_UP,
    ON_THE_DAY,
    GatheringPolicy,
    Move,
    Notice,
    Reminder,
    State,
    feedback_at,
    is_of_use,
)
from models.gatherings.tables import GatheringRow
from models.marks import actions as marks
from models.outbox.actions import forget_about
from models.people.hanging import PlaceHooks, count_below
from models.people.ties import LeaveHooks
from models.policy.current import policy_of
from models.records.changing import wake
from models.reminders.actions import let_go
from models.reminders.views import Due
from models.seats import actions as seats
from models.seats.queries import holders, open_of
from models.seats.rules import SeatState


async def soon(session: Session, due: Due, now: datetime) -> None:
    """Ask whoever has a seat whether they still come; after the start nobody."""
    change = await _announced(session, due, now)
    if change is None:
        return
    before = policy_of(session, GatheringPolicy).gathering_before
    if not is_of_use(due.due_at, change.row.starts_at, before, now):
        await let_go(session, due.id, f"of no use any more, late by {now - due.due_at}")
        return
    people = await holders(session, NAME, change.row.id, [SeatState.HELD])
    await change.tell(Notice.SOON, people, late=due.late)


async def door(session: Session, due: Due, now: datetime) -> None:
    """Put 'I am here' on the cards of whoever has a place; after the end on none."""
    change = await _announced(session, due, now)
    if change is not None and now < change.row.ends_at:
        await change.finish()


async def ask(session: Session, due: Due, now: datetime) -> None:
    """Ask the next in the line where somebody did not say whether they take a seat."""
    change = await _announced(session, due, now)
    if change is None or now >= change.row.starts_at:
        return
    await move_up(change)
    await change.finish()


async def fill(session: Session, due: Due, now: datetime) -> None:
    """Ask some of the line in beyond the number, where not all have said that they come."""
    change = await _announced(session, due, now)
    if change is None or not change.row.starts_at - FILL_UP <= now < change.row.starts_at:
        return
    until = min(now + ON_THE_DAY, change.row.starts_at)
    await tell_moved(change, await seats.ask_beyond(change, until), until)
    await change.finish()


async def over(session: Session, due: Due, now: datetime) -> None:
    """Close the list, and arrange that those who came are asked how it was."""
    change = await _announced(session, due, now)
    if change is None or now < change.row.ends_at:
        return
    change.make(Move.CLOSE)
    await seats.close_list(change)
    await change.remind(Reminder.FEEDBACK, feedback_at(change.row.ends_at, policy_of(session)))
    await forget_later(change)
    await change.finish()


async def feedback(session: Session, due: Due, now: datetime) -> None:
    """Ask those who came how it was; after three days nobody."""
    change = await wake(session, GATHERINGS, due.subject_id, now)
    if change is None or change.row.state != State.OVER:
        return
    if now > change.row.ends_at + FEEDBACK_UNTIL:
        await let_go(session, due.id, "too long ago")
        return
    people = await holders(session, NAME, change.row.id, [SeatState.CAME])
    await change.tell(Notice.FEEDBACK, people, late=due.late)


async def erase(session: Session, due: Due, now: datetime) -> None:
    """Erase who was on the list, who was told of it, and who found it how; the sums stay."""
    change = await wake(session, GATHERINGS, due.subject_id, now)
    if change is not None and change.row.state != State.ANNOUNCED:
        await seats.erase(session, NAME, [change.row.id])
        await marks.erase(session, NAME, [change.row.id])
        await forget_about(session, [*Notice], change.row.id)


async def _announced(session: Session, due: Due, now: datetime) -> Gathering | None:
    change = await wake(session, GATHERINGS, due.subject_id, now)
    return change if change is not None and change.row.state == State.ANNOUNCED else None


async def leave(session: Session, person_id: int, now: datetime) -> None:
    """Give up the seats of somebody who leaves for good; the next in each line are asked."""
    listed = [one for one, _state in await open_of(session, person_id, NAME)]
    held = {one: await wake(session, GATHERINGS, one, now) for one in sorted(set(listed))}
    await marks.leave(session, person_id)
    freed = {one for _subject, one in await seats.leave(session, person_id, subject=NAME)}
    for one, change in held.items():
        if change is None or change.row.state != State.ANNOUNCED or now >= change.row.starts_at:
            continue
        if one in freed:
            await move_up(change)
        await change.finish()


async def _coming(session: Session, path: str) -> int:
    announced = GatheringRow.state == State.ANNOUNCED
    return await count_below(session, GatheringRow.place_id, path, announced)


LEAVE_HOOKS = LeaveHooks(leave)
PLACE_HOOKS = PlaceHooks(_coming)
