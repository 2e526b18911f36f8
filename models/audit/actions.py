"""Writing the book and reading what concerns a person."""

from datetime import datetime
from typing import Any

from models.audit.rules import Act
from models.audit.tables import AuditRow
from models.database import Session


async def record(
    session: Session,
    act: Act,
    *,
    now: datetime,
    actor_id: int | None,
    subject: str,
    subject_id: int | None = None,
    concerning_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write one line; it becomes true with the transaction it stands in."""
    session.add(
        AuditRow(
            at=now,
            actor_id=actor_id,
            act=act,
            subject=subject,
            subject_id=subject_id,
            concerning_id=concerning_id,
            detail=detail,
        )
    )
