"""Guests: replies, somebody instead, arriving."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.meetings.actions.calling import new_code
from models.meetings.actions.notify import refresh_cards, tell_one
from models.meetings.actions.rows import locked, refusal
from models.meetings.queries.detail import picture
from models.meetings.queries.parts import guest_of, path_of, reply_of, stand_in_of
from models.meetings.rules.notices import ANSWERS, Move, Notice, Reply, State
from models.meetings.rules.outcomes import ArriveOutcome, LinkOutcome, MeetingOutcome, ReplyOutcome
from models.meetings.rules.timing import arrival, door, is_code, why_no_reply
from models.meetings.tables import GuestRow, MeetingRow
from models.meetings.views import OfferedPlace
from models.names.queries import names_for
from models.outbox.rules import Lane
from models.people.views import Person
from models.places.rules import covers
from models.policy.current import policy_of


async def check_in(
    session: Session, actor: Person, meeting_id: int, *, now: datetime
) -> ArriveOutcome:
    """Say 'I am here' from the card (HERE); only guests have one."""
    meeting = await locked(session, meeting_id)
    if meeting is None:
        return ArriveOutcome.MISSING
    return await _arrive(session, actor, meeting, now, at_door=False)


async def check_in_at_door(
    session: Session, actor: Person, code: str, *, now: datetime
) -> tuple[ArriveOutcome, int | None]:
    """Check in by what hangs at the door; gives the meeting's id, where there is one.

    A neighbour who was not invited is let in to listen (LISTENING).
    """
    if not is_code(code):
        return ArriveOutcome.MISSING, None
    meeting_id = await session.scalar(select(MeetingRow.id).where(MeetingRow.code == code))
    meeting = await locked(session, meeting_id) if meeting_id is not None else None
    if meeting is None:
        return ArriveOutcome.MISSING, None
    return await _arrive(session, actor, meeting, now, at_door=True), meeting.id


async def tick(
    session: Session, actor: Person, guest_id: int, *, came: bool, now: datetime
) -> MeetingOutcome:
    """Note that a guest is there, or is not after all (DONE); ALREADY where that is noted so."""
    guest = await session.get(GuestRow, guest_id)
    meeting = await locked(session, guest.meeting_id) if guest else None
    if guest is None or meeting is None:
        return MeetingOutcome.MISSING
    if (why := await refusal(session, actor, meeting, Move.TICK, now)) is not None:
        return why
    await session.refresh(guest)
    if came == (guest.came_at is not None):
        return MeetingOutcome.ALREADY
    guest.came_at = now if came else None
    await refresh_cards(session, meeting, now, of=guest.person_id)
    return MeetingOutcome.DONE


async def door_code(
    session: Session, actor: Person, meeting_id: int, *, now: datetime
) -> str | MeetingOutcome:
    """Return what a meeting's poster for the door leads to, for those who look after it."""
    meeting = await locked(session, meeting_id)
    if meeting is None:
        return MeetingOutcome.MISSING
    return await refusal(session, actor, meeting, Move.POSTER, now) or meeting.code


async def _arrive(
    session: Session, actor: Person, meeting: MeetingRow, now: datetime, *, at_door: bool
) -> ArriveOutcome:
    guest = await guest_of(session, meeting.id, actor.id)
    if guest is not None:
        await session.refresh(guest)
    outcome = arrival(
        State(meeting.state),
        door(meeting.starts_at, now, policy_of(session).zone),
        came=guest is not None and guest.came_at is not None,
        invited=guest is not None and guest.reply != Reply.LISTENER,
        may_listen=at_door and await _lives_here(session, actor, meeting),
    )
    if outcome in {ArriveOutcome.HERE, ArriveOutcome.LISTENING}:
        await _write(session, actor, meeting, guest, now)
    return outcome


async def _lives_here(session: Session, actor: Person, meeting: MeetingRow) -> bool:
    home = actor.place_path
    return home is not None and covers(await path_of(session, meeting), home)


async def _write(
    session: Session, actor: Person, meeting: MeetingRow, guest: GuestRow | None, now: datetime
) -> None:
    if guest is None:
        guest = GuestRow(
            meeting_id=meeting.id, person_id=actor.id, invited_at=now, reply=Reply.LISTENER
        )
        session.add(guest)
    guest.came_at = now
    await refresh_cards(session, meeting, now, of=actor.id)


SHOWN = frozenset({LinkOutcome.OPEN, LinkOutcome.YOURS, LinkOutcome.ALREADY, LinkOutcome.INVITED})
"""Whoever comes to this reads what the meeting is about; to others a link tells nothing."""


async def open_link(session: Session, actor: Person, code: str, *, now: datetime) -> OfferedPlace:
    """Return what a link to come instead of somebody is worth to whoever opened it."""
    found = await _found(session, code)
    if found is None:
        return OfferedPlace(LinkOutcome.MISSING)
    meeting, guest = found
    outcome = await _worth(session, actor, meeting, guest, now)
    return await _offered(session, actor, meeting, guest, outcome, now)


