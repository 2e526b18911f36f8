"""What the reminders of registrations do when they fall due; leaving, and places that go."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, select, update

from models.database import Session
from models.hours.rules.local_time import day_of
from models.outbox.actions import forget_about
from models.outbox.crowd import Push, notify_each
from models.outbox.refreshing import refresh
from models.people.hanging import PlaceHooks, count_below
from models.people.tables import PersonRow
from models.people.ties import LeaveHooks
from models.people.views import Person
from models.policy.current import policy_of
from models.records.changing import wake
from models.registrations.actions.deciding import close, remind_to_endorse
from models.registrations.actions.moving import go_along
from models.registrations.notices import Notice, Reminder
from models.registrations.records import REGISTRATIONS, Change, told_desk
from models.registrations.rules import (
    GRACE,
    WAITING,
    KindState,
    Move,
    Stage,
    State,
    WhyEnded,
    stage_of,
)
from models.registrations.tables import (
    BuilderMuteRow,
    RegistrationCounterRow,
    RegistrationKindRow,
    RegistrationRow,
)
from models.reminders.rules import State as ReminderState
from models.reminders.tables import ReminderRow
from models.reminders.views import Due


async def begun(session: Session, due: Due, now: datetime) -> None:
    """Let go of a form that was never sent."""
    change = await wake(session, REGISTRATIONS, due.subject_id, now)
    if change is not None and change.row.state == State.BEGUN:
        await close(change, WhyEnded.HOLDER)


async def waits(session: Session, due: Due, now: datetime) -> None:
    """Ask the desk once more while nobody has said yes or no."""
    change = await wake(session, REGISTRATIONS, due.subject_id, now)
    if change is not None and change.row.state in WAITING:
        await told_desk(change, late=due.late)


async def expiry(session: Session, due: Due, now: datetime) -> None:
    """Tell the holder that it ends soon, by one card that changes; end it after the days of grace.

    Nobody loses one without having been told: after an outage there are seven days more.
    """
    change = await wake(session, REGISTRATIONS, due.subject_id, now)
    if change is None or change.row.valid_until is None:
        return
    stage = stage_of(change.row.valid_until, day_of(now, policy_of(session).zone))
    if stage is Stage.FAR:
        return
    if change.row.state == State.STANDING:
        change.make(Move.EXPIRE_SOON)
        if stage is Stage.OVER:
            await change.remind(Reminder.EXPIRY, now + GRACE)
        await change.finish()
        await change.tell(Notice.EXPIRES, [change.row.person_id], late=due.late)
    elif change.row.state == State.EXPIRING:
        if stage is Stage.OVER and not await _later_look(change.session, change.row.id, now):
            await close(change, WhyEnded.EXPIRED)
            await change.tell(Notice.EXPIRED, [change.row.person_id], late=due.late)
        else:
            await change.finish()


async def expiry_all(session: Session, fired: Sequence[Due], now: datetime) -> None:
    """Do the same for many together: those that begin to end soon in a few statements, the others
    one by one."""
    await session.flush()
    today = day_of(now, policy_of(session).zone)
    held = await session.scalars(
        select(RegistrationRow)
        .where(RegistrationRow.id.in_({one.subject_id for one in fired}))
        .order_by(RegistrationRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = {row.id: row for row in held.all()}
    soon: dict[int, Due] = {}
    others: list[Due] = []
    for one in fired:
        row = rows.get(one.subject_id)
        begins = row is not None and one.subject_id not in soon and _begins_to_end(row, today)
        if begins:
            soon[one.subject_id] = one
        else:
            others.append(one)
    for number in soon:
        rows[number].state = REGISTRATIONS.lifecycle.after(rows[number].state, Move.EXPIRE_SOON)
    await session.flush()
    await refresh(session, kinds=REGISTRATIONS.cards, subject_ids=[*soon], now=now)
    pushes = [
        Push(rows[number].person_id or 0, number, {"late": one.late})
        for number, one in soon.items()
    ]
    await notify_each(session, pushes, kind=Notice.EXPIRES, now=now)
    for one in others:
        await expiry(session, one, now)


def _begins_to_end(row: RegistrationRow, today: date) -> bool:
    """Return whether all that is to be done about it is to tell that it ends soon."""
    if row.state != State.STANDING or row.valid_until is None:
        return False
    return stage_of(row.valid_until, today) not in {Stage.FAR, Stage.OVER}


async def _later_look(session: Session, registration_id: int, now: datetime) -> bool:
    """Return whether it is looked at once more: it was told late, and has its days of grace."""
    found = await session.scalar(
        select(func.count()).where(
            ReminderRow.kind == Reminder.EXPIRY,
            ReminderRow.subject_id == registration_id,
            ReminderRow.state == ReminderState.PENDING,
            ReminderRow.due_at > now,
        )
    )
    return bool(found)


async def permit(session: Session, due: Due, now: datetime) -> None:
    """Remind whoever stays for a while that they can ask for a permit."""
    change = await wake(session, REGISTRATIONS, due.subject_id, now)
    if change is not None and change.row.state != State.ENDED:
        await change.tell(Notice.PERMIT, [change.row.person_id], late=due.late)


async def endorse(session: Session, due: Due, now: datetime) -> None:
    """Remind whoever stays for a while that a permit is endorsed, and come back in a year."""
    change = await wake(session, REGISTRATIONS, due.subject_id, now)
    if change is None or change.row.state == State.ENDED:
        return
    await change.tell(Notice.ENDORSE, [change.row.person_id], late=due.late)
    since = date.fromisoformat(str(due.detail["since"]))
    await remind_to_endorse(change, since, day_of(now, policy_of(session).zone))


async def erase(session: Session, due: Due, now: datetime) -> None:
    """Erase whose a registration was and who was told of it; its number and days stay."""
    change = await wake(session, REGISTRATIONS, due.subject_id, now)
    if change is not None and change.row.state == State.ENDED:
        change.row.person_id = change.row.by_id = change.row.decided_by = None
        await session.flush()
        await forget_about(session, [*Notice], change.row.id)


async def leave(session: Session, person_id: int, now: datetime) -> None:
    """End the registrations of somebody who leaves for good, and erase what they answered."""
    await session.execute(delete(BuilderMuteRow).where(BuilderMuteRow.person_id == person_id))
    found = await session.scalars(
        select(RegistrationRow.id)
        .where(RegistrationRow.person_id == person_id, RegistrationRow.state != State.ENDED)
        .order_by(RegistrationRow.id)
    )
    for one in found.all():
        change = await wake(session, REGISTRATIONS, one, now)
        if change is not None:
            await close(change, WhyEnded.LEFT)


async def _open(session: Session, path: str) -> int:
    live = await count_below(
        session, RegistrationRow.place_id, path, RegistrationRow.state != State.ENDED
    )
    usable = RegistrationKindRow.retired_at.is_(None)
    return live + await count_below(session, RegistrationKindRow.place_id, path, usable)


async def carry(session: Session, _actor: Person, places: tuple[int, int], _now: datetime) -> None:
    """Let the numbers of a community that is merged follow those of the other, kind by kind."""
    gone, target = places
    counters = await session.scalars(
        select(RegistrationCounterRow)
        .where(RegistrationCounterRow.community_id == gone)
        .order_by(RegistrationCounterRow.kind_id)
        .with_for_update()
    )
    for one in counters.all():
        key = {"kind_id": one.kind_id, "community_id": target}
        there = await session.get(RegistrationCounterRow, key, with_for_update=True)
        before = 0 if there is None else there.last
        await session.execute(
            update(RegistrationRow)
            .where(RegistrationRow.kind_id == one.kind_id, RegistrationRow.community_id == gone)
            .values(community_id=target, number=RegistrationRow.number + before)
        )
        if there is None:
            one.community_id = target
        else:
            there.last += one.last
            await session.delete(one)
    await session.execute(
        update(RegistrationRow)
        .where(RegistrationRow.community_id == gone)
        .values(community_id=target)
    )
    await session.flush()


async def end_at(session: Session, _actor: Person, place_id: int, now: datetime) -> None:
    """Let registrations of a place that is removed go along with whoever holds them, to where they
    live now; what was never sent ends, and so do those of nobody here. Its kinds are retired."""
    found = await session.scalars(
        select(RegistrationRow.id)
        .where(RegistrationRow.place_id == place_id, RegistrationRow.state != State.ENDED)
        .order_by(RegistrationRow.id)
    )
    for one in found.all():
        change = await wake(session, REGISTRATIONS, one, now)
        if change is not None and await _nobodys(change):
            await close(change, WhyEnded.LEFT)
        elif change is not None:
            await go_along(change)
    await session.execute(
        update(RegistrationKindRow)
        .where(RegistrationKindRow.place_id == place_id, RegistrationKindRow.retired_at.is_(None))
        .values(state=KindState.RETIRED, retired_at=now)
    )


async def _nobodys(change: Change) -> bool:
    """Return whether a registration was never sent, or its holder still lives where it is."""
    row = change.row
    holder = None if row.person_id is None else await change.session.get(PersonRow, row.person_id)
    return row.state == State.BEGUN or holder is None or holder.place_id == row.place_id


LEAVE_HOOKS = LeaveHooks(leave)
PLACE_HOOKS = PlaceHooks(_open, end=end_at, carry=carry)
