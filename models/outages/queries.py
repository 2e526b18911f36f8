"""Reading outages."""

from datetime import datetime, timedelta

from sqlalchemy import select

from models.database import Session
from models.outages.rules import SHOWN_FOR
from models.outages.tables import OutageRow
from models.outages.views import Outage


async def outage(session: Session, outage_id: int) -> Outage | None:
    """Return an outage; None where there is none that is over."""
    row = await session.get(OutageRow, outage_id)
    return view_of(row) if row is not None else None


async def latest(session: Session, now: datetime, within: timedelta = SHOWN_FOR) -> Outage | None:
    """Return the newest outage that ended lately."""
    row = await session.scalar(
        select(OutageRow)
        .where(OutageRow.heard_again_at > now - within)
        .order_by(OutageRow.id.desc())
        .limit(1)
    )
    return view_of(row) if row is not None else None


def view_of(row: OutageRow) -> Outage | None:
    """Return a row as others see it; None while it is not over."""
    if row.heard_again_at is None:
        return None
    return Outage(row.id, row.last_heard_at, row.heard_again_at)
