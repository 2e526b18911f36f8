"""What becomes of orders of somebody who leaves."""

from datetime import datetime

from sqlalchemy import delete, func, select, update

from models.database import Session
from models.orders.rules import State
from models.orders.tables import EvidenceRow, OrderRow
from models.people.actions import TIES, Ties


async def duties(session: Session, person_id: int) -> int:
    """Count the standing orders that are a person's to put right."""
    standing = (OrderRow.person_id == person_id, OrderRow.state != State.SIGNED)
    return await session.scalar(select(func.count(OrderRow.id)).where(*standing)) or 0


async def let_go(session: Session, person_id: int, _now: datetime) -> None:
    """Erase what somebody who leaves for good wrote and showed."""
    await session.execute(delete(EvidenceRow).where(EvidenceRow.sent_by == person_id))
    theirs = OrderRow.reported_by == person_id
    await session.execute(update(OrderRow).where(theirs).values(report=None))
    named = OrderRow.set_by == person_id
    await session.execute(update(OrderRow).where(named).values(to_show=None))


TIES["orders"] = Ties(duties=duties, let_go=let_go)
