"""Getting hold of a proposal: its locked row, why somebody may not move it, its timeline."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, true

from models.audit.actions import deny
from models.database import Session
from models.media import Media
from models.people.views import Person
from models.proposals.queries.detail import part_of
from models.proposals.rules.limits import MOST_MEDIA
from models.proposals.rules.notices import ProposalEvent, Readers
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import ENDED, Move, State, target, why_not
from models.proposals.tables import ProposalLineRow, ProposalMediaRow, ProposalRow

SUBJECT = "proposals"
"""What the audit book calls a proposal."""


async def locked(session: Session, proposal_id: int) -> ProposalRow | None:
    """Return a proposal as it is now and hold it until the transaction ends: its moves are serial.

    Whoever needs two takes the smaller id first.
    """
    await session.flush()
    return await session.get(ProposalRow, proposal_id, with_for_update=True, populate_existing=True)


async def refusal(
    session: Session, actor: Person, proposal: ProposalRow, move: Move, now: datetime
) -> ProposalOutcome | None:
    """Return why somebody may not make a move on a locked proposal; None where they may."""
    why = why_not(State(proposal.state), move, await part_of(session, actor, proposal))
    if why is ProposalOutcome.NOT_ALLOWED:
        detail = {"move": str(move)}
        await deny(session, actor.id, SUBJECT, now=now, subject_id=proposal.id, detail=detail)
    return why


def make(proposal: ProposalRow, move: Move, now: datetime) -> None:
    """Put a locked proposal where a move leads."""
    proposal.state, proposal.changed_at = target(State(proposal.state), move), now
    if proposal.state in ENDED:
        proposal.closed_at = now


async def add_line(
    session: Session,
    proposal: ProposalRow,
    what: ProposalEvent,
    *,
    now: datetime,
    actor_id: int | None,
    detail: dict[str, Any] | None = None,
    words: str | None = None,
    readers: Readers = Readers.ALL,
    media: Sequence[Media] = (),
) -> ProposalLineRow:
    """Write a line of the timeline, with what came along."""
    line = ProposalLineRow(
        proposal_id=proposal.id,
        at=now,
        actor_id=actor_id,
        what=what,
        detail=detail,
        words=words,
        readers=readers,
    )
    session.add(line)
    await session.flush()
    if media and actor_id is not None:
        await add_media(session, proposal, media, actor_id, line_id=line.id)
    return line


async def last_line(
    session: Session, proposal: ProposalRow, what: ProposalEvent | None = None
) -> ProposalLineRow | None:
    """Return the newest line of the timeline of a locked proposal, or the newest of a kind."""
    kind = true() if what is None else ProposalLineRow.what == what
    return await session.scalar(
        select(ProposalLineRow)
        .where(ProposalLineRow.proposal_id == proposal.id, kind)
        .order_by(ProposalLineRow.id.desc())
        .limit(1)
    )


async def add_media(
    session: Session,
    proposal: ProposalRow,
    media: Sequence[Media],
    sent_by: int,
    *,
    line_id: int | None = None,
) -> None:
    """Keep the photos and files that came with a proposal or with one of its lines, in order."""
    last = await session.scalar(
        select(func.max(ProposalMediaRow.position)).where(
            ProposalMediaRow.proposal_id == proposal.id
        )
    )
    shown = [piece for piece in media if piece.file_id][:MOST_MEDIA]
    for position, piece in enumerate(shown, (last or 0) + 1):
        session.add(
            ProposalMediaRow(
                proposal_id=proposal.id,
                position=position,
                line_id=line_id,
                kind=piece.kind,
                file_id=piece.file_id,
                sent_by=sent_by,
            )
        )
    await session.flush()
