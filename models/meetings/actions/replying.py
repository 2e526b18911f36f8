"""What a guest answers: they come, they cannot, or somebody comes instead of them."""

from datetime import datetime

from models.database import Session
from models.meetings.actions.calling import new_code
from models.meetings.actions.rows import locked
from models.meetings.actions.tell import refresh_cards, tell_one
from models.meetings.queries.parts import guest_of, reply_of, stand_in_of
from models.meetings.rules.kinds import ANSWERS, Notice, Reply, State
from models.meetings.rules.outcomes import ReplyOutcome
from models.meetings.rules.timing import why_no_reply
from models.meetings.tables import GuestRow, MeetingRow
from models.people.views import Person


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
