"""What the reminders of meetings do when they fall due. Each looks at the state first."""

from datetime import datetime

from models.database import Session
from models.escalation.queries import people_at_level
from models.escalation.rules import Level
from models.meetings.actions.minutes import AGAIN, locked_item
from models.meetings.actions.notify import STARTS, awaited, refresh_cards, tell_all, tell_one
from models.meetings.actions.rows import locked
from models.meetings.queries.parts import path_of
from models.meetings.rules.notices import Notice, Reminder, State
from models.meetings.rules.timing import MeetingPolicy, is_of_use, late_from
from models.meetings.tables import ActionRow, MeetingRow
from models.policy.current import policy_of
from models.reminders.actions import let_go, remind
from models.reminders.views import Due


async def soon(session: Session, fired: Due, now: datetime) -> None:
    """Remind the guests of a meeting, all but those who do not come; after the start nobody.

    A reminder that comes too late changes the cards all the same: they offer to check in now.
    """
    meeting = await locked(session, fired.subject_id)
    if meeting is None or meeting.state != State.CALLED:
        return
    if fired.detail.get(STARTS) != meeting.starts_at.isoformat():
        return
    before = policy_of(session, MeetingPolicy).meeting_before
    if not is_of_use(fired.due_at, meeting.starts_at, before, now):
        await let_go(session, fired.id, f"of no use any more, late by {now - fired.due_at}")
        await refresh_cards(session, meeting, now)
        return
    await tell_all(
        session,
        meeting,
        Notice.SOON,
        await awaited(session, meeting),
        now=now,
        name=fired.due_at.isoformat(),
        detail={"late": fired.late, STARTS: fired.detail[STARTS]},
    )


async def action_due(session: Session, fired: Due, now: datetime) -> None:
    """Remind whoever has to do something; when its day is over, the secretary hears of it too."""
    item = await locked_item(session, fired.subject_id)
    if item is None or item.done_at is not None:
        return
    again = bool(fired.detail.get(AGAIN))
    late_at = late_from(item.due_at, policy_of(session).zone)
    if not again:
        detail = {AGAIN: True}
        await remind(
            session, kind=Reminder.ACTION_DUE, subject_id=item.id, due_at=late_at, detail=detail
        )
        if now >= late_at:
            await let_go(session, fired.id, "its day is over: that is told instead")
            return
    secretaries = await _secretaries(session, item) if again else set[int]()
    for person_id in sorted({item.person_id, *secretaries}):
        detail = {"late": fired.late, AGAIN: again}
        await tell_one(session, item.id, Notice.ACTION_DUE, person_id, now=now, detail=detail)


async def _secretaries(session: Session, item: ActionRow) -> set[int]:
    meeting = await session.get_one(MeetingRow, item.meeting_id)
    return set(await people_at_level(session, await path_of(session, meeting), Level.SECRETARY))
