"""The hours of desks: what a place has set for itself and all below it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class DeskHoursRow(Base):
    """When the desk of one place is open; what lies below keeps the same unless it sets its own."""

    __tablename__ = "desk_hours"

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    week: Mapped[str] = mapped_column(String(400))
    """Seven days, Monday first, as `rules.written` puts them down."""
    set_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]
