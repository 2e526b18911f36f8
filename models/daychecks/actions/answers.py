"""What they say themselves, and what whoever was told of a silence says."""

from datetime import datetime, timedelta

from sqlalchemy import select

from models.categories import EMERGENCY
from models.database import Session
from models.daychecks.actions.days import Day, settle, told_of
from models.daychecks.actions.ladder import all_passed, move_on
from models.daychecks.queries import DAYS, NAME, is_going
from models.daychecks.rules.ladder import DayCheckPolicy
from models.daychecks.rules.notices import Reminder
from models.daychecks.rules.states import (
    NOBODY_KNOWS,
    DayMove,
    DayOutcome,
    DayState,
    Known,
    TheySaid,
    well_move,
)
from models.help.actions.filing import cancel_request, file_request
from models.help.rules.outcomes import FileOutcome
from models.help.rules.policy import Urgency
from models.help.rules.states import UNENDED
from models.help.tables import RequestRow
from models.help.views import Draft
from models.people.views import Person
from models.policy.current import policy_of
from models.records.changing import begin
from models.records.rules import Refusal
from models.records.sealed import look_at

STILL_THE_SAME = timedelta(hours=2)
"""So long an emergency that was called is what the help is asked for."""
HELP = "other"
"""The kind of help of a request that begins with a tap: the owner asks what it is about."""


