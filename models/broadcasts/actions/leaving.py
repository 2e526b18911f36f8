"""What becomes of broadcasts of somebody who leaves.

What they muted, confirmed and signed up for goes, and where they lived. Under a number they stay
a recipient: else a report would no longer add up. What they drafted goes with its words; what is
on its way in their name somebody has to see through first.
"""

from datetime import datetime

from sqlalchemy import delete, func, select, update

from models.broadcasts.rules import Content, Medium, State
from models.broadcasts.tables import BroadcastRow, MuteRow, RecipientRow
from models.database import Session
from models.people.actions import TIES, Ties

ON_ITS_WAY = (State.WAITING, State.SCHEDULED, State.SENDING, State.PAUSED)


async def duties(session: Session, person_id: int) -> int:
    """Count what a person has set going that has not ended."""
    going = (BroadcastRow.author_id == person_id, BroadcastRow.state.in_(ON_ITS_WAY))
    return await session.scalar(select(func.count(BroadcastRow.id)).where(*going)) or 0


async def let_go(session: Session, person_id: int, now: datetime) -> None:
    """Erase what somebody muted and answered, where they lived, and what they only drafted."""
    await session.execute(delete(MuteRow).where(MuteRow.person_id == person_id))
    await session.execute(
        update(RecipientRow)
        .where(RecipientRow.person_id == person_id)
        .values(confirmed_at=None, signed_up_at=None, place_id=None)
    )
    nothing = Content(Medium.TEXT).kept()
    await session.execute(
        update(BroadcastRow)
        .where(BroadcastRow.author_id == person_id, BroadcastRow.state == State.DRAFT)
        .values(state=State.DISCARDED, content=nothing, content_other=None, changed_at=now)
    )


TIES["broadcasts"] = Ties(duties=duties, let_go=let_go)
