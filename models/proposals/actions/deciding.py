"""The office decides: adopted or declined, with reasons that can be looked at again."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from models.audit.actions import deny, record
from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.database import Session
from models.names.queries import names_for, places_by_id
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.proposals.actions.delivering import schedule_assigning
from models.proposals.actions.notify import refresh_cards, tell_backers
from models.proposals.actions.rows import SUBJECT, add_line, last_line, locked, make, refusal
from models.proposals.queries.detail import part_of
from models.proposals.rules.limits import WORDS_LENGTH
from models.proposals.rules.notices import Notice, ProposalEvent, Readers
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.reception import MOST_REASONS, REASON_LENGTH, ReasonOutcome
from models.proposals.rules.states import Move
from models.proposals.tables import ProposalRow, ReasonRow
from models.proposals.views import Looked
from models.text import clean_text

LINES = {Move.ADOPT: ProposalEvent.ADOPTED, Move.DECLINE: ProposalEvent.DECLINED}


async def adopt(
    session: Session, actor: Person, proposal_id: int, reasons: str, promise: str, *, now: datetime
) -> ProposalOutcome:
    """Adopt a proposal (DONE) for reasons, and promise something; author and backers are told.

    Of two who decide at once the first does; the other is told WRONG_TIME.
    """
    said, promised = clean_text(reasons, WORDS_LENGTH), clean_text(promise, WORDS_LENGTH)
    found = await _undecided(session, actor, proposal_id, Move.ADOPT, now, said and promised)
    if isinstance(found, ProposalOutcome):
        return found
    found.promise = promised
    await _decide(session, actor, found, Move.ADOPT, said, now)
    await schedule_assigning(session, found, now)
    return ProposalOutcome.DONE


async def decline(
    session: Session, actor: Person, proposal_id: int, reasons: str, *, now: datetime
) -> ProposalOutcome:
    """Decline a proposal (DONE) for reasons; author and backers are told."""
    said = clean_text(reasons, WORDS_LENGTH)
    found = await _undecided(session, actor, proposal_id, Move.DECLINE, now, said)
    if isinstance(found, ProposalOutcome):
        return found
    await _decide(session, actor, found, Move.DECLINE, said, now)
    return ProposalOutcome.DONE


async def _undecided(
    session: Session, actor: Person, proposal_id: int, move: Move, now: datetime, words: str
) -> ProposalRow | ProposalOutcome:
    proposal = await locked(session, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    if why := await refusal(session, actor, proposal, move, now):
        return await _twice(session, actor, proposal, move) or why
    return proposal if words else ProposalOutcome.EMPTY


async def _twice(
    session: Session, actor: Person, proposal: ProposalRow, move: Move
) -> ProposalOutcome | None:
    """Return ALREADY to whoever has just decided the same."""
    last = await last_line(session, proposal)
    same = last is not None and last.what == LINES[move] and last.actor_id == actor.id
    return ProposalOutcome.ALREADY if same else None


async def _decide(
    session: Session, actor: Person, proposal: ProposalRow, move: Move, said: str, now: datetime
) -> None:
    make(proposal, move, now)
    proposal.decided_at, proposal.reasons = now, said
    await add_line(session, proposal, LINES[move], now=now, actor_id=actor.id, words=said)
    await tell_backers(session, proposal, Notice.DECIDED, now=now, actor_id=actor.id)
    await refresh_cards(session, proposal, now)


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
            AuditRow.act == AuditAct.LOOKED,
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
        AuditAct.LOOKED,
        now=now,
        actor_id=actor.id,
        subject=SUBJECT,
        subject_id=proposal.id,
        concerning_id=proposal.author_id,
    )
    await add_line(
        session, proposal, ProposalEvent.LOOKED, now=now, actor_id=actor.id, readers=Readers.AUTHOR
    )


async def _shown(session: Session, proposal: ProposalRow, *, told: bool) -> Looked:
    names = await names_for(session, [proposal.author_id])
    author = names.person(proposal.author_id)
    home = await session.scalar(
        select(PersonRow.place_id).where(PersonRow.id == proposal.author_id)
    )
    where = (await places_by_id(session, {home})).get(home) if author and home else None
    return Looked(ProposalOutcome.DONE, proposal.number, author, where, told)


REASONS = "reasons"
"""What the audit book calls them; the subject's id is the place."""


async def add_reason(
    session: Session, actor: Person, place_id: int, words: str, *, now: datetime
) -> ReasonOutcome:
    """Have one more reason ready at a place (KEPT); its desk may."""
    if why := await _refusal(session, actor, place_id, now):
        return why
    said = clean_text(words, REASON_LENGTH)
    if not said:
        return ReasonOutcome.EMPTY
    if await _count(session, place_id) >= MOST_REASONS:
        return ReasonOutcome.TOO_MANY
    session.add(ReasonRow(place_id=place_id, words=said, set_by=actor.id, set_at=now))
    await session.flush()
    return ReasonOutcome.KEPT


async def change_reason(
    session: Session, actor: Person, reason_id: int, words: str, *, now: datetime
) -> ReasonOutcome:
    """Put a reason into other words (KEPT); what was said with it stays as it was said."""
    row = await _row(session, actor, reason_id, now)
    if isinstance(row, ReasonOutcome):
        return row
    said = clean_text(words, REASON_LENGTH)
    if not said:
        return ReasonOutcome.EMPTY
    row.words, row.set_by, row.set_at = said, actor.id, now
    return ReasonOutcome.KEPT


async def remove_reason(
    session: Session, actor: Person, reason_id: int, *, now: datetime
) -> ReasonOutcome:
    """Have a reason ready no longer (REMOVED)."""
    row = await _row(session, actor, reason_id, now)
    if isinstance(row, ReasonOutcome):
        return row
    row.removed_at = now
    return ReasonOutcome.REMOVED


async def _row(
    session: Session, actor: Person, reason_id: int, now: datetime
) -> ReasonRow | ReasonOutcome:
    row = await session.get(ReasonRow, reason_id, with_for_update=True, populate_existing=True)
    if row is None or row.removed_at is not None:
        return ReasonOutcome.MISSING
    return await _refusal(session, actor, row.place_id, now) or row


async def _refusal(
    session: Session, actor: Person, place_id: int, now: datetime
) -> ReasonOutcome | None:
    place = await session.get(PlaceRow, place_id)
    if place is None:
        return ReasonOutcome.NO_PLACE
    if actor.may(Right.WORK_DESK, place.path):
        return None
    await deny(session, actor.id, REASONS, now=now, subject_id=place_id)
    return ReasonOutcome.NOT_ALLOWED


async def _count(session: Session, place_id: int) -> int:
    count = await session.scalar(
        select(func.count()).where(ReasonRow.place_id == place_id, ReasonRow.removed_at.is_(None))
    )
    return count or 0
