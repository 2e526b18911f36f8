"""Publishing the minutes, in words or as a file, and publishing them corrected."""

from datetime import datetime

from models.database import Session
from models.hours.rules.instants import in_utc
from models.media import Media, MediaKind
from models.meetings.actions.rows import locked, locked_agenda, refusal
from models.meetings.actions.tell import guests, refresh_cards, stop_reminders, tell_all
from models.meetings.queries.parts import backers
from models.meetings.rules.kinds import Move, Notice, State
from models.meetings.rules.limits import MINUTES_LENGTH
from models.meetings.rules.outcomes import MeetingOutcome
from models.meetings.tables import MeetingRow
from models.people.views import Person
from models.proposals.actions.rows import add_line
from models.proposals.actions.tell import refresh_cards as refresh_proposal
from models.proposals.rules.kinds import Line
from models.proposals.tables import ProposalRow
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
        await add_line(session, proposal, Line.MINUTES, now=now, actor_id=actor.id, detail=detail)
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
