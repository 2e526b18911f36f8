"""What the clock does about call-ups, and what becomes of them when people leave or places go."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from models.callups.actions.calling import (
    Callup,
    comes,
    drop_it,
    ring,
    seconds_at,
    tell_at_once,
    whom_to_tell,
)
from models.callups.actions.coming import fill_up
from models.callups.actions.on_site import leaves
from models.callups.queries import CALLUPS, PARTS, PARTS_NAME, all_parts, filled
from models.callups.rules import (
    ARRIVE_FROM,
    CONFIRM_AGAIN,
    OVER_AFTER,
    SHORT,
    SOON,
    CallupOutcome,
    Move,
    Notice,
    PartMove,
    PartState,
    Reminder,
    State,
)
from models.callups.tables import (
    CallupArrivalRow,
    CallupAskRow,
    CallupPartRow,
    CallupRow,
    GrownUpRow,
)
from models.database import Session
from models.outbox.actions import forget_about
from models.outbox.rules import Lane
from models.people.hanging import PlaceHooks, count_below
from models.people.ties import LeaveHooks
from models.places.tables import PlaceRow
from models.records.changing import RecordChange, wake
from models.reminders.actions import let_go
from models.reminders.views import Due
from models.seats import actions as seats
from models.seats.queries import holders, open_of
from models.seats.rules import SeatState
from models.teams.queries import leads_of


async def rings(session: Session, due: Due, now: datetime) -> None:
    """Ask the next round; where nobody is left to ask, say what is missing, once."""
    change = await _called(session, due, now)
    if change is None or change.row.enough_at is not None:
        return
    if await ring(change, again=False) is CallupOutcome.NOBODY_LEFT:
        parts = [one for one in await all_parts(session, change.row.id) if one.starts_at > now]
        await _tell_short(change, parts, day="", late=due.late)
    await change.finish()


async def stand_in(session: Session, due: Due, now: datetime) -> None:
    """Ask the next of those who stand by where somebody did not answer."""
    change = await _called(session, due, now)
    if change is None:
        return
    for part in await all_parts(session, change.row.id):
        await fill_up(change, part)
    await change.finish()


async def short(session: Session, due: Due, now: datetime) -> None:
    """Tell leads and secretary what is missing on the day that begins so long after it was due."""
    change = await _called(session, due, now)
    if change is None:
        return
    spans = (*SHORT, timedelta())
    parts = [part for span in spans for part in await _on(change, due.due_at + span, ends=False)]
    if parts and now < parts[0].ends_at and change.row.enough_at is None:
        await _tell_short(change, parts, day=parts[0].day.isoformat(), late=due.late)


async def soon(session: Session, due: Due, now: datetime) -> None:
    """Remind who comes on a day, when its site opens with 'I am here'; after its start nobody."""
    change = await _called(session, due, now)
    if change is None:
        return
    parts = [part for span in SOON for part in await _on(change, due.due_at + span, ends=False)]
    if not parts or now >= parts[0].starts_at:
        await let_go(session, due.id, f"of no use any more, late by {now - due.due_at}")
        return
    people = await comes(session, [part.id for part in parts])
    opens = now >= parts[0].starts_at - ARRIVE_FROM
    # whoever sets out is up: it leaves at night too, without a sound
    lane = Lane.LIVE if opens else Lane.NOTICE
    day = parts[0].day.isoformat()
    await change.tell(Notice.SOON, people, lane=lane, day=day, late=due.late)


async def over(session: Session, due: Due, now: datetime) -> None:
    """Close the lists of a day, ask its leads who was there; after the last day thank all."""
    change = await _called(session, due, now)
    if change is None:
        return
    parts = await _on(change, due.due_at - OVER_AFTER, ends=True)
    for part in parts:
        await _close(change, part)
    asked = {lead for part in parts for lead in await _who_confirms(change, part)}
    if asked:
        await change.tell(Notice.CONFIRM, asked, day=parts[0].day.isoformat(), late=due.late)
        for span in CONFIRM_AGAIN:
            await change.remind(Reminder.CONFIRM, now + span)
    left = await all_parts(session, change.row.id)
    if all(part.state == PartState.OVER for part in left):
        people = await _gave_time(session, change.row.id, [part.id for part in left])
        change.make(Move.CLOSE)
        await change.cancel([Reminder.RING, Reminder.STAND_IN], "over")
        await change.tell(Notice.THANKS, people, late=due.late)
    await change.finish()


async def confirm_again(session: Session, due: Due, now: datetime) -> None:
    """Ask once more who was there, day by day; in the end whoever called, too."""
    change = await wake(session, CALLUPS, due.subject_id, now)
    if change is None:
        return
    waiting = select(CallupArrivalRow.part_id).where(
        CallupArrivalRow.confirmed_at.is_(None), CallupArrivalRow.minutes > 0
    )
    open_ = set(await session.scalars(waiting))
    parts = [one for one in await all_parts(session, change.row.id) if one.id in open_]
    for day in dict.fromkeys(part.day for part in parts):
        of_day = [part for part in parts if part.day == day]
        asked = {lead for part in of_day for lead in await _who_confirms(change, part)}
        if now >= of_day[0].ends_at + CONFIRM_AGAIN[-1]:
            asked |= await whom_to_tell(change, of_day)
        await change.tell(Notice.CONFIRM, asked, day=day.isoformat(), late=due.late)


async def undecided(session: Session, due: Due, now: datetime) -> None:
    """Ask once more for a second person; when the first day begins, drop the order and say so."""
    change = await wake(session, CALLUPS, due.subject_id, now)
    if change is None or change.row.state != State.DRAFTED:
        return
    if now >= change.row.starts_at:
        await drop_it(change)
        return
    place = await session.get_one(PlaceRow, change.row.place_id)
    seconds = await seconds_at(session, place.path, but=change.row.created_by)
    await tell_at_once(change, Notice.APPROVAL, seconds)
    await change.remind(Reminder.UNDECIDED, change.row.starts_at)


async def erase(session: Session, due: Due, now: datetime) -> None:
    """Erase who was asked and who was on the lists; the hours of who was there stay."""
    change = await wake(session, CALLUPS, due.subject_id, now)
    if change is None or change.row.state == State.CALLED:
        return
    parts = [part.id for part in await all_parts(session, change.row.id)]
    await seats.erase(session, PARTS_NAME, parts)
    await session.execute(delete(CallupAskRow).where(CallupAskRow.callup_id == change.row.id))
    await forget_about(session, [*Notice], change.row.id)


async def _called(session: Session, due: Due, now: datetime) -> Callup | None:
    change = await wake(session, CALLUPS, due.subject_id, now)
    return change if change is not None and change.row.state == State.CALLED else None


async def _on(change: Callup, at: datetime, *, ends: bool) -> list[CallupPartRow]:
    """List the open parts of the day that begins, or ends, at an instant."""
    return [
        part
        for part in await all_parts(change.session, change.row.id)
        if (part.ends_at if ends else part.starts_at) == at and part.state == PartState.OPEN
    ]


async def _tell_short(
    change: Callup, parts: Sequence[CallupPartRow], *, day: str, late: bool
) -> None:
    full = {one.part_id: one for one in await filled(change.session, parts)}
    wanting = [part for part in parts if full[part.id].free]
    if wanting:
        missing = sum(full[part.id].free for part in wanting)
        told = await whom_to_tell(change, wanting)
        await tell_at_once(change, Notice.SHORT, told, day=day, missing=missing, late=late)


async def _close(change: Callup, part: CallupPartRow) -> None:
    """End a part: who has not said that they left, left when it ended."""
    there = await change.session.scalars(
        select(CallupArrivalRow).where(
            CallupArrivalRow.part_id == part.id, CallupArrivalRow.left_at.is_(None)
        )
    )
    for one in there.all():
        leaves(one, part, part.ends_at)
    record = RecordChange(change.session, PARTS, part, None, change.now)
    await seats.close_list(record)
    record.make(PartMove.CLOSE)
    await change.session.flush()


async def _who_confirms(change: Callup, part: CallupPartRow) -> list[int]:
    """List whom to ask who was there: its leads, else whoever drew it up; nobody if none came."""
    came = await holders(change.session, PARTS_NAME, part.id, [SeatState.CAME])
    if not came:
        return []
    leads = set() if part.team_id is None else {*await leads_of(change.session, part.team_id)}
    alone = len(leads) == 1 and leads <= set(came)  # nobody confirms their own hours
    if leads and not alone:
        return sorted(leads)
    row = change.row
    others = [one for one in (row.created_by, row.approved_by) if one is not None]
    return sorted({*leads, *others})


async def _gave_time(session: Session, callup_id: int, part_ids: Sequence[int]) -> set[int]:
    """List who was there, or stood by on some day."""
    people: set[int] = set()
    for part_id in part_ids:
        people |= {*await holders(session, PARTS_NAME, part_id, [SeatState.CAME])}
    stood_by = select(CallupAskRow.person_id).where(
        CallupAskRow.callup_id == callup_id, CallupAskRow.stood_by
    )
    return people | {*await session.scalars(stood_by)}


async def _leaves(session: Session, person_id: int, now: datetime) -> None:
    """Give up the places of somebody who leaves for good; who stands by is asked."""
    mine = [part_id for part_id, _state in await open_of(session, person_id, PARTS_NAME)]
    rows = await session.execute(
        select(CallupPartRow.callup_id, CallupPartRow.id)
        .where(CallupPartRow.id.in_(mine))
        .order_by(CallupPartRow.callup_id, CallupPartRow.id)
    )
    of_each: dict[int, list[int]] = {}
    for callup_id, part_id in rows.all():
        of_each.setdefault(callup_id, []).append(part_id)
    held = {one: await wake(session, CALLUPS, one, now) for one in of_each}
    await seats.leave(session, person_id, subject=PARTS_NAME)
    for callup_id, change in held.items():
        if change is not None and change.row.state == State.CALLED:
            for part_id in of_each[callup_id]:
                await fill_up(change, await session.get_one(CallupPartRow, part_id))
            await change.finish()
    await session.execute(delete(CallupAskRow).where(CallupAskRow.person_id == person_id))
    await session.execute(delete(GrownUpRow).where(GrownUpRow.person_id == person_id))


async def _under_way(session: Session, path: str) -> int:
    going_on = CallupRow.state.in_([State.DRAFTED, State.CALLED])
    return await count_below(session, CallupRow.place_id, path, going_on)


LEAVE_HOOKS = LeaveHooks(_leaves)
PLACE_HOOKS = PlaceHooks(_under_way)