async def say_well(
    session: Session, actor: Person, day_id: int, *, now: datetime
) -> DayOutcome | Refusal:
    """Say by one's own tap that all is well."""
    row = await DAYS.held(session, day_id)
    if row is None:
        return Refusal.MISSING
    move = well_move(row.rung)
    change = await begin(session, DAYS, day_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    await _said(change, move)
    return DayOutcome.WELL


async def ask_help(
    session: Session,
    actor: Person,
    day_id: int,
    words: str,
    *,
    now: datetime,
    urgency: Urgency = Urgency.URGENT,
    category: str = HELP,
) -> DayOutcome | Refusal:
    """Ask for help: a request of one's own is filed at once (HELP), else NOT_FILED.

    An emergency of theirs that has been called already is the request. Again it is refused as done
    already; the request is `request_id` of the day.
    """
    change = await begin(session, DAYS, day_id, DayMove.ASK_HELP, actor, now)
    if isinstance(change, Refusal):
        return change
    request_id = await _running_emergency(session, actor, now)
    if request_id is None:
        draft = Draft(f"daychecks:{day_id}:help", category, urgency, words, looked_after=True)
        filed = await file_request(session, actor, draft, now=now)
        if filed.receipt is None:
            return DayOutcome.NOT_FILED
        request_id = filed.receipt.request_id
    change.row.request_id = request_id
    await _said(change, DayMove.ASK_HELP)
    return DayOutcome.HELP


async def press(
    session: Session, actor: Person, day_id: int, *, now: datetime
) -> DayOutcome | Refusal:
    """Say that the help one asked for cannot wait: an emergency takes its place."""
    change = await begin(session, DAYS, day_id, DayMove.PRESS, actor, now)
    if isinstance(change, Refusal):
        return change
    before, token = change.row.request_id, f"daychecks:{day_id}:emergency"
    draft = Draft(token, EMERGENCY, Urgency.EMERGENCY)
    filed = await file_request(session, actor, draft, now=now)
    if filed.receipt is None:
        return DayOutcome.NOT_FILED
    if filed.outcome is FileOutcome.ALREADY:
        return Refusal.ALREADY
    change.row.request_id = filed.receipt.request_id
    if before is not None:
        await cancel_request(session, actor, before, now=now)
    await change.finish()
    return DayOutcome.PRESSED


async def find_well(
    session: Session, actor: Person, day_id: int, how: Known, *, now: datetime
) -> DayOutcome | Refusal:
    """Say that somebody is well, and how one knows: spoke with them, or saw them."""
    change = await begin(session, DAYS, day_id, DayMove.FIND, actor, now)
    if isinstance(change, Refusal):
        return change
    change.row.found_by, change.row.how = actor.id, how
    await _note(change, TheySaid.WELL)
    await settle(change, DayMove.FIND)
    return DayOutcome.FOUND_WELL


async def go_there(
    session: Session, actor: Person, day_id: int, *, now: datetime
) -> DayOutcome | Refusal:
    """Say that one goes there now: so long nobody else is told, but all see who goes.

    OTHER_GOES where somebody is on the way already.
    """
    change = await begin(session, DAYS, day_id, DayMove.GO, actor, now)
    if isinstance(change, Refusal):
        return change
    row, policy = change.row, policy_of(session, DayCheckPolicy)
    if is_going(row, policy, now):
        return Refusal.ALREADY if row.going_by == actor.id else DayOutcome.OTHER_GOES
    row.going_by, row.going_at = actor.id, now
    await _note(change, TheySaid.GOING)
    if row.state == DayState.WAITING:
        await change.cancel([Reminder.CLIMB], "somebody goes there")
        row.climb_at = now + policy.check_going
        await change.remind(Reminder.CLIMB, row.climb_at)
    await change.finish()
    return DayOutcome.GOING


async def hand_on(
    session: Session, actor: Person, day_id: int, *, rang: bool, now: datetime
) -> DayOutcome | Refusal:
    """Say that one cannot, or (`rang`) that nobody answered: the next is told at once.

    It closes nothing. Who says so after the next has been told changes nothing but their own word.
    """
    change = await begin(session, DAYS, day_id, DayMove.HAND_ON, actor, now)
    if isinstance(change, Refusal):
        return change
    row, policy = change.row, policy_of(session, DayCheckPolicy)
    await _note(change, TheySaid.NO_ANSWER if rang else TheySaid.CANNOT)
    went = row.going_by == actor.id
    if went:
        row.going_by, row.going_at = None, None
    waits = row.state == DayState.WAITING and not is_going(row, policy, now)
    if waits and (went or all_passed(row, await told_of(session, row.id))):
        await move_on(change)
    else:
        await change.finish()
    return DayOutcome.HANDED_ON


async def voices_of(
    session: Session, actor: Person, day_id: int, *, now: datetime
) -> list[str] | Refusal:
    """Return the files of what was spoken to whoever is to listen; the look is on record."""
    change = await begin(session, DAYS, day_id, DayMove.LISTEN, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    opened = await look_at(
        session, actor.id, NAME, row, ["voice"], concerning_id=row.person_id, now=now
    )
    return opened["voice"].splitlines() if "voice" in opened else Refusal.MISSING


async def listened(
    session: Session, actor: Person, day_id: int, *, now: datetime
) -> DayOutcome | Refusal:
    """Say that one has listened to the voice message; it waits no more."""
    change = await begin(session, DAYS, day_id, DayMove.LISTEN, actor, now)
    if isinstance(change, Refusal):
        return change
    if not change.row.to_listen:
        return Refusal.ALREADY
    change.row.to_listen = False
    await change.cancel([Reminder.LISTEN], "somebody has listened")
    await change.finish()
    return DayOutcome.LISTENED


async def _running_emergency(session: Session, actor: Person, now: datetime) -> int | None:
    found: int | None = await session.scalar(
        select(RequestRow.id)
        .where(
            RequestRow.beneficiary_id == actor.id,
            RequestRow.urgency == Urgency.EMERGENCY,
            RequestRow.state.in_(list(UNENDED)),
            RequestRow.created_at > now - STILL_THE_SAME,
        )
        .order_by(RequestRow.id.desc())
        .limit(1)
    )
    return found


async def _said(change: Day, move: DayMove) -> None:
    """Write what they said themselves; where nobody knew, all who were told hear of it."""
    if change.row.state in NOBODY_KNOWS:
        await settle(change, move)
        return
    change.make(move)
    await change.finish()


async def _note(change: Day, said: TheySaid) -> None:
    """Write down what somebody who was told said last."""
    for one in await told_of(change.session, change.row.id):
        if one.person_id == change.actor_id:
            one.said = said
    await change.session.flush()
