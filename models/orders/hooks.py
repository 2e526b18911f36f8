"""What orders leave to the subjects above them: hazards."""

from datetime import datetime

from models.database import Session
from models.help.tables import RequestRow
from models.hooks import event
from models.orders.rules import State


@event
async def moved(session: Session, request: RequestRow, state: State, now: datetime) -> None:
    """An order about a locked request was reported, sent back (OPEN again) or signed off."""
