"""Getting hold of a vote."""

from sqlalchemy import select

from models.database import Session
from models.proposals.actions.rows import locked as locked_proposal
from models.proposals.tables import ProposalRow
from models.votes.rules.kinds import State
from models.votes.tables import VoteRow

SUBJECT = "votes"
"""What the audit book calls a vote."""

UNENDED = (State.PLANNED, State.OPEN)


async def locked_vote(session: Session, vote_id: int) -> VoteRow | None:
    """Give a vote as it is now and hold it until the transaction ends: votes come one by one.

    Whoever moves the proposal too has taken its lock before; voting takes this one alone.
    """
    await session.flush()
    return await session.get(VoteRow, vote_id, with_for_update=True, populate_existing=True)


async def locked_both(session: Session, vote_id: int) -> tuple[ProposalRow, VoteRow] | None:
    """Give a vote and its proposal, both held, in the order in which all take them."""
    proposal_id = await session.scalar(select(VoteRow.proposal_id).where(VoteRow.id == vote_id))
    proposal = None if proposal_id is None else await locked_proposal(session, proposal_id)
    vote = await locked_vote(session, vote_id)
    return (proposal, vote) if proposal is not None and vote is not None else None


async def unended_of(session: Session, proposal_id: int) -> int | None:
    """Give the vote on a proposal that is planned or open."""
    return await session.scalar(
        select(VoteRow.id).where(VoteRow.proposal_id == proposal_id, VoteRow.state.in_(UNENDED))
    )
