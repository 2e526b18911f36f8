"""What people answered to a roll-call."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class AnswerRow(Base):
    """What one person last answered to a roll-call; of whoever is silent there is no row."""

    __tablename__ = "rollcall_answers"
    __table_args__ = (Index("ix_rollcall_answers_answer", "broadcast_id", "answer"),)

    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False, index=True
    )
    answer: Mapped[str] = mapped_column(String(12))
    answered_at: Mapped[datetime]
    answered_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """The person, or whoever spoke for them, or staff who heard it at the door."""
    request_id: Mapped[int | None] = mapped_column(ForeignKey("help_requests.id"))
    """The emergency request that 'I need help' filed."""


class RoundRow(Base):
    """Where a roll-call's asking stands: how often the silent were asked again."""

    __tablename__ = "rollcall_rounds"

    broadcast_id: Mapped[int] = mapped_column(
        Key, ForeignKey("broadcasts.id"), primary_key=True, autoincrement=False
    )
    rounds: Mapped[int] = mapped_column(default=0)
    listed_at: Mapped[datetime | None]
    """When the building leaders were given the list of the silent."""
    count_after: Mapped[datetime | None]
    """The live board is not changed before."""
    ended_at: Mapped[datetime | None]
    """When staff said that it is over: no answer counts from then on."""
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
