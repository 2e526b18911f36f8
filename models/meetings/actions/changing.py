"""Another time or place, and calling a meeting off: told to all who have not said no."""

from datetime import date, datetime, time

from sqlalchemy import update

from models.database import Session
from models.meetings.actions.rows import locked, locked_agenda, refusal
from models.meetings.actions.tell import (
    concerned,
    refresh_cards,
    set_reminders,
    stop_reminders,
    tell_all,
)
from models.meetings.rules.kinds import Move, Notice, State
from models.meetings.rules.limits import WHERE_LENGTH
from models.meetings.rules.outcomes import MeetingOutcome
from models.meetings.rules.timing import starting, wrong_start
from models.meetings.tables import GuestRow, MeetingRow
from models.people.views import Person
from models.policy.current import policy_of
from models.proposals.actions.rows import add_line
from models.proposals.actions.tell import refresh_cards as refresh_proposal
from models.proposals.rules.kinds import Line
from models.text import clean_text


async def change_meeting(
    session: Session,
    actor: Person,
    meeting_id: int,
    day: date,
    at: time,
    where: str,
    *,
    now: datetime,
) -> MeetingOutcome:
    """Hold a meeting at another time or place (DONE); UNCHANGED where both are as they were."""
    agenda = await locked_agenda(session, meeting_id)
    meeting = await locked(session, meeting_id)
    if meeting is None:
        return MeetingOutcome.MISSING
    if (why := await refusal(session, actor, meeting, Move.CHANGE, now)) is not None:
        return why
    starts_at = starting(day, at, policy_of(session).zone)
    said = clean_text(where, WHERE_LENGTH)
    if (wrong := wrong_start(starts_at, now)) is not None:
        return wrong
    if not said:
        return MeetingOutcome.EMPTY
    if (meeting.starts_at, meeting.where) == (starts_at, said):
        return MeetingOutcome.UNCHANGED
    moved = meeting.starts_at != starts_at
    meeting.starts_at, meeting.where, meeting.version = starts_at, said, meeting.version + 1
    await session.flush()
    if moved:
        await _nobody_is_here(session, meeting)
        await set_reminders(session, meeting, now)
    detail = {"meeting": meeting.id} | ({"starts": starts_at.isoformat()} if moved else {})
    for proposal in agenda:
        await add_line(
            session, proposal, Line.MEETING_MOVED, now=now, actor_id=actor.id, detail=detail
        )
    await _tell(session, actor, meeting, now)
    return MeetingOutcome.DONE


async def call_off(
    session: Session, actor: Person, meeting_id: int, *, now: datetime
) -> MeetingOutcome:
    """Call a meeting off for good (DONE); twice is ALREADY."""
    agenda = await locked_agenda(session, meeting_id)
    meeting = await locked(session, meeting_id)
    if meeting is None:
        return MeetingOutcome.MISSING
    why = await refusal(session, actor, meeting, Move.CALL_OFF, now)
    if why is not None:
        return MeetingOutcome.ALREADY if why is MeetingOutcome.OFF else why
    meeting.state, meeting.version = State.OFF, meeting.version + 1
    await session.flush()
    await stop_reminders(session, meeting, "called off", now)
    detail = {"meeting": meeting.id}
    for proposal in agenda:
        await add_line(
            session, proposal, Line.MEETING_OFF, now=now, actor_id=actor.id, detail=detail
        )
        await refresh_proposal(session, proposal, now)
    await _tell(session, actor, meeting, now)
    return MeetingOutcome.DONE


async def _nobody_is_here(session: Session, meeting: MeetingRow) -> None:
    """Take back who checked in before the start: they were there for another one."""
    await session.execute(
        update(GuestRow)
        .where(GuestRow.meeting_id == meeting.id, GuestRow.came_at.is_not(None))
        .values(came_at=None)
    )


async def _tell(session: Session, actor: Person, meeting: MeetingRow, now: datetime) -> None:
    people = set(await concerned(session, meeting)) - {actor.id}
    name, detail = str(meeting.version), {"version": meeting.version}
    await refresh_cards(session, meeting, now)
    await tell_all(session, meeting, Notice.CHANGED, people, now=now, name=name, detail=detail)
