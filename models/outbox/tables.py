"""The outbox, and the files that the bot itself made."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.outbox.triggers import POSTGRESQL


class MadeFileRow(Base):
    """A file of the bot's own making (chart, sheet, calendar) that an outbox row names."""

    __tablename__ = "made_files"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class OutboxRow(Base):
    """One message, edit or call that is to leave."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "lane",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index(  # without the queue: else SQLite would read and sort all of it by this one
            "ix_outbox_state",
            "state",
            "finished_at",
            sqlite_where=text("state <> 'queued'"),
            postgresql_where=text("state <> 'queued'"),
        ),
        Index(  # what a message of ours was about, for whoever replies to it
            "ix_outbox_message",
            "chat_id",
            "message_id",
            sqlite_where=text("kind IS NOT NULL AND message_id IS NOT NULL"),
            postgresql_where=text("kind IS NOT NULL AND message_id IS NOT NULL"),
        ),
        Index("ix_outbox_subject", "kind", "subject_id", "recipient_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    lane: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str] = mapped_column(String(12))
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    """Where it goes; None for calls that go to no chat."""
    method: Mapped[str] = mapped_column(String(32))
    """Bot API method; of a notice, what its rendering will be sent by."""
    payload: Mapped[dict[str, Any] | None]
    """Parameters of a composed row, emptied once it is over; None for a notice."""
    kind: Mapped[str | None] = mapped_column(String(48))
    subject_id: Mapped[int | None] = mapped_column(Key)
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    detail: Mapped[dict[str, Any] | None]
    target_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"), index=True)
    """An earlier row whose message this one edits or deletes, known or not yet known."""
    dedupe: Mapped[str | None] = mapped_column(String(120), unique=True)
    """A notice of the same key is queued once, for as long as the row is kept."""
    repeat: Mapped[bool] = mapped_column(default=False)
    """It may have been seen before: the text says so."""
    attempts: Mapped[int] = mapped_column(default=0)
    repeats: Mapped[int] = mapped_column(SmallInteger, default=0)
    """How often it went again though it may have left before."""
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str | None] = mapped_column(String(500))


for _statement in POSTGRESQL:
    _wakes = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy left it bare
    event.listen(OutboxRow.__table__, "after_create", _wakes.execute_if(dialect="postgresql"))
