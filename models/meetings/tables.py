"""Meetings, what is on their agenda, who is invited, and what was agreed to be done."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class MeetingRow(Base):
    """One deliberation meeting."""

    __tablename__ = "meetings"
    __table_args__ = (
        Index("ix_meetings_place", "place_id", "starts_at"),
        Index("ix_meetings_coming", "state", "starts_at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    """The community it is held for."""
    called_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    called_at: Mapped[datetime]
    token: Mapped[str] = mapped_column(String(64), unique=True)
    """Names the form that was sent, so that sending it twice calls one meeting."""
    state: Mapped[str] = mapped_column(String(12))
    starts_at: Mapped[datetime]
    where: Mapped[str] = mapped_column(String(200))
    """The room or the address, in words."""
    version: Mapped[int] = mapped_column(SmallInteger, default=0)
    """How often time or place was changed: calendars know by it which file is newer."""
    code: Mapped[str] = mapped_column(String(32), unique=True)
    """What the QR code at the door leads to."""
    minutes: Mapped[str | None] = mapped_column(Text)
    minutes_file: Mapped[str | None] = mapped_column(String(255))
    """Telegram's id of a file with the minutes."""
    minutes_kind: Mapped[str | None] = mapped_column(String(12))
    minutes_at: Mapped[datetime | None]


class AgendaRow(Base):
    """One proposal on the agenda of a meeting."""

    __tablename__ = "meeting_agenda"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposals.id"), primary_key=True, autoincrement=False, index=True
    )
    position: Mapped[int] = mapped_column(SmallInteger)


class GuestRow(Base):
    """Somebody invited to a meeting, in their own name or instead of somebody."""

    __tablename__ = "meeting_guests"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    invited_at: Mapped[datetime]
    instead_of: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    code: Mapped[str | None] = mapped_column(String(32), unique=True)
    """What this guest's 'instead of me' link leads to, once they asked for one."""
    reply: Mapped[str | None] = mapped_column(String(12))
    replied_at: Mapped[datetime | None]
    came_at: Mapped[datetime | None]
    """When they checked in."""


class ActionRow(Base):
    """Something that a meeting agreed on: who does it, until when."""

    __tablename__ = "meeting_actions"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    due_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_words: Mapped[str | None] = mapped_column(Text)
