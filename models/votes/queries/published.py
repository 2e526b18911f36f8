"""What was published of a vote: the line of the timeline that says what it came to."""

from typing import Any

from sqlalchemy import select

from models.database import Session
from models.proposals.rules.kinds import Line
from models.proposals.tables import ProposalLineRow
from models.votes.rules.kinds import Choice
from models.votes.rules.tally import Tally
from models.votes.tables import VoteRow


async def published(session: Session, vote: VoteRow) -> Tally | None:
    """Give the counts that were published; None for a vote that was not counted."""
    told = await line_of(session, vote)
    return None if told is None else Tally(**{one.value: int(told[one.value]) for one in Choice})


async def line_of(session: Session, vote: VoteRow) -> dict[str, Any] | None:
    """Give all that the timeline says of the count of a vote."""
    lines = await session.scalars(
        select(ProposalLineRow.detail)
        .where(
            ProposalLineRow.proposal_id == vote.proposal_id, ProposalLineRow.what == Line.COUNTED
        )
        .order_by(ProposalLineRow.id)
    )
    return next((told for told in lines if told and told.get("vote") == vote.id), None)
