"""When Telegram was heard last, and the outages before."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class OutageRow(Base):
    """A time without an answer of Telegram's that was too long; the newest row is not over.

    That one begins when Telegram was heard last, which moves on as long as it answers.
    """

    __tablename__ = "outages"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    last_heard_at: Mapped[datetime]
    heard_again_at: Mapped[datetime | None] = mapped_column(index=True)
    """None while it has not been too long."""
