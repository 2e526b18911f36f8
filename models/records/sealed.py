"""Sealed columns of a record: written sealed, opened for who needs them, every look in the book."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from models.audit.actions import record
from models.audit.rules import AuditAct
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
) -> dict[str, str]:
    """Open sealed columns about somebody for a reader who may know them, those that say anything.

    The look is written into the book, where the person concerned reads it; a look at oneself is
    none.
    """
    shown = {name: words for name in names if (words := opened(session, row, name))}
    if shown and reader_id != concerning_id:
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


def _cell(row: SealingRow, name: str) -> SealedCell:
    return SealedCell(row.__tablename__, name, row.id)
