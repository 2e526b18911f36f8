"""Reading the book in tests."""

from sqlalchemy import func, select

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.database import Session


async def acts(session: Session, act: AuditAct) -> int:
    """Count the lines of one kind."""
    await session.flush()
    return await session.scalar(select(func.count()).where(AuditRow.act == act)) or 0


async def lines(session: Session, act: AuditAct) -> list[AuditRow]:
    """List the lines of one kind, oldest first."""
    await session.flush()
    rows = await session.scalars(select(AuditRow).where(AuditRow.act == act).order_by(AuditRow.id))
    return list(rows)
