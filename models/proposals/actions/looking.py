"""Looking at who wrote a proposal without a name: for staff, and never unseen."""

from datetime import datetime, timedelta

from sqlalchemy import select

from models.audit.actions import deny, record
from models.audit.rules import Act
from models.audit.tables import AuditRow
from models.database import Session
from models.names.queries import names_for, places_by_id
from models.people.tables import PersonRow
from models.people.views import Person
from models.proposals.actions.rows import SUBJECT, add_line, locked
from models.proposals.queries.parts import part_of
from models.proposals.rules.kinds import Line, Readers
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.tables import ProposalRow
from models.proposals.views import Looked

LOOKED_ONCE_IN = timedelta(minutes=10)
"""Within which the same look of the same person is written down once: a second tap shows no more
than the first."""


async def look_at_author(
    session: Session, actor: Person, proposal_id: int, *, now: datetime
) -> Looked:
    """Show the desk who wrote a proposal; of one without a name the look is written down.

    It stands in the audit book, concerning the author, and in the timeline for the author to read.
    """
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return Looked(ProposalOutcome.MISSING)
    part = await part_of(session, actor, proposal)
    if not part.desk and not part.author:
        detail = {"move": "look"}
        await deny(session, actor.id, SUBJECT, now=now, subject_id=proposal.id, detail=detail)
        return Looked(ProposalOutcome.NOT_ALLOWED)
    told = proposal.anonymous and not part.author
    if told and not await _looked_lately(session, actor, proposal, now):
        await _write_down(session, actor, proposal, now)
    return await _shown(session, proposal, told=told)


async def _looked_lately(
    session: Session, actor: Person, proposal: ProposalRow, now: datetime
) -> bool:
    found = await session.scalar(
        select(AuditRow.id)
        .where(
            AuditRow.actor_id == actor.id,
            AuditRow.act == Act.LOOKED,
            AuditRow.subject == SUBJECT,
            AuditRow.subject_id == proposal.id,
            AuditRow.at > now - LOOKED_ONCE_IN,
        )
        .limit(1)
    )
    return found is not None


async def _write_down(
    session: Session, actor: Person, proposal: ProposalRow, now: datetime
) -> None:
    await record(
        session,
        Act.LOOKED,
        now=now,
        actor_id=actor.id,
        subject=SUBJECT,
        subject_id=proposal.id,
        concerning_id=proposal.author_id,
    )
    await add_line(
        session, proposal, Line.LOOKED, now=now, actor_id=actor.id, readers=Readers.AUTHOR
    )


async def _shown(session: Session, proposal: ProposalRow, *, told: bool) -> Looked:
    names = await names_for(session, [proposal.author_id])
    author = names.person(proposal.author_id)
    home = await session.scalar(
        select(PersonRow.place_id).where(PersonRow.id == proposal.author_id)
    )
    where = (await places_by_id(session, {home})).get(home) if author and home else None
    return Looked(ProposalOutcome.DONE, proposal.number, author, where, told)
