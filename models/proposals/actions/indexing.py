"""Keeping the pieces of a proposal's words, by which similar ones are found."""

from sqlalchemy import delete

from models.database import Session, insert_new
from models.proposals.rules.similar import wording
from models.proposals.tables import GramRow, ProposalRow


async def index_words(session: Session, proposal: ProposalRow) -> None:
    """Keep the pieces of a proposal as it now reads; to be done anew after every change of text."""
    found = wording(proposal.title, proposal.problem, proposal.wish).whole
    await session.execute(delete(GramRow).where(GramRow.proposal_id == proposal.id))
    rows = [
        {"proposal_id": proposal.id, "gram": piece, "community_id": proposal.community_id}
        for piece in found
    ]
    if rows:
        await insert_new(session, GramRow, rows)
