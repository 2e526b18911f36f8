"""Rectification orders 督办 and the return visits 回访 that follow them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.records.tables import Record

_STANDING = text("state <> 'signed'")


class OrderRow(Record, Base):
    """What has to be put right about one request, by whom, until when, and who has seen to it."""

    __tablename__ = "orders"
    __table_args__ = (
        Index(
            "uq_orders_standing",
            "request_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index("ix_orders_state", "state", "due_at"),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("help_requests.id"), index=True)
    cause: Mapped[str] = mapped_column(String(12))
    body: Mapped[str | None] = mapped_column(String(16))
    """Responsible body 责任单位, where one is."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Who answers for it being put right; None only where a place has no staff."""
    to_show: Mapped[str | None] = mapped_column(Text)
    """What must be shown for it to count as done."""
    due_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    set_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who said what must be shown; None while it is as it was opened."""
    reported_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reported_at: Mapped[datetime | None]
    report: Mapped[str | None] = mapped_column(Text)
    sent_back: Mapped[str | None] = mapped_column(Text)
    """Why the last report was not enough."""
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    signed_at: Mapped[datetime | None]


class EvidenceRow(Base):
    """A photo or another file shown with a report, in order."""

    __tablename__ = "order_evidence"
    __table_args__ = (UniqueConstraint("order_id", "position"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[str] = mapped_column(String(12))
    file_id: Mapped[str] = mapped_column(String(255))
    sent_by: Mapped[int] = mapped_column(ForeignKey("people.id"))


class VisitRow(Base):
    """One return visit 回访: is it still well, so many days after the order was signed off?"""

    __tablename__ = "return_visits"
    __table_args__ = (UniqueConstraint("order_id", "days"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    days: Mapped[int] = mapped_column(SmallInteger)
    due_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(12))
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
