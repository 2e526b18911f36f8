"""The use cases of circles: naming, agreeing, leaving again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from models.audit.actions import deny
from models.circle.queries import CIRCLE, NAME, speaks_for, standing
from models.circle.rules import (
    HAS_KEY,
    MOST,
    NAME_LENGTH,
    STANDING,
    CircleOutcome,
    Move,
    Notice,
    State,
    Tie,
    asked_too_soon,
    refusal_of_order,
)
from models.circle.tables import CircleRow
from models.circle.views import NamedMember
from models.database import Session
from models.people.desk import at_desk, tier
from models.people.queries import find_card
from models.people.rules import bare_phone, clean_phone
from models.people.tables import PersonRow
from models.people.ties import LeaveHooks
from models.people.views import Person
from models.places.tables import PlaceRow
from models.records.changing import RecordChange, begin, wake
from models.records.rules import Refusal
from models.records.sealed import look_at, opened, sealed
from models.text import clean_line

Member = RecordChange[CircleRow]


async def add_contact(
    session: Session,
    actor: Person,
    member_id: int,
    tie: Tie,
    *,
    now: datetime,
    whom: int | None = None,
    has_key: bool = False,
) -> NamedMember:
    """Name somebody whom the bot knows: they are asked, and nothing else is until they agree.

    For oneself, or (`whom`) for somebody one speaks for. Never oneself, never twice, at most MOST;
    who said no is not asked again within a year.
    """
    whose = await _whose(session, actor, whom, now)
    if isinstance(whose, Refusal):
        return NamedMember(whose)
    rows = (await session.scalars(standing(whose.id))).all()
    if why := await _not_named(session, whose.id, rows, member_id, now):
        return NamedMember(why)
    change = await _enter(session, actor, whose.id, rows, tie, member_id, has_key=has_key, now=now)
    await change.tell(Notice.ASKED, [member_id])
    return NamedMember(CircleOutcome.NAMED, change.row.id)


async def add_by_phone(
    session: Session,
    actor: Person,
    name: str,
    phone: str,
    tie: Tie,
    *,
    now: datetime,
    whom: int | None = None,
    has_key: bool = False,
) -> NamedMember:
    """Name somebody without the bot, by name and number, both sealed: staff ask them by phone."""
    whose = await _whose(session, actor, whom, now)
    if isinstance(whose, Refusal):
        return NamedMember(whose)
    called, number = clean_line(name, NAME_LENGTH), clean_phone(phone)
    if not called:
        return NamedMember(Refusal.EMPTY)
    if number is None:
        return NamedMember(CircleOutcome.NOT_A_PHONE)
    rows = (await session.scalars(standing(whose.id))).all()
    theirs = {bare_phone(opened(session, row, "phone")) for row in rows if row.phone is not None}
    if bare_phone(number) in theirs:
        return NamedMember(CircleOutcome.KNOWN)
    if len(rows) >= MOST:
        return NamedMember(CircleOutcome.FULL)
    change = await _enter(session, actor, whose.id, rows, tie, None, has_key=has_key, now=now)
    change.row.name = sealed(session, change.row, "name", called)
    change.row.phone = sealed(session, change.row, "phone", number)
    await session.flush()
    await change.tell(Notice.CALL, await _desk_of(session, whose))
    return NamedMember(CircleOutcome.NAMED, change.row.id)


async def agree(
    session: Session, actor: Person, circle_id: int, *, now: datetime
) -> CircleOutcome | Refusal:
    """Agree to be asked how somebody is, as the one who was named."""
    change = await begin(session, CIRCLE, circle_id, Move.AGREE, actor, now)
    if isinstance(change, Refusal):
        return change
    change.make(Move.AGREE)
    change.row.agreed_at = now
    await change.finish()
    await change.tell(Notice.SAID, [change.row.person_id])
    return CircleOutcome.AGREED


async def decline(
    session: Session, actor: Person, circle_id: int, *, now: datetime
) -> CircleOutcome | Refusal:
    """Say no, as the one who was named; nobody asks why, and nobody asks again for a year."""
    change = await begin(session, CIRCLE, circle_id, Move.DECLINE, actor, now)
    if isinstance(change, Refusal):
        return change
    await _over(change, Move.DECLINE)
    await change.tell(Notice.SAID, [change.row.person_id])
    return CircleOutcome.DECLINED


async def step_out(
    session: Session, actor: Person, circle_id: int, *, now: datetime
) -> CircleOutcome | Refusal:
    """Leave a circle that one agreed to be in."""
    change = await begin(session, CIRCLE, circle_id, Move.STEP_OUT, actor, now)
    if isinstance(change, Refusal):
        return change
    await _over(change, Move.STEP_OUT)
    await change.tell(Notice.SAID, [change.row.person_id])
    return CircleOutcome.STEPPED_OUT


async def remove(
    session: Session, actor: Person, circle_id: int, *, now: datetime
) -> CircleOutcome | Refusal:
    """Take somebody out of one's circle, or of that of somebody one speaks for."""
    change = await begin(session, CIRCLE, circle_id, Move.REMOVE, actor, now)
    if isinstance(change, Refusal):
        return change
    had_agreed = change.row.state == State.AGREED
    await _over(change, Move.REMOVE)
    if had_agreed:
        await change.tell(Notice.REMOVED, [change.row.member_id])
    return CircleOutcome.REMOVED


