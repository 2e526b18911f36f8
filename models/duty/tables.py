"""The duty roster 值班表: who answers first at a place, by the day of the week."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class DutyRow(Base):
    """One person on duty at a place on one day of every week."""

    __tablename__ = "duty"
    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    """0 is Monday."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    set_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]
