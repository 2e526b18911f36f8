"""The audit book."""

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from models.audit.triggers import POSTGRESQL, SQLITE
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


for _dialect, _statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
    for _statement in _statements:
        _refuse = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy left it bare
        event.listen(AuditRow.__table__, "after_create", _refuse.execute_if(dialect=_dialect))
