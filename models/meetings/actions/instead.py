"""Coming instead of a guest: what their link is worth, and taking their place, once."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.meetings.actions.rows import locked
from models.meetings.actions.tell import refresh_cards, tell_one
from models.meetings.queries.parts import guest_of, stand_in_of
from models.meetings.queries.pictures import picture
from models.meetings.rules.kinds import Notice, Reply, State
from models.meetings.rules.limits import is_code
from models.meetings.rules.outcomes import LinkOutcome, ReplyOutcome
from models.meetings.rules.timing import why_no_reply
from models.meetings.tables import GuestRow, MeetingRow
from models.meetings.views import Offered
from models.names.queries import names_for
from models.outbox.rules import Lane
from models.people.views import Person

SHOWN = frozenset({LinkOutcome.OPEN, LinkOutcome.YOURS, LinkOutcome.ALREADY, LinkOutcome.INVITED})
"""Whoever comes to this reads what the meeting is about; to others a link tells nothing."""


async def open_link(session: Session, actor: Person, code: str, *, now: datetime) -> Offered:
    """Tell what a link to come instead of somebody is worth to whoever opened it."""
    found = await _found(session, code)
    if found is None:
        return Offered(LinkOutcome.MISSING)
    meeting, guest = found
    outcome = await _worth(session, actor, meeting, guest, now)
    return await _offered(session, actor, meeting, guest, outcome, now)


async def take_place(session: Session, actor: Person, code: str, *, now: datetime) -> Offered:
    """Come instead of whoever gave the link (YOURS); of several at once one is first."""
    found = await _found(session, code)
    if found is None:
        return Offered(LinkOutcome.MISSING)
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
    """Give the meeting of a link, held, and the guest who gave it, as both are now."""
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
) -> Offered:
    if outcome not in SHOWN:
        return Offered(outcome)
    names = await names_for(session, [guest.person_id])
    view = await picture(session, actor, meeting, now, inside=True)
    return Offered(outcome, view, names.person(guest.person_id), guest.code or "")
