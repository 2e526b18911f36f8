"""Action items: what a meeting agreed on, who does it, until when, and that it is done."""

from datetime import date, datetime

from sqlalchemy import select

from models.audit.actions import deny
from models.database import Session
from models.meetings.actions.rows import SUBJECT, locked, refusal
from models.meetings.actions.tell import refresh_item, tell_one
from models.meetings.queries.items import possible_owners
from models.meetings.queries.parts import looks_after
from models.meetings.rules.kinds import Move, Notice, Reminder
from models.meetings.rules.limits import WORDS_LENGTH
from models.meetings.rules.outcomes import MeetingOutcome
from models.meetings.rules.timing import due_on, is_overdue, late_from, wrong_start
from models.meetings.tables import ActionRow, MeetingRow
from models.people.views import Person
from models.policy.current import policy_of
from models.reminders.actions import cancel, remind
from models.text import clean_text

AGAIN = "again"
"""In the detail of a reminder: the day of the action item is over."""


async def add_item(
    session: Session,
    actor: Person,
    meeting_id: int,
    words: str,
    owner_id: int,
    day: date,
    *,
    now: datetime,
) -> MeetingOutcome:
    """Write down what somebody is to do by a day (DONE); they are told, and reminded on it.

    The same, of the same owner by the same day, is ALREADY while it is not done.
    """
    meeting = await locked(session, meeting_id)
    if meeting is None:
        return MeetingOutcome.MISSING
    said = clean_text(words, WORDS_LENGTH)
    due_at = due_on(day, policy_of(session).zone)
    why = await refusal(session, actor, meeting, Move.ITEM, now)
    why = why or await _unfit(session, meeting, said, owner_id, due_at, now)
    if why is not None:
        return why
    item = await _write(session, actor, meeting, said, owner_id, due_at, now)
    await _watch(session, item, now)
    if owner_id != actor.id:
        await tell_one(session, item.id, Notice.ACTION, owner_id, now=now)
    return MeetingOutcome.DONE


async def _unfit(
    session: Session,
    meeting: MeetingRow,
    words: str,
    owner_id: int,
    due_at: datetime,
    now: datetime,
) -> MeetingOutcome | None:
    """Tell why something cannot be written down as an action item; None where it can."""
    if not words:
        return MeetingOutcome.EMPTY
    if (wrong := _wrong_day(session, due_at, now)) is not None:
        return wrong
    if owner_id not in await possible_owners(session, meeting):
        return MeetingOutcome.BAD_OWNER
    stands = await _stands(session, meeting, words, owner_id, due_at)
    return MeetingOutcome.ALREADY if stands else None


async def _watch(session: Session, item: ActionRow, now: datetime) -> None:
    """Remind of an action item on its day; where the hour has passed, when the day is over."""
    kind, late_at = Reminder.ACTION_DUE, late_from(item.due_at, policy_of(session).zone)
    if item.due_at > now:
        await remind(session, kind=kind, subject_id=item.id, due_at=item.due_at)
    else:
        detail = {AGAIN: True}
        await remind(session, kind=kind, subject_id=item.id, due_at=late_at, detail=detail)


def _wrong_day(session: Session, due_at: datetime, now: datetime) -> MeetingOutcome | None:
    """Tell why a day cannot be named; today still can, whatever the hour."""
    if is_overdue(due_at, now, policy_of(session).zone):
        return MeetingOutcome.PAST
    wrong = wrong_start(due_at, now)
    return wrong if wrong is MeetingOutcome.TOO_FAR else None


async def _stands(
    session: Session, meeting: MeetingRow, words: str, owner_id: int, due_at: datetime
) -> bool:
    same = select(ActionRow.id).where(
        ActionRow.meeting_id == meeting.id,
        ActionRow.person_id == owner_id,
        ActionRow.words == words,
        ActionRow.due_at == due_at,
        ActionRow.done_at.is_(None),
    )
    return await session.scalar(same.limit(1)) is not None


async def _write(
    session: Session,
    actor: Person,
    meeting: MeetingRow,
    words: str,
    owner_id: int,
    due_at: datetime,
    now: datetime,
) -> ActionRow:
    item = ActionRow(
        meeting_id=meeting.id,
        words=words,
        person_id=owner_id,
        due_at=due_at,
        set_by=actor.id,
        set_at=now,
    )
    session.add(item)
    await session.flush()
    return item


async def finish_item(
    session: Session, actor: Person, item_id: int, words: str, *, now: datetime
) -> MeetingOutcome:
    """Say that an action item is done, in a word or two or in none (DONE); twice is ALREADY.

    Its owner says so, or whoever looks after the meeting. Whoever wrote it down is told.
    """
    item = await locked_item(session, item_id)
    if item is None:
        return MeetingOutcome.MISSING
    meeting = await session.get_one(MeetingRow, item.meeting_id)
    if item.person_id != actor.id and not await looks_after(session, actor, meeting):
        await deny(session, actor.id, SUBJECT, now=now, subject_id=meeting.id)
        return MeetingOutcome.NOT_ALLOWED
    if item.done_at is not None:
        return MeetingOutcome.ALREADY
    item.done_at, item.done_words = now, clean_text(words, WORDS_LENGTH) or None
    kinds = [str(Reminder.ACTION_DUE)]
    await cancel(session, subject_id=item.id, kinds=kinds, reason="done", now=now)
    await refresh_item(session, item.id, now)
    for person_id in sorted({item.set_by, item.person_id} - {actor.id}):
        await tell_one(session, item.id, Notice.ACTION, person_id, now=now)
    return MeetingOutcome.DONE


async def locked_item(session: Session, item_id: int) -> ActionRow | None:
    """Give an action item as it is now and hold it until the transaction ends."""
    await session.flush()
    return await session.get(ActionRow, item_id, with_for_update=True, populate_existing=True)
