"""What the clock does where nothing is heard: it tells the next, and never says 'well'."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.categories import EMERGENCY
from models.circle.queries import contacts_of
from models.circle.views import CircleContact
from models.database import Session
from models.daychecks import near
from models.daychecks.actions.days import Day, tell, told_of
from models.daychecks.actions.telling import by_clock, desk_of, ringer_of, tell_all, tell_contact
from models.daychecks.queries import DAYS, home_of
from models.daychecks.rules.ladder import (
    Around,
    DayCheckPolicy,
    LadderStep,
    Rung,
    above,
    following,
    reached,
    wait,
)
from models.daychecks.rules.notices import Notice, Reminder
from models.daychecks.rules.states import PASSED, DayMove, DayState
from models.daychecks.tables import DayCheckRow, DayRow, DayToldRow
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.help.actions.filing import file_request
from models.help.rules.outcomes import FileOutcome
from models.help.rules.policy import Urgency
from models.help.views import Draft
from models.outbox.crowd import Push, notify_each
from models.outbox.rules import Lane
from models.people.queries import person_by_id
from models.policy.current import policy_of
from models.records.changing import wake
from models.reminders.actions import remind_all
from models.reminders.views import Due

FIRST_TOGETHER = 3
"""Ladders climbed together before it is known how long they take: above the second question each
has its own people to be told, which takes 5 ms (measured), and on SQLite turns wait meanwhile."""


async def climb(session: Session, due: Due, now: datetime) -> None:
    """Tell the next on the ladder, for nothing was heard: never is that 'well'."""
    await climb_all(session, [due], now)


async def climb_all(session: Session, fired: Sequence[Due], now: datetime) -> None:
    """Tell the next on many ladders; whoever is asked again is so in as many statements as one.

    A reminder is void where somebody has said something meanwhile: then another one is set.
    """
    dues = {due.subject_id: due for due in fired}
    await _hold_checks(session, list(dues))
    found = await session.scalars(
        select(DayRow)
        .where(DayRow.id.in_(list(dues)), DayRow.state == DayState.WAITING)
        .order_by(DayRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    silent = [row for row in found.all() if row.climb_at == dues[row.id].due_at]
    policy = policy_of(session, DayCheckPolicy)
    again = [row for row in silent if _is_asked_again(row, now, policy)]
    pushes = [
        Push(row.person_id, row.id, {"late": True} if dues[row.id].late else None, Lane.LIVE)
        for row in again
    ]
    until = now + policy.check_circle
    for row in again:
        row.rung, row.climb_at = int(Rung.AGAIN), until
    await session.flush()
    await notify_each(session, pushes, kind=Notice.AGAIN, now=now)
    await remind_all(session, kind=Reminder.CLIMB, wanted=[(row.id, until) for row in again])
    for row in silent:
        if row not in again:
            await _climb_one(by_clock(session, row, now), dues[row.id])


async def _hold_checks(session: Session, day_ids: list[int]) -> None:
    """Hold whose days these are: as a sign does, the check before the day."""
    await session.flush()
    people = select(DayRow.person_id).where(DayRow.id.in_(day_ids))
    await session.execute(
        select(DayCheckRow.id)
        .where(DayCheckRow.person_id.in_(people))
        .order_by(DayCheckRow.id)
        .with_for_update()
    )


def _is_asked_again(row: DayRow, now: datetime, policy: DayCheckPolicy) -> bool:
    """Return whether all that is due is to ask the same person again."""
    in_time = row.climb_at is not None and now < row.climb_at + policy.check_circle
    return row.rung == Rung.ASKED and row.going_at is None and in_time


async def _climb_one(change: Day, due: Due) -> None:
    session, now = change.session, change.now
    policy = policy_of(session, DayCheckPolicy)
    people = await _around(change)
    step = LadderStep(Rung(change.row.rung), change.row.asked)
    if _went(change.row, due, policy):
        found = above(step, people.around)
    else:
        found = reached(step, due.due_at, now, people.around, policy)
    await take_step(change, found, people, late=due.late)


async def move_on(change: Day) -> None:
    """Tell the next at once: whoever was asked cannot, or nobody answered them."""
    people = await _around(change)
    step = LadderStep(Rung(change.row.rung), change.row.asked)
    await change.cancel([Reminder.CLIMB], "the next is told at once")
    await take_step(change, following(step, people.around), people, late=False)


def all_passed(row: DayRow, told: Sequence[DayToldRow]) -> bool:
    """Return whether nobody of those who were told last can do anything."""
    last = [one for one in told if one.rung == row.rung]
    asked = last[-1:] if row.rung == Rung.CIRCLE else last
    return bool(asked) and all(one.said in PASSED for one in asked)


@dataclass(frozen=True)
class PeopleAround:
    """Whom there is to be told next, by rung."""

    contacts: tuple[CircleContact, ...]
    """Those of the circle who have not been asked."""
    near: tuple[int, ...]
    path: str | None
    around: Around


async def take_step(change: Day, step: LadderStep, people: PeopleAround, *, late: bool) -> None:
    """Tell whom a step tells, and set when the next is told."""
    row, session = change.row, change.session
    policy = policy_of(session, DayCheckPolicy)
    row.rung, row.asked = int(step.rung), step.asked
    if step.rung is Rung.LAST:
        await _last(change)
        return
    lasts = wait(step, policy)
    assert lasts is not None  # noqa: S101 - only the last has no end
    row.climb_at = change.now + lasts
    await session.flush()
    if step.rung is Rung.AGAIN:
        await tell(change, Notice.AGAIN, [row.person_id], step.rung, late=late)
    elif step.rung is Rung.CIRCLE:
        await tell_contact(change, people.contacts[0], late=late)
    elif step.rung is Rung.NEAR:
        await tell_all(change, Notice.NEAR, people.near, step.rung, late=late)
    else:
        desk = await desk_of(change, people.path)
        await tell_all(change, Notice.DESK, desk, step.rung, late=late)
    await change.remind(Reminder.CLIMB, row.climb_at)
    if row.going_by is not None:
        await change.finish()  # that nothing was heard of who went is news to those who see it


async def listen(session: Session, due: Due, now: datetime) -> None:
    """Tell the secretary where nobody has listened to a voice message."""
    change = await wake(session, DAYS, due.subject_id, now)
    if change is None or not change.row.to_listen:
        return
    path = await home_of(session, change.row.person_id)
    if path is not None:
        await change.tell(Notice.LISTEN, await people_at_level(session, path, Level.SECRETARY))


def _went(row: DayRow, due: Due, policy: DayCheckPolicy) -> bool:
    """Return whether it is of somebody who went there that nothing was heard for so long."""
    return row.going_at is not None and due.due_at == row.going_at + policy.check_going


async def _around(change: Day) -> PeopleAround:
    session, row = change.session, change.row
    told = await told_of(session, row.id)
    asked = {one.circle_id for one in told}
    already = {one.person_id for one in told} | {row.person_id}
    left = [one for one in await contacts_of(session, row.person_id) if one.circle_id not in asked]
    if any(one.member_id is None for one in left) and await ringer_of(change) is None:
        left = [one for one in left if one.member_id is not None]  # else it would never go on
    path = await home_of(session, row.person_id)
    visitors = (await near.visitors_of(session, row.person_id))[:1]
    check = await session.scalar(
        select(DayCheckRow.leader_too).where(DayCheckRow.person_id == row.person_id)
    )
    leaders = await near.leaders_of(session, path) if check and path is not None else []
    close = tuple(one for one in dict.fromkeys([*visitors, *leaders]) if one not in already)
    around = Around(contacts=row.asked + len(left), near=bool(close))
    return PeopleAround(tuple(left), close, path, around)


async def _last(change: Day) -> None:
    """Ask neighbours, where it was allowed; else it stays red on the desk until somebody knows."""
    row = change.row
    row.climb_at = None
    request_id = await _alarm(change)
    row.request_id = request_id
    change.make(DayMove.GIVE_UP if request_id is None else DayMove.ALARM)
    await change.finish()


async def _alarm(change: Day) -> int | None:
    """File the request for help that somebody allowed to be filed for them; None without leave."""
    session, row = change.session, change.row
    allowed = await session.scalar(
        select(DayCheckRow.may_send_neighbours).where(DayCheckRow.person_id == row.person_id)
    )
    whose = await person_by_id(session, row.person_id)
    if not allowed or whose is None:
        return None
    draft = Draft(f"daychecks:{row.id}:alarm", EMERGENCY, Urgency.EMERGENCY)
    filed = await file_request(session, whose, draft, now=change.now)
    if filed.outcome not in {FileOutcome.FILED, FileOutcome.ALREADY} or filed.receipt is None:
        return None
    return filed.receipt.request_id
