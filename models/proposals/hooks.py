"""What proposals leave to meetings and votes."""

from models.database import Session
from models.hooks import question


@question
async def meeting_about(session: Session, proposal_id: int) -> int | None:
    """Return the last meeting that has a proposal on its agenda and was not called off, by id."""
    raise NotImplementedError


@question
async def vote_about(session: Session, proposal_id: int) -> int | None:
    """Return the last vote on a proposal that was not called off, by id."""
    raise NotImplementedError
