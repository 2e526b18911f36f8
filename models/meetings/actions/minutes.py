"""Minutes, and the action items that come of them."""

from datetime import date, datetime

from sqlalchemy import select

from models.audit.actions import deny
from models.database import Session
from models.hours.rules.local_time import in_utc
from models.media import Media, MediaKind
from models.meetings.actions.notify import (
    guests,
    refresh_cards,
    refresh_item,
    stop_reminders,
    tell_all,
    tell_one,
)
from models.meetings.actions.rows import SUBJECT, locked, locked_agenda, refusal
from models.meetings.queries.items import possible_owners
from models.meetings.queries.parts import backers, looks_after
from models.meetings.rules.notices import Move, Notice, Reminder, State
from models.meetings.rules.outcomes import MeetingOutcome
from models.meetings.rules.timing import (
    MINUTES_LENGTH,
    WORDS_LENGTH,
    due_on,
    is_overdue,
    late_from,
    wrong_start,
)
from models.meetings.tables import ActionRow, MeetingRow
from models.people.views import Person
from models.policy.current import policy_of
from models.proposals.actions.notify import refresh_cards as refresh_proposal
from models.proposals.actions.rows import add_line
from models.proposals.rules.notices import ProposalEvent
from models.proposals.tables import ProposalRow
from models.reminders.actions import cancel, remind
from models.text import clean_text

FILES = frozenset({MediaKind.DOCUMENT, MediaKind.PHOTO})
"""What minutes can be beside words: what everybody can open and read."""


async def publish_minutes(
    session: Session,
    actor: Person,
    meeting_id: int,
    words: str,
    file: Media | None = None,
    *,
    now: datetime,
) -> MeetingOutcome:
    """Publish what was said to guests and to all who back what was on the agenda, each once.

    The meeting counts as held (DONE). Published again they are corrected, and say so; the same
    once more is UNCHANGED.
    """
    agenda = await locked_agenda(session, meeting_id)
    meeting = await locked(session, meeting_id)
    if meeting is None:
        return MeetingOutcome.MISSING
    if (why := await refusal(session, actor, meeting, Move.MINUTES, now)) is not None:
        return why
    said = clean_text(words, MINUTES_LENGTH) or None
    kept = file if file is not None and file.file_id and file.kind in FILES else None
    if said is None and kept is None:
        return MeetingOutcome.EMPTY
    text = (said, kept.file_id if kept else None, kept.kind if kept else None)
    if text == (meeting.minutes, meeting.minutes_file, meeting.minutes_kind):
        return MeetingOutcome.UNCHANGED
    corrected = meeting.minutes_at is not None
    meeting.minutes, meeting.minutes_file, meeting.minutes_kind = text
    meeting.minutes_at, meeting.state = now, State.HELD
    await session.flush()
    await stop_reminders(session, meeting, "held", now)
    await _note(session, actor, meeting, agenda, now)
    await _tell(session, actor, meeting, agenda, now, corrected=corrected)
    return MeetingOutcome.DONE


async def _note(
    session: Session,
    actor: Person,
    meeting: MeetingRow,
    agenda: list[ProposalRow],
    now: datetime,
) -> None:
    detail = {"meeting": meeting.id}
    for proposal in agenda:
        await add_line(
            session, proposal, ProposalEvent.MINUTES, now=now, actor_id=actor.id, detail=detail
        )
        await refresh_proposal(session, proposal, now)


async def _tell(
    session: Session,
    actor: Person,
    meeting: MeetingRow,
    agenda: list[ProposalRow],
    now: datetime,
    *,
    corrected: bool,
) -> None:
    people = {*await guests(session, meeting), *await backers(session, [p.id for p in agenda])}
    at = in_utc(now).isoformat()
    detail = {"at": at, "corrected": corrected}
    await refresh_cards(session, meeting, now)
    await tell_all(
        session, meeting, Notice.MINUTES, people - {actor.id}, now=now, name=at, detail=detail
    )


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
    """Return why something cannot be written down as an action item; None where it can."""
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
    """Return why a day cannot be named; today still can, whatever the hour."""
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
    """Return an action item as it is now and hold it until the transaction ends."""
    await session.flush()
    return await session.get(ActionRow, item_id, with_for_update=True, populate_existing=True)
