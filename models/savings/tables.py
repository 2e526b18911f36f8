"""Accounts, and the moves between them."""

from datetime import date, datetime

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
    community_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    """In which whoever gave or passed it on lived then."""


class SavingsReasonRow(Base):
    """Why a move takes another back, in words; erased when either side leaves."""

    __tablename__ = "savings_reasons"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    move_id: Mapped[int] = mapped_column(ForeignKey("savings_moves.id"), unique=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    words: Mapped[bytes | None]
    """Sealed."""


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
    pooled: Mapped[int] = mapped_column(default=0)
    """Of these, what was more than the relative keeps and went to the pool."""
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class SavingsPaperRow(Base):
    """A certificate of time that was given, as it was issued; the newest of somebody counts."""

    __tablename__ = "savings_papers"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    minutes: Mapped[int]
    surname: Mapped[str] = mapped_column(String(8))
    """The first letter of the name then; '' once they have left."""
    made_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """Of its code, by which it is looked up; the code itself stands on the paper alone."""


class SavingsClaimRow(Record, Base):
    """Time that somebody says they gave: credited on the other side's word alone."""

    __tablename__ = "savings_claims"
    __table_args__ = (
        UniqueConstraint("kind", "cause_id"),
        Index("ix_savings_claims_place", "place_id", "state"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    kind: Mapped[str] = mapped_column(String(12))
    cause_id: Mapped[int] = mapped_column(Key)
    giver_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    served_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    minutes: Mapped[int]
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    done_at: Mapped[datetime]
    word_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who of the other side said that it was so before the giver did."""
    disputed_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]


class SavingsMonthRow(Base):
    """The public account of a community for a month that is over, written once."""

    __tablename__ = "savings_months"
    __table_args__ = (UniqueConstraint("community_id", "month"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    month: Mapped[date]
    """Its first day."""
    hours: Mapped[int]
    pooled_hours: Mapped[int | None]
    """None: fewer than five gave to the pool."""


class TeamMonthRow(Base):
    """What a team gave in a month that is over, written once, for whoever answers for its place."""

    __tablename__ = "savings_team_months"
    __table_args__ = (UniqueConstraint("team_id", "month"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    month: Mapped[date]
    """Its first day."""
    hours: Mapped[int]


for _dialect, _statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
    for _statement in _statements:
        _refuse = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy left it bare
        event.listen(SavingsMoveRow.__table__, "after_create", _refuse.execute_if(dialect=_dialect))
