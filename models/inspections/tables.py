"""Rounds, walks, what was said of each point, and what was missed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.inspections.rules import TITLE_LENGTH
from models.records.tables import Record


class InspectionRoundRow(Record, Base):
    """What is walked again and again; when and by whom is in `models.routines`."""

    __tablename__ = "inspection_rounds"
    __table_args__ = (
        UniqueConstraint("token"),
        Index("ix_inspection_rounds_place", "place_id", "state"),
        Index("ix_inspection_rounds_made_by", "made_by"),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    token: Mapped[str] = mapped_column(String(64))
    """Names the form that was sent."""
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    checklist: Mapped[str] = mapped_column(String(30))
    """Code of the sheet; which version a walk is on, the walk says."""
    body: Mapped[str] = mapped_column(String(16))
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    routine_id: Mapped[int | None] = mapped_column(ForeignKey("routines.id"))


class InspectionRow(Record, Base):
    """One walk."""

    __tablename__ = "inspections"
    __table_args__ = (
        UniqueConstraint("token"),
        UniqueConstraint("occasion_id"),
        Index("ix_inspections_place", "place_id", "state"),
        Index("ix_inspections_round", "round_id", "begun_at"),
        Index("ix_inspections_by", "by_id"),
        CheckConstraint("(state = 'done') = (finished_at IS NOT NULL)", name="finished"),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("inspection_rounds.id"))
    """None: it was begun by itself."""
    occasion_id: Mapped[int | None] = mapped_column(ForeignKey("occasions.id"))
    """Which time of the round it is; one walk each."""
    token: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(String(16))
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.id"))
    """The version of the checklist with which it was begun."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who walks, or was the last to; None: erased."""
    begun_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class InspectionMissRow(Base):
    """One time of a round that nobody walked, and when its desk said that it knows.

    Who said so is kept nowhere: it is a fact of the place, not of a person.
    """

    __tablename__ = "inspection_misses"
    __table_args__ = (Index("ix_inspection_misses_round", "round_id", "seen_at"),)

    occasion_id: Mapped[int] = mapped_column(
        ForeignKey("occasions.id"), primary_key=True, autoincrement=False
    )
    round_id: Mapped[int] = mapped_column(ForeignKey("inspection_rounds.id"))
    missed_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]


class InspectionPointRow(Base):
    """What was said of one point of a walk; said once."""

    __tablename__ = "inspection_points"
    __table_args__ = (
        UniqueConstraint("inspection_id", "key"),
        Index("ix_inspection_points_by", "by_id"),
        Index("ix_inspection_points_hazard", "hazard_id"),
        CheckConstraint("hazard_id IS NULL OR mark = 'bad'", name="hazard"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    key: Mapped[str] = mapped_column(String(30))
    mark: Mapped[str] = mapped_column(String(12))
    hazard_id: Mapped[int | None] = mapped_column(ForeignKey("hazards.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None: erased."""
