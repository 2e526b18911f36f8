"""Calling a vote off: what was given is not counted, and of a secret ballot destroyed."""

from datetime import datetime

from models.database import Session
from models.people.views import Person
from models.proposals.actions.rows import add_line, make, refusal
from models.proposals.actions.tell import refresh_cards
from models.proposals.rules.kinds import Line
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import Move
from models.proposals.tables import ProposalRow
from models.votes.actions.rows import UNENDED, locked_both
from models.votes.actions.telling import settle_cards, stop_clock, tell_off
from models.votes.rules.kinds import State
from models.votes.rules.outcomes import OffOutcome
from models.votes.tables import VoteRow

NO_URN = "0,0,0"
"""What stands where no urn is: in an open vote, and in one that was called off."""


async def cancel_vote(
    session: Session, actor: Person, vote_id: int, *, now: datetime
) -> OffOutcome:
    """Call a vote off that is planned or open; its proposal is deliberated again."""
    found = await locked_both(session, vote_id)
    if found is None:
        return OffOutcome.MISSING
    proposal, vote = found
    why = await refusal(session, actor, proposal, Move.CANCEL_VOTE, now)
    if why not in {None, ProposalOutcome.WRONG_TIME}:
        return OffOutcome(str(why))
    if vote.state not in UNENDED:
        return OffOutcome.ALREADY if vote.state == State.OFF else OffOutcome.TOO_LATE
    await call_off(session, proposal, vote, now, actor_id=actor.id)
    await refresh_cards(session, proposal, now)
    return OffOutcome.OFF


async def call_off(
    session: Session, proposal: ProposalRow, vote: VoteRow, now: datetime, *, actor_id: int | None
) -> None:
    """Call off a vote whose proposal is locked too, and tell everybody on the roll."""
    vote.state, vote.urn = State.OFF, NO_URN
    make(proposal, Move.CANCEL_VOTE, now)
    detail = {"vote": vote.id}
    await add_line(session, proposal, Line.VOTE_OFF, now=now, actor_id=actor_id, detail=detail)
    await stop_clock(session, vote, "called off", now)
    await tell_off(session, vote, now, actor_id=actor_id, also=[vote.set_by])
    await settle_cards(session, vote, now)
