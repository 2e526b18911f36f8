"""Whether somebody may make a move, asked before they write or choose anything for it."""

from datetime import datetime

from models.database import Session
from models.people.views import Person
from models.proposals.actions.rows import refusal
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import Move
from models.proposals.tables import ProposalRow


async def why_not_ask(
    session: Session, actor: Person, proposal_id: int, move: Move, *, now: datetime
) -> ProposalOutcome | None:
    """Tell why somebody may not make a move; None where they may. A vain try is noted.

    Nothing is held: the act itself looks again.
    """
    proposal = await session.get(ProposalRow, proposal_id)
    if proposal is None:
        return ProposalOutcome.MISSING
    return await refusal(session, actor, proposal, move, now)
