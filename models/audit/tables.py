"""The audit book."""

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from models.audit.triggers import LINKS_POSTGRESQL, LINKS_SQLITE, POSTGRESQL, SQLITE
from models.base import Base, Key


class AuditRow(Base):
    """One line: who did what to which subject, concerning whom; triggers refuse changes."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_subject", "subject", "subject_id"),
        Index("ix_audit_concerning", "concerning_id", "act"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    act: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int | None] = mapped_column(Key)
    concerning_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    detail: Mapped[dict[str, Any] | None]
    """Facts without personal data: roles, places, rights, outcomes."""
    seal: Mapped[str | None] = mapped_column(String(64))
    """Proof that it was the bot who wrote the line; None in lines of before there were seals."""


class AuditKeyRow(Base):
    """The key of the chain, sealed by the vault's: it stays when that one changes."""

    __tablename__ = "audit_keys"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    sealed: Mapped[bytes | None]
    begun_after: Mapped[int] = mapped_column(Key)
    """The last line of before there was a chain: up to it lines need no seal."""
    made_at: Mapped[datetime]


class AuditLinkRow(Base):
    """One link of the chain: a line in its place, tied to the link before; never changed."""

    __tablename__ = "audit_links"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    """1, 2, 3 and so on, without a gap."""
    line_id: Mapped[int] = mapped_column(Key, unique=True)
    """No foreign key: PostgreSQL would refuse to empty the book by itself, before its guard can."""
    sealed_well: Mapped[bool]
    """Whether the line bore a seal of ours when it was tied."""
    digest: Mapped[str] = mapped_column(String(64))


for _dialect, _statements in (("sqlite", LINKS_SQLITE), ("postgresql", LINKS_POSTGRESQL)):
    for _statement in _statements:
        _refuse = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy left it bare
        event.listen(AuditLinkRow.__table__, "after_create", _refuse.execute_if(dialect=_dialect))

for _dialect, _statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
    for _statement in _statements:
        _refuse = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy left it bare
        event.listen(AuditRow.__table__, "after_create", _refuse.execute_if(dialect=_dialect))
