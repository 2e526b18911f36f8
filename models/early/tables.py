"""Early items 未诉先办: the same trouble again in one building, seen before the next complaint."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.records.tables import Record

_UNSETTLED = text("state <> 'settled'")


class EarlyRow(Record, Base):
    """One trouble in one building, for the secretary."""

    __tablename__ = "early_items"
    __table_args__ = (
        Index(
            "uq_early_items_unsettled",
            "place_id",
            "category",
            unique=True,
            sqlite_where=_UNSETTLED,
            postgresql_where=_UNSETTLED,
        ),
        Index("ix_early_items_state", "state", "opened_at"),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    category: Mapped[str] = mapped_column(String(32))
    opened_at: Mapped[datetime]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    taken_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    settled_at: Mapped[datetime | None]
    words: Mapped[str | None] = mapped_column(Text)
    """What was done about it."""
    findings: Mapped[int] = mapped_column(default=0, server_default="0")
    """What staff found and put right on the spot, so that no request is about it."""


class EarlyRequestRow(Base):
    """A request that an item rests on."""

    __tablename__ = "early_requests"

    item_id: Mapped[int] = mapped_column(ForeignKey("early_items.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("help_requests.id"), primary_key=True, index=True
    )
