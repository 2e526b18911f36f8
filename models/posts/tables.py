"""Posts, their shifts, who asked for a stand-in, and minutes that were confirmed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.records.tables import Record

_SOUGHT = text("ended_at IS NULL")


class PostRow(Record, Base):
    """What a place needs hands for."""

    __tablename__ = "posts"
    __table_args__ = (
        Index("ix_posts_place", "place_id", "state"),
        Index("ix_posts_lead", "lead_id"),
        Index("ix_posts_team", "team_id"),
        CheckConstraint(
            "weekdays >= 0 AND weekdays < 128"
            " AND (weekdays = 0 OR (weekly_from >= 0 AND weekly_from < weekly_until"
            " AND weekly_until < 1440))",
            name="weekly",
        ),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    """Names the form that was sent."""
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who looks after it; None: the leads of its team, or the desk of its place alone."""
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    """Whose it is: its leads look after it, too. None: of no team."""
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(Text)
    where: Mapped[str] = mapped_column(String(200))
    skills: Mapped[list[str]]
    """Codes of `Skill`, of which any is wanted; empty: everybody can do it."""
    light: Mapped[bool]
    """It can be done sitting."""
    seats: Mapped[int] = mapped_column(SmallInteger)
    """Of each shift, or of the post itself."""
    weekdays: Mapped[int] = mapped_column(SmallInteger, default=0)
    """Mask of the weekly plan, Monday the lowest bit; 0: it has none."""
    weekly_from: Mapped[int] = mapped_column(SmallInteger, default=0)
    """Minutes after midnight, by the clocks of the place."""
    weekly_until: Mapped[int] = mapped_column(SmallInteger, default=0)
    why_ended: Mapped[str | None] = mapped_column(Text)


class ShiftRow(Record, Base):
    """One time at which hands are needed; its list is in `models.seats`."""

    __tablename__ = "shifts"
    __table_args__ = (
        Index("uq_shifts_start", "post_id", "starts_at", unique=True),
        CheckConstraint("ends_at > starts_at", name="ends"),
    )

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    why_off: Mapped[str | None] = mapped_column(Text)


class ShiftSwapRow(Base):
    """Somebody who cannot come asks for a stand-in; erased with the list of the shift."""

    __tablename__ = "shift_swaps"
    __table_args__ = (
        Index(
            "uq_shift_swaps_sought",
            "shift_id",
            "person_id",
            unique=True,
            sqlite_where=_SOUGHT,
            postgresql_where=_SOUGHT,
        ),
        Index("ix_shift_swaps_person", "person_id"),
        Index("ix_shift_swaps_taken_by", "taken_by"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    wide: Mapped[bool] = mapped_column(default=False)
    """Not the line alone was asked."""
    ended_at: Mapped[datetime | None]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who stands in; None: nobody did."""


class ShiftConfirmationRow(Base):
    """Minutes that somebody gave, on the word of who looked after the shift.

    It stays when the list of the shift is erased: it is that person's own record, and does not
    say any more where they were.
    """

    __tablename__ = "shift_confirmations"
    __table_args__ = (
        Index("uq_shift_confirmations_person", "shift_id", "person_id", unique=True),
        Index("ix_shift_confirmations_person", "person_id"),
        Index("ix_shift_confirmations_by", "confirmed_by"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id"))
    """None: erased."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    minutes: Mapped[int] = mapped_column(SmallInteger)
    confirmed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    confirmed_at: Mapped[datetime]
