"""Calling a meeting, changing it, calling it off."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import func, insert, select, update

from models.database import Session
from models.meetings.actions.notify import (
    concerned,
    refresh_cards,
    set_reminders,
    stop_reminders,
    tell_all,
)
from models.meetings.actions.rows import locked, locked_agenda, refusal
from models.meetings.queries.invitees import invitees, with_account
from models.meetings.queries.parts import backers
from models.meetings.rules.notices import GuestGroup, Notice, Reply, State
from models.meetings.rules.notices import Move as MeetingMove
from models.meetings.rules.outcomes import MeetingCallOutcome, MeetingOutcome
from models.meetings.rules.timing import MOST_ON_AGENDA, WHERE_LENGTH, starting, wrong_start
from models.meetings.tables import AgendaRow, GuestRow, MeetingRow
from models.meetings.views import Called, MeetingPlan
from models.people.views import Person
from models.places.rules import covers
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.proposals.actions import rows as proposals
from models.proposals.actions.notify import refresh_cards as refresh_proposal
from models.proposals.actions.rows import add_line
from models.proposals.rules.notices import ProposalEvent
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import Move
from models.proposals.tables import ProposalRow
from models.text import clean_text

CODE_BYTES = 12
"""Nobody guesses 96 bits; as letters they are 16, and fit a link and a button."""

WRONG = {
    MeetingOutcome.PAST: MeetingCallOutcome.PAST,
    MeetingOutcome.TOO_FAR: MeetingCallOutcome.TOO_FAR,
}


def new_code() -> str:
    """Make a code for a link."""
    return secrets.token_urlsafe(CODE_BYTES)


async def may_call(
    session: Session, actor: Person, proposal_id: int, *, now: datetime
) -> ProposalOutcome | None:
    """Return why somebody may not call a meeting on a proposal; None where they may."""
    proposal = await proposals.locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    return await proposals.refusal(session, actor, proposal, Move.CALL_MEETING, now)


async def call_meeting(
    session: Session, actor: Person, wanted: MeetingPlan, *, now: datetime
) -> Called:
    """Call a meeting on one or more proposals of a community, and invite.

    CALLED with its id; ALREADY where this form was sent before. Authors and those who back the
    proposals are always invited. Whoever calls it is its guest and comes.
    """
    agenda = await _agenda(session, actor, wanted, now)
    sent = await session.scalar(select(MeetingRow).where(MeetingRow.token == wanted.token))
    if sent is not None:
        return Called(MeetingCallOutcome.ALREADY, sent.id, await _head_count(session, sent))
    if not isinstance(agenda, list):
        return Called(agenda)
    starts_at = starting(wanted.day, wanted.at, policy_of(session).zone)
    where = clean_text(wanted.where, WHERE_LENGTH)
    if (wrong := wrong_start(starts_at, now)) is not None:
        return Called(WRONG[wrong])
    if not where:
        return Called(MeetingCallOutcome.NO_WHERE)
    path = (await session.get_one(PlaceRow, agenda[0].community_id)).path
    building = await _building(session, wanted, path)
    if building is None and GuestGroup.BUILDING in wanted.parts:
        return Called(MeetingCallOutcome.BAD_BUILDING)
    meeting = await _write(session, actor, wanted, agenda, starts_at, where, now)
    people = await backers(session, [one.id for one in agenda])
    people |= await invitees(session, path, wanted.parts, building)
    await _invite(session, actor, meeting, await with_account(session, people), now)
    for proposal in agenda:
        await _note(session, actor, proposal, meeting, now)
    await set_reminders(session, meeting, now)
    await refresh_cards(session, meeting, now)
    return Called(MeetingCallOutcome.CALLED, meeting.id, await _head_count(session, meeting))


async def _agenda(
    session: Session, actor: Person, wanted: MeetingPlan, now: datetime
) -> list[ProposalRow] | MeetingCallOutcome | ProposalOutcome:
    """Hold the proposals for the agenda, in its order; or why one of them is not for it."""
    ids = list(dict.fromkeys((wanted.proposal_id, *wanted.more)))
    if len(ids) > MOST_ON_AGENDA:
        return MeetingCallOutcome.TOO_MANY
    held = {one: await proposals.locked(session, one) for one in sorted(ids)}
    first = held[wanted.proposal_id]
    if first is None:
        return ProposalOutcome.MISSING
    if (why := await proposals.refusal(session, actor, first, Move.CALL_MEETING, now)) is not None:
        return why
    agenda = [first]
    for one in ids[1:]:
        other = held[one]
        if other is None or other.community_id != first.community_id:
            return MeetingCallOutcome.MOVED_ON
        if await proposals.refusal(session, actor, other, Move.CALL_MEETING, now) is not None:
            return MeetingCallOutcome.MOVED_ON
        agenda.append(other)
    return agenda


async def _building(session: Session, wanted: MeetingPlan, path: str) -> str | None:
    """Return the path of the building that is invited; None where it is not of the community."""
    if wanted.building_id is None:
        return None
    place = await session.get(PlaceRow, wanted.building_id)
    return place.path if place and covers(path, place.path) and place.path != path else None


async def _write(
    session: Session,
    actor: Person,
    wanted: MeetingPlan,
    agenda: list[ProposalRow],
    starts_at: datetime,
    where: str,
    now: datetime,
) -> MeetingRow:
    meeting = MeetingRow(
        place_id=agenda[0].community_id,
        called_by=actor.id,
        called_at=now,
        token=wanted.token,
        state=State.CALLED,
        starts_at=starts_at,
        where=where,
        code=new_code(),
    )
    session.add(meeting)
    await session.flush()
    for position, proposal in enumerate(agenda, 1):
        session.add(AgendaRow(meeting_id=meeting.id, proposal_id=proposal.id, position=position))
    await session.flush()
    return meeting


async def _invite(
    session: Session, actor: Person, meeting: MeetingRow, people: Iterable[int], now: datetime
) -> None:
    """Make people guests and send them the card; whoever calls the meeting comes without one."""
    others = sorted(set(people) - {actor.id})
    host = {"reply": Reply.YES, "replied_at": now}
    rows = [_guest(meeting, actor.id, now) | host]
    rows += [_guest(meeting, person_id, now) for person_id in others]
    await session.execute(insert(GuestRow), rows)
    await tell_all(session, meeting, Notice.INVITED, others, now=now)


def _guest(meeting: MeetingRow, person_id: int, now: datetime) -> dict[str, object]:
    return {
        "meeting_id": meeting.id,
        "person_id": person_id,
        "invited_at": now,
        "reply": None,
        "replied_at": None,
    }


async def _note(
    session: Session, actor: Person, proposal: ProposalRow, meeting: MeetingRow, now: datetime
) -> None:
    detail = {"meeting": meeting.id}
    await proposals.add_line(
        session, proposal, ProposalEvent.MEETING, now=now, actor_id=actor.id, detail=detail
    )
    await refresh_proposal(session, proposal, now)


async def _head_count(session: Session, meeting: MeetingRow) -> int:
    found = await session.scalar(
        select(func.count(GuestRow.id)).where(GuestRow.meeting_id == meeting.id)
    )
    return found or 0


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
    if (why := await refusal(session, actor, meeting, MeetingMove.CHANGE, now)) is not None:
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
            session,
            proposal,
            ProposalEvent.MEETING_MOVED,
            now=now,
            actor_id=actor.id,
            detail=detail,
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
    why = await refusal(session, actor, meeting, MeetingMove.CALL_OFF, now)
    if why is not None:
        return MeetingOutcome.ALREADY if why is MeetingOutcome.OFF else why
    meeting.state, meeting.version = State.OFF, meeting.version + 1
    await session.flush()
    await stop_reminders(session, meeting, "called off", now)
    detail = {"meeting": meeting.id}
    for proposal in agenda:
        await add_line(
            session, proposal, ProposalEvent.MEETING_OFF, now=now, actor_id=actor.id, detail=detail
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
