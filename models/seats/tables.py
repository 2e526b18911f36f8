"""Lists of seats, and the seats."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.seats.rules import BROUGHT_BY_LENGTH

_OPEN = text("state IN ('waiting', 'asked', 'held', 'came')")


class SeatListRow(Base):
    """How many seats a record has, and what came of them; stays when its seats are erased."""

    __tablename__ = "seat_lists"
    __table_args__ = (
        CheckConstraint("seats IS NULL OR seats >= 1", name="seats"),
        CheckConstraint(
            "taken >= 0 AND beyond >= 0 AND (seats IS NULL OR taken <= seats + beyond)",
            name="taken",
        ),
        CheckConstraint("walked_in >= 0 AND walked_in <= came", name="came"),
    )

    subject: Mapped[str] = mapped_column(String(24), primary_key=True)
    subject_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    seats: Mapped[int | None]
    """None: as many as come."""
    beyond: Mapped[int] = mapped_column(default=0)
    """People beyond the number: asked in shortly before, let in at the door, or left from a larger
    room. They go first: a seat is free again only when fewer than `seats` are taken."""
    taken: Mapped[int] = mapped_column(default=0)
    """People whose seat counts."""
    line: Mapped[int] = mapped_column(default=0)
    """The last number given out."""
    walked_in: Mapped[int] = mapped_column(default=0)
    """People of those who came, counted at the door without a seat."""
    came: Mapped[int] = mapped_column(default=0)
    """People."""


class SeatRow(Base):
    """One party's seat, or their place in the line."""

    __tablename__ = "seats"
    __table_args__ = (
        Index(
            "uq_seats_open",
            "subject",
            "subject_id",
            "person_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_seats_list", "subject", "subject_id", "line"),
        Index("ix_seats_person", "person_id", "subject", "state"),
        Index("ix_seats_signed_by", "signed_by"),
        CheckConstraint(
            "size >= 1 AND children >= 0 AND children <= size"
            " AND (children < size OR brought_by <> '')",
            name="party",
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    subject: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int] = mapped_column(Key)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(12))
    size: Mapped[int] = mapped_column(SmallInteger, default=1)
    """People, all together."""
    children: Mapped[int] = mapped_column(SmallInteger, default=0)
    ages: Mapped[str] = mapped_column(String(16), default="")
    brought_by: Mapped[str] = mapped_column(String(BROUGHT_BY_LENGTH), default="")
    line: Mapped[int]
    taken_at: Mapped[datetime | None]
    """Since when a seat is kept for them; None for who waits, and at the door without a seat."""
    ask_until: Mapped[datetime | None]
    sure_at: Mapped[datetime | None]
    """When they said that they still come."""
    came_at: Mapped[datetime | None]
    came_from: Mapped[str | None] = mapped_column(String(12))
    """Where it stood before they came, for a mis-tap; 'let_go' for who had never signed up."""
    ticked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who noted that they came; None: they themselves."""
