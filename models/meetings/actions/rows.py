"""Getting hold of a meeting: its locked row, its agenda's, and who may look after it."""

from datetime import datetime

from sqlalchemy import select

from models.audit.actions import deny
from models.database import Session
from models.meetings.queries.parts import looks_after
from models.meetings.rules.notices import Move, State
from models.meetings.rules.outcomes import MeetingOutcome
from models.meetings.rules.timing import why_not
from models.meetings.tables import AgendaRow, MeetingRow
from models.people.views import Person
from models.proposals.actions.rows import locked as locked_proposal
from models.proposals.tables import ProposalRow

SUBJECT = "meetings"
"""What the audit book calls a meeting."""


async def locked(session: Session, meeting_id: int) -> MeetingRow | None:
    """Give a meeting as it is now and hold it until the transaction ends: its moves are serial."""
    await session.flush()
    return await session.get(MeetingRow, meeting_id, with_for_update=True, populate_existing=True)


async def locked_agenda(session: Session, meeting_id: int) -> list[ProposalRow]:
    """Return the proposals on an agenda, held; whoever needs both holds them before the meeting."""
    ids = await session.scalars(
        select(AgendaRow.proposal_id)
        .where(AgendaRow.meeting_id == meeting_id)
        .order_by(AgendaRow.proposal_id)
    )
    found = [await locked_proposal(session, proposal_id) for proposal_id in ids.all()]
    return [proposal for proposal in found if proposal is not None]


async def refusal(
    session: Session, actor: Person, meeting: MeetingRow, move: Move, now: datetime
) -> MeetingOutcome | None:
    """Return why somebody may not make a move on a locked meeting; None where they may."""
    if not await looks_after(session, actor, meeting):
        detail = {"move": str(move)}
        await deny(session, actor.id, SUBJECT, now=now, subject_id=meeting.id, detail=detail)
        return MeetingOutcome.NOT_ALLOWED
    return why_not(move, State(meeting.state), meeting.starts_at, now)
