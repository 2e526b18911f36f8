"""Reminders."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class ReminderRow(Base):
    """One instant, one kind, one subject."""

    __tablename__ = "reminders"
    __table_args__ = (
        Index("ix_reminders_due", "state", "due_at"),
        Index("ix_reminders_subject", "kind", "subject_id"),
        Index(  # without what is pending, which is most of what is written
            "ix_reminders_settled",
            "state",
            "settled_at",
            sqlite_where=text("settled_at IS NOT NULL"),
            postgresql_where=text("settled_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[str] = mapped_column(String(48))
    subject_id: Mapped[int] = mapped_column(Key)
    due_at: Mapped[datetime]
    lateness: Mapped[str] = mapped_column(String(16))
    detail: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(String(12))
    dedupe: Mapped[str] = mapped_column(String(120), unique=True)
    """The same reminder is set once, however often the act that sets it is repeated."""
    settled_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(500))
