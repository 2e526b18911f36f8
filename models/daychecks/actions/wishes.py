"""One's own day check: switched on, changed, paused, put off and switched off by oneself alone.

Whoever does any of it was heard of: the ladder of the day stops in the same turn.
"""

from datetime import date, datetime

from sqlalchemy import select

from models.database import Session, insert_once
from models.daychecks.actions.signs import held_check, hours_of, look_for, stop_days
from models.daychecks.queries import CHECKS
from models.daychecks.rules.hours import (
    CheckHours,
    next_window,
    wrong_hours,
    wrong_rest,
)
from models.daychecks.rules.ladder import DayCheckPolicy
from models.daychecks.rules.notices import Reminder
from models.daychecks.rules.states import CheckMove, CheckState, DayOutcome
from models.daychecks.tables import DayCheckRow
from models.people.tables import PersonRow
from models.people.views import Person
from models.policy.current import policy_of
from models.records.changing import RecordChange, begin
from models.records.rules import Refusal

Check = RecordChange[DayCheckRow]


async def switch_on(
    session: Session,
    actor: Person,
    hours: CheckHours,
    *,
    now: datetime,
    may_send_neighbours: bool = False,
    leader_too: bool = False,
) -> DayOutcome | Refusal:
    """Have oneself asked every day; the first time at the next hour for which no sign has come.

    Only for oneself. ALREADY where it is on: `change_wishes` changes it.
    """
    if actor.telegram_id is None or not actor.registered:
        return DayOutcome.NO_ACCOUNT
    if why := wrong_hours(hours, now, policy_of(session).quiet):
        return why
    await session.flush()
    await session.get_one(PersonRow, actor.id, with_for_update={"key_share": True})
    wishes = {
        "hour": hours.first,
        "second_hour": hours.second,
        "may_send_neighbours": may_send_neighbours,
        "leader_too": leader_too,
        "rest_until": None,
        "agreed_at": now,
    }
    anew = {"person_id": actor.id, "state": CheckState.OFF, **wishes}
    await insert_once(session, DayCheckRow, anew)
    standing = select(DayCheckRow.id).where(DayCheckRow.person_id == actor.id)
    check_id = await session.scalar(standing)
    change = await begin(session, CHECKS, check_id or 0, CheckMove.SWITCH_ON, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(CheckMove.SWITCH_ON)
    for name, wish in wishes.items():
        setattr(change.row, name, wish)
    await _go_on(change)
    return DayOutcome.SWITCHED_ON


async def change_wishes(
    session: Session,
    actor: Person,
    *,
    now: datetime,
    hours: CheckHours | None = None,
    may_send_neighbours: bool | None = None,
    leader_too: bool | None = None,
) -> DayOutcome | Refusal:
    """Change at which hours one is asked, or who is told; what is None stays as it is."""
    if hours is not None and (why := wrong_hours(hours, now, policy_of(session).quiet)):
        return why
    change = await _begin(session, actor, CheckMove.CHANGE, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    if hours is not None:
        row.hour, row.second_hour = hours.first, hours.second
    if may_send_neighbours is not None:
        row.may_send_neighbours = may_send_neighbours
    if leader_too is not None:
        row.leader_too = leader_too
    if row.state == CheckState.ON:
        await _go_on(change)
    return DayOutcome.CHANGED


async def rest(
    session: Session, actor: Person, until: date, *, now: datetime
) -> DayOutcome | Refusal:
    """Be away up to a day: so long one is not asked, then again by itself."""
    if why := wrong_rest(until, now, policy_of(session).zone):
        return why
    change = await _begin(session, actor, CheckMove.REST, now)
    if isinstance(change, Refusal):
        return change
    change.row.rest_until = until
    await _go_on(change)
    return DayOutcome.RESTING


async def pause(session: Session, actor: Person, *, now: datetime) -> DayOutcome | Refusal:
    """Not be asked until one says so; all that was sent or was to be sent about it ends now."""
    return await _stop(session, actor, CheckMove.PAUSE, DayOutcome.PAUSED, now)


async def resume(session: Session, actor: Person, *, now: datetime) -> DayOutcome | Refusal:
    """Be asked again, from the next hour on; a rest is over."""
    change = await _begin(session, actor, CheckMove.RESUME, now)
    if isinstance(change, Refusal):
        return change
    change.make(CheckMove.RESUME)
    change.row.rest_until = None
    await _go_on(change)
    return DayOutcome.RESUMED


async def come_back(session: Session, actor: Person, *, now: datetime) -> DayOutcome | Refusal:
    """Be back before one said: one is asked again, from the next hour on."""
    change = await _begin(session, actor, CheckMove.REST, now)
    if isinstance(change, Refusal):
        return change
    change.row.rest_until = None
    await _go_on(change)
    return DayOutcome.RESUMED


async def turn_leader(session: Session, actor: Person, *, now: datetime) -> DayOutcome | Refusal:
    """Let the leader of the building be told, or not any more."""
    change = await _begin(session, actor, CheckMove.CHANGE, now)
    if isinstance(change, Refusal):
        return change
    change.row.leader_too = not change.row.leader_too
    await change.finish()
    return DayOutcome.CHANGED


async def turn_neighbours(
    session: Session, actor: Person, *, now: datetime
) -> DayOutcome | Refusal:
    """Let neighbours be sent when all others were silent, or not any more."""
    change = await _begin(session, actor, CheckMove.CHANGE, now)
    if isinstance(change, Refusal):
        return change
    change.row.may_send_neighbours = not change.row.may_send_neighbours
    await change.finish()
    return DayOutcome.CHANGED


async def switch_off(session: Session, actor: Person, *, now: datetime) -> DayOutcome | Refusal:
    """Not be asked any more; no reason is asked."""
    return await _stop(session, actor, CheckMove.SWITCH_OFF, DayOutcome.SWITCHED_OFF, now)


async def end(session: Session, person_id: int, now: datetime) -> None:
    """End somebody's day check: they leave for good."""
    row = await held_check(session, person_id)
    if row is None:
        return
    change = RecordChange(session, CHECKS, row, person_id, now)
    row.state = CheckState.OFF
    await _be_still(change)


async def _begin(
    session: Session, actor: Person, move: CheckMove, now: datetime
) -> Check | Refusal:
    standing = select(DayCheckRow.id).where(DayCheckRow.person_id == actor.id)
    check_id = await session.scalar(standing)
    if check_id is None:
        return Refusal.MISSING
    return await begin(session, CHECKS, check_id, move, actor, now)


async def _stop(
    session: Session, actor: Person, move: CheckMove, outcome: DayOutcome, now: datetime
) -> DayOutcome | Refusal:
    change = await _begin(session, actor, move, now)
    if isinstance(change, Refusal):
        return change
    change.make(move)
    await _be_still(change)
    return outcome


async def _be_still(change: Check) -> None:
    """Stop all that was on its way about somebody."""
    session, row, now = change.session, change.row, change.now
    await session.flush()
    await change.cancel([Reminder.ASK], "it is not wanted any more")
    await look_for(session, row.person_id, None)
    await stop_days(session, row.person_id, None, now)


async def _go_on(change: Check) -> None:
    """Stop what is on, and arrange what comes by the wishes of now."""
    session, row, now = change.session, change.row, change.now
    await _be_still(change)
    zone = policy_of(session, DayCheckPolicy).zone
    window = next_window(hours_of(row), now, zone, row.rest_until)
    await look_for(session, row.person_id, window.from_at)
    await change.remind(Reminder.ASK, window.ask_at)
