"""Volunteers, their skills and the places they serve."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class VolunteerRow(Base):
    """A person's offer to help and where it stands."""

    __tablename__ = "volunteers"
    __table_args__ = (
        Index("ix_volunteers_state", "state", "applied_at"),
        CheckConstraint("load_cap > 0", name="load_cap"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(12))
    hours: Mapped[int] = mapped_column(Integer)
    """Mask of weekly hours, see `rules.slot`."""
    load_cap: Mapped[int] = mapped_column(SmallInteger)
    """The most tasks within 30 days."""
    applied_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(300))
    """Why it was refused, in the words of whoever refused."""
    changed_at: Mapped[datetime]


class SkillRow(Base):
    """One skill of one volunteer."""

    __tablename__ = "volunteer_skills"

    person_id: Mapped[int] = mapped_column(ForeignKey("volunteers.person_id"), primary_key=True)
    skill: Mapped[str] = mapped_column(String(16), primary_key=True)


class ServedPlaceRow(Base):
    """One place, with all below it, that a volunteer serves."""

    __tablename__ = "volunteer_places"
    __table_args__ = (Index("ix_volunteer_places_place", "place_id", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("volunteers.person_id"), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
