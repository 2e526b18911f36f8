"""Routines, who does them, their occasions, and who was asked."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.records.tables import Record


class RoutineRow(Record, Base):
    """A plan about one record of a subject."""

    __tablename__ = "routines"
    __table_args__ = (
        Index("ix_routines_subject", "subject", "subject_id"),
        CheckConstraint("every >= 1 AND lasts >= 1 AND lead >= 0", name="plan"),
    )

    subject: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int] = mapped_column(Key)
    rhythm: Mapped[str] = mapped_column(String(12))
    every: Mapped[int] = mapped_column(SmallInteger)
    on_day: Mapped[int] = mapped_column(SmallInteger)
    """The weekday, Monday is 0, or the day of the month."""
    festival: Mapped[str] = mapped_column(String(16))
    lead: Mapped[int] = mapped_column(SmallInteger)
    """Days."""
    starts_on: Mapped[date]
    lasts: Mapped[int] = mapped_column(SmallInteger)
    """Days."""


class RoutinePersonRow(Base):
    """Somebody who does a routine; the first in order is whose its occasions are."""

    __tablename__ = "routine_people"
    __table_args__ = (UniqueConstraint("routine_id", "position"),)

    routine_id: Mapped[int] = mapped_column(
        ForeignKey("routines.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False, index=True
    )
    position: Mapped[int] = mapped_column(SmallInteger)


class OccasionRow(Record, Base):
    """One time that a plan has something done."""

    __tablename__ = "occasions"
    __table_args__ = (
        UniqueConstraint("routine_id", "opens_on"),
        Index("ix_occasions_subject", "subject", "subject_id", "opens_at"),
        Index("ix_occasions_state", "subject", "state", "ends_at"),
        Index("ix_occasions_ends", "subject", "ends_at"),
        CheckConstraint("ends_at >= opens_at", name="ends"),
        CheckConstraint("state <> 'taken' OR person_id IS NOT NULL", name="taken"),
        CheckConstraint("(state IN ('done', 'covered')) = (done_by IS NOT NULL)", name="done"),
    )

    subject: Mapped[str] = mapped_column(String(24))
    routine_id: Mapped[int] = mapped_column(ForeignKey("routines.id"))
    subject_id: Mapped[int] = mapped_column(Key)
    """Of the record that the routine is about."""
    opens_on: Mapped[date]
    opens_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Whose it is; None: nobody's, until somebody takes it."""
    done_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    settled_at: Mapped[datetime | None]
    """When it was done, covered or excused."""
    with_routine: Mapped[bool] = mapped_column(default=False)
    """Excused with its routine, which was paused, ended or changed, and not for itself: when the
    routine goes on before it is half over, it is planned again."""


class OccasionAskRow(Base):
    """Somebody who was asked to do an occasion."""

    __tablename__ = "occasion_asks"

    occasion_id: Mapped[int] = mapped_column(
        ForeignKey("occasions.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False, index=True
    )
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12))