async def put_in_order(
    session: Session,
    actor: Person,
    wanted: Sequence[int],
    *,
    now: datetime,
    whom: int | None = None,
) -> CircleOutcome | Refusal:
    """Say in which order the members (ids of all who stand) are asked."""
    whose = await _whose(session, actor, whom, now)
    if isinstance(whose, Refusal):
        return whose
    rows = {row.id: row for row in await session.scalars(standing(whose.id))}
    if why := refusal_of_order(list(wanted), list(rows)):
        return why
    if [*wanted] == list(rows):
        return Refusal.ALREADY
    for row in rows.values():
        row.position = -1 - row.position  # no two stand at one place while they change
    await session.flush()
    for position, circle_id in enumerate(wanted):
        rows[circle_id].position = position
    await session.flush()
    return CircleOutcome.SET


async def set_key(
    session: Session, actor: Person, circle_id: int, *, has_key: bool, now: datetime
) -> CircleOutcome | Refusal:
    """Say whether a member has a key; it is kept sealed."""
    change = await begin(session, CIRCLE, circle_id, Move.SET, actor, now)
    if isinstance(change, Refusal):
        return change
    row = change.row
    row.has_key = sealed(session, row, "has_key", HAS_KEY if has_key else "")
    await change.finish()
    return CircleOutcome.SET


async def note_answer(
    session: Session, actor: Person, circle_id: int, *, agrees: bool, now: datetime
) -> CircleOutcome | Refusal:
    """Write down, as staff, what somebody without the bot said on the phone."""
    move = Move.NOTE if agrees else Move.NOTE_NO
    change = await begin(session, CIRCLE, circle_id, move, actor, now)
    if isinstance(change, Refusal):
        return change
    if agrees:
        change.make(move)
        change.row.agreed_at = now
        await change.finish()
    else:
        await _over(change, move)
    await change.tell(Notice.SAID, [change.row.person_id])
    return CircleOutcome.AGREED if agrees else CircleOutcome.DECLINED


async def phone_of(
    session: Session, actor: Person, circle_id: int, *, now: datetime
) -> dict[str, str] | Refusal:
    """Return `name` and `phone` of somebody without the bot, to the owner or whoever rings them.

    A look of staff is on record; whose circle it is reads it.
    """
    change = await begin(session, CIRCLE, circle_id, Move.RING, actor, now)
    if isinstance(change, Refusal):
        return change
    row, names = change.row, ("name", "phone")
    if await speaks_for(session, actor.id, row.person_id):
        return {name: opened(session, row, name) for name in names}
    return await look_at(session, actor.id, NAME, row, names, concerning_id=row.person_id, now=now)


