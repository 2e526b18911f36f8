"""What posts leave to the subjects above them."""

from collections.abc import Sequence
from datetime import datetime

from models.database import Session
from models.hooks import event
from models.seats.views import TimeGiven


@event
async def served(
    session: Session, given: Sequence[TimeGiven], *, confirmed_by: int, now: datetime
) -> None:
    """People worked on a shift, by the word of another; `cause_id` is the confirmation."""
