"""Writing the book and reading what concerns a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from models.audit.proof import sealed_by
from models.audit.rules import DENIED_ONCE_IN, AuditAct
from models.audit.tables import AuditRow
from models.database import Session, vault_of


async def record(
    session: Session,
    act: AuditAct,
    *,
    now: datetime,
    actor_id: int | None,
    subject: str,
    subject_id: int | None = None,
    concerning_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write one line; it becomes true with the transaction it stands in."""
    line = AuditRow(
        at=now,
        actor_id=actor_id,
        act=act,
        subject=subject,
        subject_id=subject_id,
        concerning_id=concerning_id,
        detail=detail,
    )
    line.seal = sealed_by(vault_of(session), line)
    session.add(line)


async def deny(
    session: Session,
    actor_id: int,
    subject: str,
    *,
    now: datetime,
    subject_id: int | None = None,
    concerning_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write down that somebody tried what they have no right to.

    The same attempt on the same thing is written once in DENIED_ONCE_IN: lines are for ever, and
    nobody may fill the book by tapping.
    """
    if await _denied_lately(session, actor_id, subject, subject_id, concerning_id, now):
        return
    await record(
        session,
        AuditAct.DENIED,
        now=now,
        actor_id=actor_id,
        subject=subject,
        subject_id=subject_id,
        concerning_id=concerning_id,
        detail=detail,
    )


async def _denied_lately(
    session: Session,
    actor_id: int,
    subject: str,
    subject_id: int | None,
    concerning_id: int | None,
    now: datetime,
) -> bool:
    found = await session.scalar(
        select(AuditRow.id)
        .where(
            AuditRow.actor_id == actor_id,
            AuditRow.act == AuditAct.DENIED,
            AuditRow.subject == subject,
            AuditRow.subject_id.is_not_distinct_from(subject_id),
            AuditRow.concerning_id.is_not_distinct_from(concerning_id),
            AuditRow.at > now - DENIED_ONCE_IN,
        )
        .limit(1)
    )
    return found is not None


async def count_since(session: Session, act: AuditAct, *, actor_id: int, since: datetime) -> int:
    """Count an actor's lines of one kind from an instant on."""
    count = await session.scalar(
        select(func.count()).where(
            AuditRow.actor_id == actor_id, AuditRow.act == act, AuditRow.at > since
        )
    )
    return count or 0
