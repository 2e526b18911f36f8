"""Day checks, their days, who was told of a silence, and what is left of days: numbers."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.records.tables import Record


class DayCheckRow(Record, Base):
    """What somebody wished: at which hours they are asked, and who is told when they are silent."""

    __tablename__ = "day_checks"
    __table_args__ = (CheckConstraint("hour BETWEEN 5 AND 21", name="hour"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    hour: Mapped[int] = mapped_column(SmallInteger)
    second_hour: Mapped[int | None] = mapped_column(SmallInteger)
    """Of those who are asked twice a day."""
    may_send_neighbours: Mapped[bool] = mapped_column(default=False)
    """When all others were silent too, neighbours are asked to go there."""
    leader_too: Mapped[bool] = mapped_column(default=False)
    """The leader of the building is told together with whoever visits them."""
    rest_until: Mapped[date | None]
    """They are away up to this day, and not asked."""
    agreed_at: Mapped[datetime]


class DayRow(Record, Base):
    """One asking of one day; kept for a month."""

    __tablename__ = "day_check_days"
    __table_args__ = (
        UniqueConstraint("person_id", "day", "part"),
        Index("ix_day_check_days_state", "state", "day"),
        Index("ix_day_check_days_day", "day"),
        Index(
            "ix_day_check_days_to_listen",
            "to_listen",
            sqlite_where=text("to_listen = 1"),
            postgresql_where=text("to_listen"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    day: Mapped[date]
    """On the clocks of the house."""
    part: Mapped[int] = mapped_column(SmallInteger)
    """0, or 1 for the second asking of a day."""
    rung: Mapped[int] = mapped_column(SmallInteger, default=0)
    asked: Mapped[int] = mapped_column(SmallInteger, default=0)
    """Members of the circle who have been asked."""
    asked_at: Mapped[datetime | None]
    """None: a sign came before the hour."""
    climb_at: Mapped[datetime | None]
    """When the next are told; a reminder for any other instant is void."""
    going_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    going_at: Mapped[datetime | None]
    found_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    how: Mapped[str | None] = mapped_column(String(8))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("help_requests.id"))
    to_listen: Mapped[bool] = mapped_column(default=False)
    """A voice message came that nobody has listened to yet."""
    voice: Mapped[bytes | None]
    """Sealed: the file that is to be listened to."""


class DayToldRow(Base):
    """Somebody was told of a silence, and what they said."""

    __tablename__ = "day_check_told"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    day_id: Mapped[int] = mapped_column(
        ForeignKey("day_check_days.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    circle_id: Mapped[int | None] = mapped_column(ForeignKey("circle.id"))
    """The member of the circle who is asked; of one without the bot it is staff who ring them."""
    rung: Mapped[int] = mapped_column(SmallInteger)
    said: Mapped[str | None] = mapped_column(String(12))


class DayCountRow(Base):
    """How many days of a month ended how in a community, of those that are no longer kept."""

    __tablename__ = "day_check_counts"

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    state: Mapped[str] = mapped_column(String(12), primary_key=True)
    count: Mapped[int]
