"""The columns that every record has."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Key


class Record:
    """A row with a lifecycle; the table of a subject adds its own columns."""

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    state: Mapped[str] = mapped_column(String(12))
