"""Calls to move a car, who was asked, who is asked no more."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.cars.rules import SPOT_LENGTH
from models.records.tables import Record


class CarCallRow(Record, Base):
    """One call: somebody cannot get past a car."""

    __tablename__ = "car_calls"
    __table_args__ = (
        Index("ix_car_calls_sender", "sender_id", "day"),
        CheckConstraint("(answered_by IS NULL) = (answered_at IS NULL)", name="answered"),
    )

    sender_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)
    """The community."""
    plate: Mapped[bytes | None]
    """Sealed; None once it is forgotten."""
    spot: Mapped[str] = mapped_column(String(SPOT_LENGTH))
    asked_at: Mapped[datetime]
    day: Mapped[date]
    """On which it counts."""
    token: Mapped[str] = mapped_column(String(64), unique=True)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_at: Mapped[datetime | None]


class CarAskedRow(Base):
    """Somebody who was asked to move a car."""

    __tablename__ = "car_asked"

    call_id: Mapped[int] = mapped_column(
        ForeignKey("car_calls.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False, index=True
    )
    disowned: Mapped[bool] = mapped_column(default=False)
    """They said that the car is not theirs."""


class CarMuteRow(Base):
    """Somebody who is asked no more to move a car."""

    __tablename__ = "car_mutes"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False
    )
    muted_at: Mapped[datetime]
