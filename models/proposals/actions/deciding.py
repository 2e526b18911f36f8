"""Adopting or declining what was deliberated, with reasons."""

from datetime import datetime

from models.database import Session
from models.people.views import Person
from models.proposals.actions.rows import add_line, last_line, locked, make, refusal
from models.proposals.actions.tell import refresh_cards, tell_backers
from models.proposals.actions.watching import watch_assigning
from models.proposals.rules.kinds import Line, Notice
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import Move
from models.proposals.rules.words import WORDS_LENGTH
from models.proposals.tables import ProposalRow
from models.text import clean_text

LINES = {Move.ADOPT: Line.ADOPTED, Move.DECLINE: Line.DECLINED}


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
    await watch_assigning(session, found, now)
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
    """Give ALREADY to whoever has just decided the same."""
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
