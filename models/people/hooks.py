"""What people leave to the subjects above them."""

from datetime import datetime

from models.database import Session
from models.hooks import event
from models.people.rules import Sign


@event
async def gave_sign(session: Session, person_id: int, sign: Sign, now: datetime) -> None:
    """Somebody of whom a sign is looked for wrote or tapped something."""


@event
async def moved(session: Session, person_id: int, place_id: int, now: datetime) -> None:
    """Somebody lives at another place now."""
