"""What broadcasts leave to roll-calls, which are broadcasts that ask."""

from datetime import datetime

from models.broadcasts.tables import BroadcastRow
from models.broadcasts.views import Asked
from models.database import Session
from models.hooks import event, question


@event
async def began_asking(session: Session, broadcast: BroadcastRow, now: datetime) -> None:
    """A roll-call has begun, in this transaction: its copies are queued."""


@question
async def has_ended(session: Session, broadcast_id: int) -> bool:
    """Return whether a roll-call was ended: then nobody is asked any more."""
    raise NotImplementedError


@question
async def asked_of(session: Session, broadcast_id: int, reader_id: int) -> tuple[Asked, ...]:
    """List whom somebody answers for in a roll-call."""
    raise NotImplementedError
