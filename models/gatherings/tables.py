"""Gatherings; their lists are in `models.seats`."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.records.tables import Record


class GatheringRow(Record, Base):
    """One gathering, by itself or as one time of a series."""

    __tablename__ = "gatherings"
    __table_args__ = (
        Index("ix_gatherings_place", "place_id", "state", "starts_at"),
        Index("ix_gatherings_coming", "state", "ends_at"),
        CheckConstraint("ends_at > starts_at", name="ends"),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    """The community that it is for."""
    token: Mapped[str] = mapped_column(String(64), unique=True)
    """Names the form that was sent, and which time of the series it is."""
    series_id: Mapped[int | None] = mapped_column(ForeignKey("gatherings.id"), index=True)
    """The first time of its series; None: it stands alone."""
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(String(60), default="")
    """What this time of a course is about."""
    where: Mapped[str] = mapped_column(String(200))
    rain: Mapped[str] = mapped_column(String(200), default="")
    """Where it is when it rains; '': there is no such plan."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    age_from: Mapped[int | None] = mapped_column(SmallInteger)
    age_to: Mapped[int | None] = mapped_column(SmallInteger)
    version: Mapped[int] = mapped_column(SmallInteger, default=0)
    """How often its time was changed: a button about an earlier one says so."""
    code: Mapped[str] = mapped_column(String(32), unique=True)
    """What the QR code at the door leads to."""
    why_off: Mapped[str | None] = mapped_column(Text)