async def take_place(session: Session, actor: Person, code: str, *, now: datetime) -> OfferedPlace:
    """Come instead of whoever gave the link (YOURS); of several at once one is first."""
    found = await _found(session, code)
    if found is None:
        return OfferedPlace(LinkOutcome.MISSING)
    meeting, guest = found
    outcome = await _worth(session, actor, meeting, guest, now)
    if outcome is not LinkOutcome.OPEN:
        return await _offered(session, actor, meeting, guest, outcome, now)
    session.add(
        GuestRow(
            meeting_id=meeting.id,
            person_id=actor.id,
            invited_at=now,
            instead_of=guest.person_id,
            reply=Reply.YES,
            replied_at=now,
        )
    )
    await session.flush()
    detail = {"person": actor.id}
    await tell_one(session, meeting.id, Notice.INSTEAD, guest.person_id, now=now, detail=detail)
    await tell_one(session, meeting.id, Notice.INVITED, actor.id, now=now, lane=Lane.ANSWER)
    await refresh_cards(session, meeting, now, of=guest.person_id)
    return await _offered(session, actor, meeting, guest, LinkOutcome.YOURS, now)


async def _found(session: Session, code: str) -> tuple[MeetingRow, GuestRow] | None:
    """Return the meeting of a link, held, and the guest who gave it, as both are now."""
    if not is_code(code):
        return None
    by_code = select(GuestRow).where(GuestRow.code == code)
    guest = await session.scalar(by_code)
    meeting = await locked(session, guest.meeting_id) if guest else None
    now_so = await session.scalar(by_code.execution_options(populate_existing=True))
    return (meeting, now_so) if meeting is not None and now_so is not None else None


async def _worth(
    session: Session, actor: Person, meeting: MeetingRow, guest: GuestRow, now: datetime
) -> LinkOutcome:
    over = why_no_reply(State(meeting.state), meeting.starts_at, now)
    if over is not None:
        return LinkOutcome.OFF if over is ReplyOutcome.OFF else LinkOutcome.TOO_LATE
    if guest.person_id == actor.id:
        return LinkOutcome.OWN
    mine = await guest_of(session, meeting.id, actor.id)
    if mine is not None:
        taken = mine.instead_of == guest.person_id and mine.reply != Reply.NO
        return LinkOutcome.ALREADY if taken else LinkOutcome.INVITED
    if await stand_in_of(session, guest) is not None:
        return LinkOutcome.TAKEN
    return LinkOutcome.OPEN if guest.reply == Reply.INSTEAD else LinkOutcome.WITHDRAWN


async def _offered(
    session: Session,
    actor: Person,
    meeting: MeetingRow,
    guest: GuestRow,
    outcome: LinkOutcome,
    now: datetime,
) -> OfferedPlace:
    if outcome not in SHOWN:
        return OfferedPlace(outcome)
    names = await names_for(session, [guest.person_id])
    view = await picture(session, actor, meeting, now, inside=True)
    return OfferedPlace(outcome, view, names.person(guest.person_id), guest.code or "")


async def reply(
    session: Session, actor: Person, meeting_id: int, said: Reply, *, now: datetime
) -> ReplyOutcome:
    """Answer an invitation, or answer otherwise than before, until the start (NOTED)."""
    meeting = await locked(session, meeting_id)
    if meeting is None:
        return ReplyOutcome.MISSING
    guest = await guest_of(session, meeting_id, actor.id)
    if guest is None or said not in ANSWERS or guest.reply == Reply.LISTENER:
        return ReplyOutcome.NOT_INVITED
    await session.refresh(guest)
    if (why := why_no_reply(State(meeting.state), meeting.starts_at, now)) is not None:
        return why
    before = reply_of(guest)
    if before is said:
        await _see_to_link(session, guest)
        return ReplyOutcome.ALREADY
    guest.reply, guest.replied_at = said, now
    await _see_to_link(session, guest)
    if Reply.NO in {before, said}:
        await _tell_replaced(session, meeting, guest, now)
    await refresh_cards(session, meeting, now, of=actor.id)
    return ReplyOutcome.NOTED


async def _see_to_link(session: Session, guest: GuestRow) -> None:
    """Give a link to whoever looks for somebody else; whoever answers otherwise needs none."""
    if guest.reply != Reply.INSTEAD:
        guest.code = None
    elif guest.code is None and await stand_in_of(session, guest) is None:
        guest.code = new_code()
    await session.flush()


async def _tell_replaced(
    session: Session, meeting: MeetingRow, guest: GuestRow, now: datetime
) -> None:
    """Tell a guest that whoever comes instead of them cannot come, or comes after all.

    The link has been used: they get another.
    """
    if guest.instead_of is None:
        return
    replaced = await guest_of(session, meeting.id, guest.instead_of)
    if replaced is None:
        return
    replaced.code = None
    detail = {"person": guest.person_id}
    await tell_one(session, meeting.id, Notice.INSTEAD, replaced.person_id, now=now, detail=detail)
    await refresh_cards(session, meeting, now, of=replaced.person_id)
