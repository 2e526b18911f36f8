"""Hazards, the photos of them, and days of accidents."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.records.tables import Record


class HazardRow(Record, Base):
    """One dangerous thing at one spot."""

    __tablename__ = "hazards"
    __table_args__ = (
        UniqueConstraint("token"),
        Index("ix_hazards_place", "place_id", "state"),
        Index("ix_hazards_kind", "kind", "found_at"),
        CheckConstraint("level <> 'beyond' OR authority IS NOT NULL", name="authority"),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    token: Mapped[str] = mapped_column(String(64))
    """Names the form that was sent, so that sending it twice is one hazard."""
    spot: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))
    level: Mapped[str] = mapped_column(String(12))
    found_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Staff who found it; None: a resident reported it."""
    found_at: Mapped[datetime]
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    inspection_id: Mapped[int | None] = mapped_column(Key, index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("help_requests.id"), index=True)
    authority: Mapped[str | None] = mapped_column(String(60))
    authority_number: Mapped[str | None] = mapped_column(String(40))
    handed_on_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(300))
    answered_at: Mapped[datetime | None]
    early_id: Mapped[int | None] = mapped_column(ForeignKey("early_items.id"), index=True)
    """The early item that rests on it, too."""


class RecheckRow(Base):
    """One look again, by somebody who did not put it right."""

    __tablename__ = "hazard_rechecks"
    __table_args__ = (UniqueConstraint("hazard_id", "due_at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazards.id"))
    days: Mapped[int] = mapped_column(SmallInteger)
    due_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(12))
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_at: Mapped[datetime | None]


class HazardPhotoRow(Base):
    """A photo of a hazard, in order."""

    __tablename__ = "hazard_photos"
    __table_args__ = (UniqueConstraint("hazard_id", "position"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazards.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    file_id: Mapped[str] = mapped_column(String(255))


class AccidentRow(Base):
    """A day on which there was an accident at a place: no person, no words about persons."""

    __tablename__ = "accidents"
    __table_args__ = (UniqueConstraint("place_id", "day"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    day: Mapped[date]
    entered_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
