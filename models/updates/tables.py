"""Handled and failed updates."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class HandledRow(Base):
    """An update whose turn has committed, known by what it carries rather than by its number."""

    __tablename__ = "handled_updates"

    identity: Mapped[str] = mapped_column(String(96), primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger)
    handled_at: Mapped[datetime] = mapped_column(index=True)


class FailedRow(Base):
    """An update that raised or did not parse, whole, until it is replayed or dropped."""

    __tablename__ = "failed_updates"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    chat_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    """The chat, or the person, it came from; None where nothing in it says."""
    raw: Mapped[dict[str, Any]]
    """Empty once it is settled: nobody needs what it said any more."""
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), index=True)
    failed_at: Mapped[datetime]
    """When it failed last: a replay can fail again."""
    settled_at: Mapped[datetime | None]
