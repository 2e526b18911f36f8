"""Reading one meeting whole, as far as its reader may see it."""

from datetime import datetime

from models.audit.actions import deny
from models.database import Session
from models.media import Media, MediaKind
from models.meetings.queries.items import count_items
from models.meetings.queries.parts import (
    agenda_of,
    counts_of,
    guest_of,
    has_item,
    is_backer,
    looks_after,
    of_desk,
    reply_of,
    stand_in_of,
)
from models.meetings.rules.notices import State
from models.meetings.rules.outcomes import Refusal
from models.meetings.rules.timing import door, is_day_of, moves_open, why_no_reply
from models.meetings.tables import GuestRow, MeetingRow
from models.meetings.views import AgendaItem, Me, MeetingView
from models.names.queries import names_for, places_by_id
from models.people.queries import person_by_id
from models.people.views import Person
from models.policy.current import policy_of
from models.proposals.rules.states import State as ProposalState
from models.proposals.tables import ProposalRow

SUBJECT = "meetings"
"""What the audit book calls a meeting."""


async def meeting_view(
    session: Session, actor: Person, meeting_id: int, *, now: datetime
) -> MeetingView | Refusal:
    """Show a meeting: whole to guests, supporters and the desk; its public part to all others."""
    meeting = await session.get(MeetingRow, meeting_id)
    return await picture(session, actor, meeting, now) if meeting else Refusal.MISSING


async def managed_view(
    session: Session, actor: Person, meeting_id: int, *, now: datetime
) -> MeetingView | Refusal:
    """Show a meeting to whoever looks after it, and to nobody else."""
    meeting = await session.get(MeetingRow, meeting_id)
    if meeting is None:
        return Refusal.MISSING
    if not await looks_after(session, actor, meeting):
        await deny(session, actor.id, SUBJECT, now=now, subject_id=meeting_id)
        return Refusal.NOT_ALLOWED
    return await picture(session, actor, meeting, now)


async def meeting_told(
    session: Session, reader_id: int, meeting_id: int, *, now: datetime
) -> MeetingView | None:
    """Show a meeting to the reader of a notice; None where either is no more."""
    meeting = await session.get(MeetingRow, meeting_id)
    reader = await person_by_id(session, reader_id)
    return await picture(session, reader, meeting, now) if meeting and reader else None


async def picture(
    session: Session, reader: Person, meeting: MeetingRow, now: datetime, *, inside: bool = False
) -> MeetingView:
    """Picture a meeting for a reader; `inside` for somebody who is offered a guest's place."""
    zone, state = policy_of(session).zone, State(meeting.state)
    guest = await guest_of(session, meeting.id, reader.id)
    manages = await looks_after(session, reader, meeting)
    desk = manages or await of_desk(session, reader, meeting)
    inside = inside or desk or guest is not None or await _takes_part(session, reader, meeting)
    agenda = (await agenda_of(session, [meeting.id])).get(meeting.id, [])
    return MeetingView(
        meeting_id=meeting.id,
        state=state,
        called_at=meeting.called_at,
        starts_at=meeting.starts_at,
        version=meeting.version,
        community=(await places_by_id(session, {meeting.place_id}))[meeting.place_id],
        agenda=tuple(_item(proposal) for proposal in agenda),
        inside=inside,
        where=meeting.where if inside else None,
        me=await _me(session, guest) if guest else None,
        can_reply=why_no_reply(state, meeting.starts_at, now) is None,
        door=door(meeting.starts_at, now, zone),
        today=is_day_of(meeting.starts_at, now, zone),
        minutes=meeting.minutes,
        minutes_file=minutes_file(meeting),
        minutes_at=meeting.minutes_at,
        items=await count_items(session, meeting.id) if inside else 0,
        counts=await counts_of(session, meeting.id) if desk else None,
        may=moves_open(state, meeting.starts_at, now) if manages else frozenset(),
    )


def minutes_file(meeting: MeetingRow) -> Media | None:
    """Return the file of the minutes, where there is one."""
    if meeting.minutes_file is None or meeting.minutes_kind is None:
        return None
    return Media(MediaKind(meeting.minutes_kind), meeting.minutes_file)


async def _takes_part(session: Session, reader: Person, meeting: MeetingRow) -> bool:
    backs = await is_backer(session, reader.id, meeting.id)
    return backs or await has_item(session, reader.id, meeting.id)


async def _me(session: Session, guest: GuestRow) -> Me:
    stand_in = await stand_in_of(session, guest)
    stands_in = stand_in.person_id if stand_in else None
    names = await names_for(session, [stands_in, guest.instead_of])
    return Me(
        reply=reply_of(guest),
        came=guest.came_at is not None,
        code=guest.code,
        stand_in=names.person(stands_in),
        instead_of=names.person(guest.instead_of),
    )


def _item(proposal: ProposalRow) -> AgendaItem:
    state = ProposalState(proposal.state)
    return AgendaItem(proposal.id, proposal.number, proposal.title, state)
