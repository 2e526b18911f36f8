"""Places."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class PlaceRow(Base):
    """One place; `path` lists the ids from the root down to itself: '/1/4/9/'."""

    __tablename__ = "places"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str | None] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(32), unique=True)
    """Short ASCII name for deep links (`?start=b-<code>`): letters, digits and hyphens."""
    path: Mapped[str] = mapped_column(String(255), index=True)
    sought: Mapped[str] = mapped_column(Text)
    """Names and code as `rules.sought` folds them: what typed words are looked up in."""
    ended_at: Mapped[datetime | None]
    """When it was removed or merged: it is offered no more, and names what happened there."""
    merged_into_id: Mapped[int | None] = mapped_column(BigInteger)
    """The place that took over all that hung on it, and its code."""
