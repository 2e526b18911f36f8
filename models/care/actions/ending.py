"""A home that rests, goes on or ends: what stops at once, what can be taken back, what goes."""

from datetime import datetime
from typing import Any

from models.care.actions import gifts
from models.care.actions.calls import plan_ahead, stop_calls
from models.care.actions.needs import forget_words
from models.care.actions.pairs import end_pairs
from models.care.records import HOME, PAIR, keeper_of, standing_pairs
from models.care.rules.notices import Notice, Reminder
from models.care.rules.outcomes import CareOutcome
from models.care.rules.plans import closes_at
from models.care.rules.states import HomeMove, HomeState, PairMove
from models.care.tables import CareHomeRow
from models.database import Session
from models.people.views import Person
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.reminders.views import Due
from models.routines.actions import plans as routines

Home = RecordChange[CareHomeRow]


async def end(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Be looked in on no more (ENDED), without a reason; nobody asks again for a year.

    At once nobody comes, and it has ended for everybody else. For SLIP_WITHIN it can be taken
    back; only then do pairs end, and sealed words go.
    """
    change = await begin(session, HOME, home_id, HomeMove.END, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    row.ended_from, row.ended_at = row.state, now
    change.make(HomeMove.END)
    await stop(change)
    for pair in await standing_pairs(session, [row.id]):
        pair.ended_at = now
        await RecordChange(session, PAIR, pair, actor.id, now).finish()
    await change.cancel([Reminder.REVIEW], "ended")
    await change.remind(Reminder.CLOSES, closes_at(now))
    await change.finish()
    await tell_keeper(change)
    return CareOutcome.ENDED


async def take_back(
    session: Session, actor: Person, home_id: int, *, now: datetime
) -> CareOutcome | Refusal:
    """Say that it was a slip of the finger that it ended (TAKEN_BACK): all is as it was.

    While the clock has not closed it; afterwards WRONG_TIME.
    """
    change = await begin(session, HOME, home_id, HomeMove.TAKE_BACK, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    rested = row.ended_from == HomeState.PAUSED
    change.make(HomeMove.TAKE_BACK)
    row.ended_from = row.ended_at = None
    await change.cancel([Reminder.CLOSES], "taken back")
    if row.review_at is not None:
        await change.remind(Reminder.REVIEW, max(row.review_at, now))
    for pair in await standing_pairs(session, [row.id]):
        pair.ended_at = None
        await RecordChange(session, PAIR, pair, actor.id, now).finish()
    if not rested:
        change.make(HomeMove.RESUME)
        await go_on(change)
    await change.finish()
    await tell_keeper(change, back=True)
    return CareOutcome.TAKEN_BACK


async def closes(session: Session, due: Due, now: datetime) -> None:
    """Close a home that was ended, where nobody has taken that back in time."""
    change = await wake(session, HOME, due.subject_id, now)
    if change is None or change.row.state != HomeState.ENDING:
        return
    ended_at = change.row.ended_at
    if ended_at is None or now >= closes_at(ended_at):  # else it was ended once more since
        change.make(HomeMove.CLOSE)
        await close(change)


async def close(change: Home) -> None:
    """End all that hangs on a locked home that has ended for good, or was declined.

    Reasons, wishes and words are erased.
    """
    row, session = change.row, change.session
    row.ended_at, row.ended_from = row.ended_at or change.now, None
    row.reasons = row.wishes = row.wishes_voice = None
    await forget_words(session, row.id)
    if row.routine_id is not None:
        await stop_calls(change, await routines.end(session, row.routine_id, change.now))
    await end_pairs(change, await standing_pairs(session, [row.id]), PairMove.END)
    await gifts.call_off(session, row.id, change.now)
    await change.cancel([Reminder.REVIEW, Reminder.CLOSES], "ended")
    await change.finish()


async def stop(change: Home) -> None:
    """Let nobody come to a locked home: what is on is excused, and every card about it changes."""
    if change.row.routine_id is not None:
        excused = await routines.pause(change.session, change.row.routine_id, change.now)
        await stop_calls(change, excused)
    await gifts.call_off(change.session, change.row.id, change.now)


async def go_on(change: Home) -> None:
    """Let people come to a locked home again, as it was agreed."""
    if change.row.routine_id is not None:
        await routines.resume(change.session, change.row.routine_id)
        await plan_ahead(change, change.row.routine_id)
    await gifts.call_on(change.session, change.row.id, change.now)


async def tell_keeper(change: Home, **detail: Any) -> None:
    """Tell whoever keeps a home what became of it."""
    keeper = await keeper_of(change.session, change.row, change.now)
    await change.tell(Notice.ANSWERED, [keeper], **detail)
