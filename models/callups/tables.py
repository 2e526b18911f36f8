"""Call-ups, their parts, who was asked, who was there; who comes is in `models.seats`."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.callups.rules import SITE_LENGTH
from models.records.tables import Record


class CallupRow(Record, Base):
    """One call-up."""

    __tablename__ = "callups"
    __table_args__ = (
        Index("ix_callups_place", "place_id", "state"),
        CheckConstraint("approved_by IS NULL OR approved_by <> created_by", name="second"),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    called_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(Text)
    drill: Mapped[bool]
    starts_at: Mapped[datetime]
    """Of the first day."""
    ends_at: Mapped[datetime]
    """Of the last."""
    rounds: Mapped[int] = mapped_column(SmallInteger, default=0)
    enough_at: Mapped[datetime | None]
    """Since when nobody is asked any more."""
    why_off: Mapped[str | None] = mapped_column(Text)


class CallupPartRow(Record, Base):
    """One team, or anybody, at one site on one day."""

    __tablename__ = "callup_parts"
    __table_args__ = (
        Index("ix_callup_parts_callup", "callup_id", "day"),
        CheckConstraint("quota >= 1 AND ends_at > starts_at", name="part"),
    )

    callup_id: Mapped[int] = mapped_column(ForeignKey("callups.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    """None: anybody who helps."""
    site: Mapped[str] = mapped_column(String(SITE_LENGTH))
    day: Mapped[date] = mapped_column(Date)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    quota: Mapped[int] = mapped_column(SmallInteger)
    """People wanted."""


class CallupAskRow(Base):
    """Who was asked, how often (0: they came by themselves), and whether they answered."""

    __tablename__ = "callup_asks"
    __table_args__ = (UniqueConstraint("callup_id", "person_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    callup_id: Mapped[int] = mapped_column(ForeignKey("callups.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    times: Mapped[int] = mapped_column(SmallInteger)
    asked_at: Mapped[datetime]
    answered: Mapped[bool] = mapped_column(default=False)
    stood_by: Mapped[bool] = mapped_column(default=False)


class CallupArrivalRow(Base):
    """Who was at a site: from when to when, and on whose word it counts."""

    __tablename__ = "callup_arrivals"
    __table_args__ = (
        UniqueConstraint("part_id", "person_id"),
        CheckConstraint("left_at IS NULL OR left_at >= arrived_at", name="left"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> person_id", name="word"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("callup_parts.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    arrived_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    minutes: Mapped[int | None] = mapped_column(SmallInteger)
    """Once they have left."""
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class GrownUpRow(Base):
    """Who has said that they are eighteen or older."""

    __tablename__ = "grown_ups"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False
    )
    said_at: Mapped[datetime]
