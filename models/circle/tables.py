"""Circles, member by member."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.records.tables import Record

_STANDING = text("state IN ('asked', 'agreed')")


class CircleRow(Record, Base):
    """Somebody in somebody's circle: a person whom the bot knows, or a sealed name and number."""

    __tablename__ = "circle"
    __table_args__ = (
        Index(
            "uq_circle_member",
            "person_id",
            "member_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index(
            "uq_circle_position",
            "person_id",
            "position",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    """Whose circle it is."""
    position: Mapped[int] = mapped_column(SmallInteger)
    """In which order they are asked, from 0."""
    member_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """None: somebody without the bot, of whom name and phone are sealed here."""
    relation: Mapped[str] = mapped_column(String(12))
    name: Mapped[bytes | None]
    phone: Mapped[bytes | None]
    has_key: Mapped[bytes | None]
    """Sealed: who reads the database is not told where a key lies."""
    asked_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """Since when they are not in it any more."""
