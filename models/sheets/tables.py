"""Sheets and filings."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.records.tables import Record
from models.sheets.rules.fields import TITLE_LENGTH


class SheetRow(Base):
    """One version of a sheet; never changed but for the day from which it is used no more."""

    __tablename__ = "sheets"
    __table_args__ = (
        UniqueConstraint("code", "version"),
        Index("ix_sheets_subject", "subject"),
        CheckConstraint("version >= 1", name="version"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(30))
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(String(30))
    title_zh: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    title_en: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    fields: Mapped[list[dict[str, Any]]]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None: it came with the house."""
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    """No form begins with it from then on; those begun are finished with it."""


class FilingRow(Record, Base):
    """One answered sheet."""

    __tablename__ = "filings"
    __table_args__ = (
        Index("ix_filings_record", "subject", "subject_id", "filed_at"),
        Index("ix_filings_about_id", "about_id"),
        Index("ix_filings_by_id", "by_id"),
    )

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.id"))
    subject: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int] = mapped_column(Key)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The person concerned."""
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    filed_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    token: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the filling-in: it files once."""


class FilingValueRow(Base):
    """One answer, open or sealed for this very row."""

    __tablename__ = "filing_values"
    __table_args__ = (
        UniqueConstraint("filing_id", "key"),
        Index("ix_filing_values_digest", "digest"),
        CheckConstraint("plain IS NULL OR sealed IS NULL", name="open_or_sealed"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filings.id"))
    key: Mapped[str] = mapped_column(String(30))
    plain: Mapped[str | None] = mapped_column(Text)
    sealed: Mapped[bytes | None]
    seconds: Mapped[int | None] = mapped_column(SmallInteger)
    """Of a voice message, of which the text is Telegram's file id; None for what was written."""
    digest: Mapped[str | None] = mapped_column(String(64))
