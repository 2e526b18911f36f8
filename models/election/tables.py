"""The seats."""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class LeaseRow(Base):
    """A seat of one bot: who holds it, in which term, and when they last said so."""

    __tablename__ = "leases"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """The number that begins the token."""
    role: Mapped[str] = mapped_column(String(12), primary_key=True)
    term: Mapped[int] = mapped_column(BigInteger)
    """Grows by one each time the seat changes hands, and never shrinks."""
    holder: Mapped[str] = mapped_column(String(64))
    """The name by which the database knows the holder's connections (`application_name`)."""
    renewed_at: Mapped[datetime]
    """By the database's clock."""
