"""What volunteers leave to the subjects above them."""

from datetime import datetime

from models.database import Session
from models.hooks import event, question


@event
async def stopped(session: Session, person_id: int, now: datetime) -> None:
    """Somebody is a volunteer no longer: what they hold is to be handed back."""


@question
async def approvers(session: Session, path: str) -> list[int]:
    """List who may be asked about an application at a place, by id: the least loaded first."""
    raise NotImplementedError
