"""Broadcasts, who each goes to, and which topics somebody does not want."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class BroadcastRow(Base):
    """One broadcast, from its first draft on; `rules.State` says where it stands."""

    __tablename__ = "broadcasts"
    __table_args__ = (
        Index("ix_broadcasts_place", "place_id", "id"),
        Index("ix_broadcasts_author", "author_id", "state"),
        CheckConstraint("version > 0", name="version"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    """Names what made the draft, so that making it twice makes one."""
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    """The widest place of its audience: who answers for it may see, approve and end it."""
    style: Mapped[str] = mapped_column(String(12))
    topic: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(8))
    """In which `content` is written."""
    content: Mapped[dict[str, Any]]
    """As `rules.Content.kept` gives it."""
    content_other: Mapped[dict[str, Any] | None]
    """The words for those who read the other language; the media are the same."""
    buttons: Mapped[list[dict[str, Any]]]
    """As `rules.Offer.kept` gives each, in order."""
    audience: Mapped[dict[str, Any]]
    """As `rules.Audience.kept` gives it."""
    version: Mapped[int] = mapped_column(SmallInteger, default=1)
    """Counts every change of what will be seen and by whom: an approval holds for one version."""
    start_at: Mapped[datetime | None]
    """When it is to go; None: as soon as it may."""
    weekly: Mapped[bool] = mapped_column(default=False)
    """Once it has begun, the same is made ready for a week later."""
    series_id: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id"), index=True)
    """The one of the week before, or the one of which this reminds."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    """When its author asked for it to go."""
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(300))
    """Why it was sent back or ended, in the words of whoever did."""
    started_at: Mapped[datetime | None]
    heads: Mapped[int] = mapped_column(default=0)
    """How many recipients it has; fixed at the start."""
    ended_at: Mapped[datetime | None]
    """When the last copy was settled, or it was cancelled."""
    corrected_at: Mapped[datetime | None]
    recalled_at: Mapped[datetime | None]


class RecipientRow(Base):
    """One person to whom a broadcast goes, fixed when it begins; the copy is an outbox row."""

    __tablename__ = "broadcast_recipients"
    __table_args__ = (
        Index("ix_broadcast_recipients_place", "broadcast_id", "place_id"),
        Index("ix_broadcast_recipients_reader", "reader_id", "broadcast_id"),
    )

    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False, index=True
    )
    way: Mapped[str] = mapped_column(String(12))
    """How they are reached (`rules.Way`), as it was at the start."""
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """In whose chat the copy is: their own, or of whoever speaks for them; None: in nobody's."""
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    """Where they live."""
    confirmed_at: Mapped[datetime | None]
    """When they tapped 收到."""
    signed_up_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(12))
    """What became of the copy, written down when all is settled: the outbox forgets."""


class MuteRow(Base):
    """A topic of which somebody wants no broadcasts."""

    __tablename__ = "topic_mutes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(16), primary_key=True)
    muted_at: Mapped[datetime]
