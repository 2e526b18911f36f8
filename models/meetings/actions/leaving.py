"""What becomes of invitations and action items of somebody who leaves."""

from datetime import datetime

from sqlalchemy import delete, select, update

from models.database import Session
from models.meetings.actions.rows import locked
from models.meetings.queries.items import count_open
from models.meetings.rules.notices import State
from models.meetings.tables import ActionRow, GuestRow, MeetingRow
from models.people.hanging import PlaceHooks, count_below
from models.people.ties import LeaveHooks


async def duties(session: Session, person_id: int) -> int:
    """Count the action items that a person still has to do."""
    return await count_open(session, person_id)


async def let_go(session: Session, person_id: int, _now: datetime) -> None:
    """Take somebody who leaves for good off the lists of guests.

    That they came somewhere stays, as a number without an answer; what they said of what they did
    goes.
    """
    invited = await session.scalars(
        select(GuestRow.meeting_id)
        .where(GuestRow.person_id == person_id)
        .order_by(GuestRow.meeting_id)
    )
    for meeting_id in invited.all():
        await locked(session, meeting_id)
    theirs = GuestRow.person_id == person_id
    await session.execute(delete(GuestRow).where(theirs, GuestRow.came_at.is_(None)))
    silent = {"reply": None, "replied_at": None, "code": None, "instead_of": None}
    await session.execute(update(GuestRow).where(theirs).values(silent))
    await session.execute(
        update(GuestRow).where(GuestRow.instead_of == person_id).values(instead_of=None)
    )
    await session.execute(
        update(ActionRow).where(ActionRow.person_id == person_id).values(done_words=None)
    )


async def _called(session: Session, path: str) -> int:
    return await count_below(session, MeetingRow.place_id, path, MeetingRow.state == State.CALLED)


LEAVE_HOOKS = LeaveHooks(let_go, duties)
PLACE_HOOKS = PlaceHooks(_called)
