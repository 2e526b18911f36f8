"""Sealed columns of a record: written sealed, opened for who needs them, every look in the book."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from models.audit.actions import record
from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.database import Session, vault_of
from models.vault import SealedCell


class SealingRow(Protocol):
    """A row of a table, with its number."""

    __tablename__: str
    id: int


def sealed(session: Session, row: SealingRow, name: str, text: str) -> bytes | None:
    """Return a text sealed for one column of a row, and for no other; None for ''.

    The row has its number: what is new is flushed first.
    """
    return vault_of(session).seal(_cell(row, name), text) if text else None


def opened(session: Session, row: SealingRow, name: str) -> str:
    """Return what a sealed column says; '' where nothing was written.

    The caller has checked that the reader may know it. Where the reader is not the person whom it
    concerns, `look_at` opens it and writes that down.
    """
    kept = getattr(row, name)
    return "" if kept is None else vault_of(session).open(_cell(row, name), kept)


async def look_at(
    session: Session,
    reader_id: int,
    subject: str,
    row: SealingRow,
    names: Iterable[str],
    *,
    concerning_id: int,
    now: datetime,
    since: datetime | None = None,
) -> dict[str, str]:
    """Open sealed columns about somebody for a reader who may know them, those that say anything.

    The look is written into the book, where the person concerned reads it; a look at oneself is
    none. Of what a card shows again and again, one since an instant is enough.
    """
    shown = {name: words for name in names if (words := opened(session, row, name))}
    if not shown or reader_id == concerning_id:
        return shown
    if since is None or not await _has_looked(session, reader_id, subject, row, since):
        await record(
            session,
            AuditAct.LOOKED,
            now=now,
            actor_id=reader_id,
            subject=subject,
            subject_id=row.id,
            concerning_id=concerning_id,
            detail={"fields": sorted(shown)},
        )
    return shown


async def _has_looked(
    session: Session, reader_id: int, subject: str, row: SealingRow, since: datetime
) -> bool:
    found = await session.scalar(
        select(AuditRow.id)
        .where(
            AuditRow.actor_id == reader_id,
            AuditRow.act == AuditAct.LOOKED,
            AuditRow.subject == subject,
            AuditRow.subject_id == row.id,
            AuditRow.at >= since,
        )
        .limit(1)
    )
    return found is not None


def _cell(row: SealingRow, name: str) -> SealedCell:
    return SealedCell(row.__tablename__, name, row.id)
