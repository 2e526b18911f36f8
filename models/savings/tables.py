"""Accounts, and the moves between them."""

from datetime import datetime

from sqlalchemy import (
    DDL,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.records.tables import Record
from models.savings.triggers import POSTGRESQL, SQLITE

_OF_ALL = text("kind IN ('issued', 'void')")


class SavingsAccountRow(Base):
    """One account: of a person, of a community's pool, or one of the two that are of nobody."""

    __tablename__ = "savings_accounts"
    __table_args__ = (
        Index(
            "uq_savings_accounts_kind",
            "kind",
            unique=True,
            sqlite_where=_OF_ALL,
            postgresql_where=_OF_ALL,
        ),
        CheckConstraint("balance >= 0", name="balance"),
        CheckConstraint("balance = 0 OR kind = 'person'", name="kept"),
        CheckConstraint("(kind = 'person') = (person_id IS NOT NULL)", name="person"),
        CheckConstraint("(kind = 'pool') = (place_id IS NOT NULL)", name="pool"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), unique=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), unique=True)
    """The community."""
    balance: Mapped[int] = mapped_column(default=0)
    """Of a person the sum of their moves, kept in the transaction of each, so that nothing is given
    away twice. Of all others 0: nobody takes from them, and every credit would wait for them."""


class SavingsMoveRow(Base):
    """Minutes that went from one account to another; never changed, never removed."""

    __tablename__ = "savings_moves"
    __table_args__ = (
        UniqueConstraint("cause_kind", "cause_id", "part"),
        Index("ix_savings_moves_from", "from_id", "id"),
        Index("ix_savings_moves_to", "to_id", "id"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("from_id <> to_id", name="two"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
    from_id: Mapped[int] = mapped_column(ForeignKey("savings_accounts.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("savings_accounts.id"))
    minutes: Mapped[int]
    cause_kind: Mapped[str] = mapped_column(String(12))
    cause_id: Mapped[int] = mapped_column(Key)
    part: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    """On whose word, or by whose wish."""
    confirmer: Mapped[str | None] = mapped_column(String(12))
    """As what they confirmed it (`Confirmer`); None of what was not earned by it."""
    giver_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Who gave the time, also where it went to the pool; None of what was not earned by it."""
    done_at: Mapped[datetime | None]
    """When the help ended."""
    reason: Mapped[str | None] = mapped_column(String(300))
    """Of a move that takes another back: why."""


class SavingsGiftRow(Record, Base):
    """Time that somebody passes on; its move is written when it is taken."""

    __tablename__ = "savings_gifts"
    __table_args__ = (CheckConstraint("minutes > 0", name="minutes"),)

    token: Mapped[str] = mapped_column(String(64), unique=True)
    """Names the form that was sent: the same form gives once."""
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """None: the pool."""
    minutes: Mapped[int]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class SavingsPaperRow(Base):
    """A certificate of time that was given; its number is printed on it."""

    __tablename__ = "savings_papers"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    minutes: Mapped[int]
    made_at: Mapped[datetime]
    digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of its code, by which it is looked up; the code itself stands on the paper alone."""


class SavingsDisputeRow(Record, Base):
    """Time that one side says was given, and of which the other says that it was not well."""

    __tablename__ = "savings_disputes"
    __table_args__ = (
        UniqueConstraint("cause_kind", "cause_id"),
        Index("ix_savings_disputes_place", "place_id", "state"),
    )

    cause_kind: Mapped[str] = mapped_column(String(12))
    cause_id: Mapped[int] = mapped_column(Key)
    giver_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    said_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    minutes: Mapped[int]
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    done_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(300))


for _dialect, _statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
    for _statement in _statements:
        _refuse = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy left it bare
        event.listen(SavingsMoveRow.__table__, "after_create", _refuse.execute_if(dialect=_dialect))
