"""People, grants of roles, sealed personal fields, one-time admin codes."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class PersonRow(Base):
    """One Telegram account, or somebody without one who is spoken for by a proxy 代办人."""

    __tablename__ = "people"
    __table_args__ = (
        Index(  # whoever wants to be left alone: few of all
            "ix_people_spared",
            "id",
            sqlite_where=text("paused_until IS NOT NULL OR quiet_from IS NOT NULL"),
            postgresql_where=text("paused_until IS NOT NULL OR quiet_from IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    name: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    proxy_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    consent_version: Mapped[str | None] = mapped_column(String(16))
    consented_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    """When the person asked to be forgotten; name and personal fields are erased then."""
    unreachable_at: Mapped[datetime | None]
    """When Telegram said that the person blocked the bot or is gone; cleared when they write."""
    heard_at: Mapped[datetime | None]
    """Telegram's date of their newest message, or of the last time they let the bot in."""
    away_at: Mapped[datetime | None]
    """Telegram's date of the last time they blocked the bot."""
    paused_until: Mapped[datetime | None]
    """Until then what may wait waits."""
    quiet_from: Mapped[int | None] = mapped_column(SmallInteger)
    quiet_until: Mapped[int | None] = mapped_column(SmallInteger)
    """Hours of the day, by the clock of the house, between which they have quiet of their own."""
    sign_from: Mapped[datetime | None]
    """From when on the next sign of theirs is looked for; None: for none. A turn of somebody else
    pays nothing for it."""


class GrantRow(Base):
    """A role given to a person at a place; it reaches down the tree until revoked."""

    __tablename__ = "grants"
    __table_args__ = (
        Index(
            "uq_grants_standing",
            "person_id",
            "role",
            "place_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    granted_at: Mapped[datetime]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    revoked_at: Mapped[datetime | None]


class PersonalRow(Base):
    """One sealed personal field of a person: 'phone' or 'door' or a note on the household."""

    __tablename__ = "personal_fields"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(16), primary_key=True)
    sealed: Mapped[bytes]
    digest: Mapped[str | None] = mapped_column(String(64), index=True)
    """Of a phone: what it is looked up by, keyed, so that it tells nothing without the key."""
    updated_at: Mapped[datetime]


class AdminCodeRow(Base):
    """A one-time code that makes its first user an admin; only its digest is kept."""

    __tablename__ = "admin_codes"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    used_at: Mapped[datetime | None]
