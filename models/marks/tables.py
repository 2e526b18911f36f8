"""Marks."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class KeptMarksRow(Base):
    """How many gave a mark to a record of which it is no longer kept who did."""

    __tablename__ = "kept_marks"

    subject: Mapped[str] = mapped_column(String(24), primary_key=True)
    subject_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    aspect: Mapped[str] = mapped_column(String(24), primary_key=True)
    mark: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    many: Mapped[int]


class GivenMarkRow(Base):
    """What one person gave one aspect of a record."""

    __tablename__ = "marks"
    __table_args__ = (CheckConstraint("mark >= 1", name="mark"),)

    subject: Mapped[str] = mapped_column(String(24), primary_key=True)
    subject_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    aspect: Mapped[str] = mapped_column(String(24), primary_key=True)
    """'' where a record is marked as a whole."""
    rater_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False, index=True
    )
    mark: Mapped[int] = mapped_column(SmallInteger)
    """1 is the least."""
    words: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
