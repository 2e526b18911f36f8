"""Kinds of registration, registrations, their numbers, who is not told of builders."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.records.tables import Record
from models.sheets.rules.fields import TITLE_LENGTH


class RegistrationKindRow(Record, Base):
    """What can be registered; its questions are a sheet."""

    __tablename__ = "registration_kinds"
    __table_args__ = (
        Index("ix_registration_kinds_place", "place_id", "state"),
        CheckConstraint("months IS NULL OR months BETWEEN 1 AND 120", name="months"),
    )

    code: Mapped[str] = mapped_column(String(30), unique=True)
    """Of its sheet, too; never changed."""
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    """Where it is used; None: everywhere, it came with the house."""
    title_zh: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    title_en: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    prefix: Mapped[str] = mapped_column(String(8))
    """Stands before its numbers."""
    months: Mapped[int | None] = mapped_column(SmallInteger)
    """How long it is good; None: for good, or until the day that is asked."""
    until_key: Mapped[str | None] = mapped_column(String(30))
    """The field in which the last day is asked."""
    accepts: Mapped[str] = mapped_column(String(12))
    follows: Mapped[str] = mapped_column(String(12))
    draft: Mapped[list[dict[str, Any]]]
    """Fields of the version that is being made; they are asked once it is published."""
    fields_made: Mapped[int] = mapped_column(SmallInteger, default=0)
    """So many were ever made: no key means two things."""
    token: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class RegistrationRow(Record, Base):
    """One thing that somebody registers, or registered."""

    __tablename__ = "registrations"
    __table_args__ = (
        UniqueConstraint("kind_id", "community_id", "number"),
        Index("ix_registrations_place", "place_id", "state"),
        Index("ix_registrations_person", "person_id", "kind_id"),
        Index("ix_registrations_by", "by_id"),
        Index("ix_registrations_filing", "filing_id"),
        CheckConstraint("number IS NULL OR number >= 1", name="number"),
    )

    kind_id: Mapped[int] = mapped_column(ForeignKey("registration_kinds.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    """Where whoever holds it lived when it was begun."""
    community_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    """Counts its numbers."""
    number: Mapped[int | None] = mapped_column(Integer)
    """None until it is sent for the first time."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who holds it; None: erased."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who fills it in; None: erased."""
    begun_at: Mapped[datetime]
    filed_at: Mapped[datetime | None]
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filings.id"))
    """What stands, or waits where nothing stands yet."""
    next_filing_id: Mapped[int | None] = mapped_column(ForeignKey("filings.id"))
    """What it is to be renewed with."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    why_returned: Mapped[str | None] = mapped_column(Text)
    valid_until: Mapped[date | None]
    """The last day; None: for good."""
    told_building_at: Mapped[datetime | None]
    """When the neighbours were told; they are told once."""
    ended_at: Mapped[datetime | None]
    why_ended: Mapped[str | None] = mapped_column(String(12))


class RegistrationCounterRow(Base):
    """The last number of a kind in a community; locked while the next is given."""

    __tablename__ = "registration_counters"

    kind_id: Mapped[int] = mapped_column(ForeignKey("registration_kinds.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


class BuilderMuteRow(Base):
    """Somebody does not want to be told when neighbours have builders in."""

    __tablename__ = "builder_mutes"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False
    )
    muted_at: Mapped[datetime]
