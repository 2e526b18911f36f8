"""Checking in: by the QR code at the door, or by a tap on the card."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.meetings.actions.rows import locked, refusal
from models.meetings.actions.tell import refresh_cards
from models.meetings.queries.parts import guest_of, path_of
from models.meetings.rules.kinds import Move, Reply, State
from models.meetings.rules.limits import is_code
from models.meetings.rules.outcomes import ArriveOutcome, MeetingOutcome
from models.meetings.rules.timing import arrival, door
from models.meetings.tables import GuestRow, MeetingRow
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
    """Give whoever looks after a meeting what the poster for its door leads to."""
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
