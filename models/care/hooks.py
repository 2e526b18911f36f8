"""What care leaves to the subjects above it: savings 共建储蓄."""

from datetime import datetime

from models.care.tables import CallOnRow
from models.database import Session
from models.hooks import event


@event
async def said_came(session: Session, call_on: CallOnRow, actor_id: int, now: datetime) -> None:
    """The home, or whoever speaks for it, says of a call-on that somebody came."""


@event
async def looked_in(session: Session, call_on: CallOnRow, now: datetime) -> None:
    """Somebody reports a call-on of which the home has said before that they came."""


@event
async def said_nobody_came(
    session: Session, call_on: CallOnRow, actor_id: int, now: datetime
) -> None:
    """The home, or whoever speaks for it, says of a call-on that nobody came."""