async def leave(session: Session, person_id: int, now: datetime) -> None:
    """End the circle of somebody who leaves for good, and let them out of those they are in."""
    theirs = or_(CircleRow.person_id == person_id, CircleRow.member_id == person_id)
    found = select(CircleRow.id).where(theirs, CircleRow.state.in_(list(STANDING)))
    for circle_id in (await session.scalars(found.order_by(CircleRow.id))).all():
        change = await wake(session, CIRCLE, circle_id, now)
        if change is not None and change.row.state in STANDING:
            await _over(change, Move.REMOVE)


async def _whose(
    session: Session, actor: Person, whom: int | None, now: datetime
) -> PersonRow | Refusal:
    """Return, held, whose circle it is: one's own or of whom one speaks for; a try is logged.

    All that names or orders members holds this row, so positions are given one at a time.
    """
    whose = actor.id if whom is None else whom
    if whose != actor.id and not await speaks_for(session, actor.id, whose):
        known = whose if await find_card(session, whose) else None
        await deny(session, actor.id, NAME, now=now, concerning_id=known)
        return Refusal.NOT_ALLOWED
    await session.flush()
    without_key = {"key_share": True}
    return await session.get_one(
        PersonRow, whose, with_for_update=without_key, populate_existing=True
    )


async def _not_named(
    session: Session, person_id: int, rows: Sequence[CircleRow], member_id: int, now: datetime
) -> CircleOutcome | None:
    """Return why somebody whom the bot may know is not asked into a circle."""
    if member_id == person_id:
        return CircleOutcome.ONESELF
    if any(row.member_id == member_id for row in rows):
        return CircleOutcome.KNOWN
    known = (PersonRow.consent_version.is_not(None), PersonRow.telegram_id.is_not(None))
    there = select(PersonRow.id).where(PersonRow.id == member_id, *known)
    if await session.scalar(there.where(PersonRow.left_at.is_(None))) is None:
        return CircleOutcome.UNKNOWN
    if len(rows) >= MOST:
        return CircleOutcome.FULL
    too_soon = asked_too_soon(await _said_no_at(session, person_id, member_id), now)
    return CircleOutcome.SAID_NO if too_soon else None


async def _enter(
    session: Session,
    actor: Person,
    person_id: int,
    rows: Sequence[CircleRow],
    tie: Tie,
    member_id: int | None,
    *,
    has_key: bool,
    now: datetime,
) -> Member:
    row = CircleRow(
        person_id=person_id,
        position=max((row.position for row in rows), default=-1) + 1,
        member_id=member_id,
        relation=tie,
        state=State.ASKED,
        asked_at=now,
    )
    session.add(row)
    await session.flush()
    row.has_key = sealed(session, row, "has_key", HAS_KEY if has_key else "")
    await session.flush()
    return RecordChange(session, CIRCLE, row, actor.id, now)


async def _over(change: Member, move: Move) -> None:
    """End a membership; what was sealed of it is gone, and its cards change."""
    row = change.row
    change.make(move)
    row.ended_at, row.name, row.phone, row.has_key = change.now, None, None, None
    await change.finish()


async def _said_no_at(session: Session, person_id: int, member_id: int) -> datetime | None:
    found: datetime | None = await session.scalar(
        select(func.max(CircleRow.ended_at)).where(
            CircleRow.person_id == person_id,
            CircleRow.member_id == member_id,
            CircleRow.state == State.DECLINED,
        )
    )
    return found


async def _desk_of(session: Session, whose: PersonRow) -> list[int]:
    """List who asks somebody by phone: those of the desk who stand nearest to the residents."""
    if whose.place_id is None:
        return []
    path = (await session.get_one(PlaceRow, whose.place_id)).path
    people = at_desk(select(PersonRow.id, tier()), path)
    found = (await session.execute(people)).all()
    first = min((rank for _person_id, rank in found), default=0)
    return sorted({person_id for person_id, rank in found if rank == first})


LEAVE_HOOKS = LeaveHooks(leave)
