"""Votes, the roll of those who may, the marks of those who have."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key

_UNENDED = sql("state IN ('planned', 'open')")


class VoteRow(Base):
    """One vote on one proposal; at most one is planned or open at a time."""

    __tablename__ = "votes"
    __table_args__ = (
        Index(
            "uq_votes_unended",
            "proposal_id",
            unique=True,
            sqlite_where=_UNENDED,
            postgresql_where=_UNENDED,
        ),
        Index("ix_votes_proposal", "proposal_id", "id"),
        CheckConstraint("quorum BETWEEN 0 AND 100", name="quorum"),
        CheckConstraint("ends_at > opens_at", name="ends"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    version: Mapped[int] = mapped_column(SmallInteger)
    """Of the proposal's text: what is voted on."""
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    """Whose residents, households or party members vote."""
    electorate: Mapped[str] = mapped_column(String(12))
    secret: Mapped[bool]
    quorum: Mapped[int] = mapped_column(SmallInteger)
    """Per cent of those on the roll who have to vote."""
    majority: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12))
    opens_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]
    eligible: Mapped[int] = mapped_column(default=0)
    """Voices on the roll: people, or households; fixed when it opens."""
    voted: Mapped[int] = mapped_column(default=0)
    """Marks, kept beside them so that the live count costs nothing."""
    urn: Mapped[str] = mapped_column(String(64), default="0,0,0")
    """Of a secret ballot: how many yes, no and abstain, sealed, in one value that is written as a
    whole; of an open one nothing."""
    count_after: Mapped[datetime | None]
    """Open cards are not given a new count before."""
    result: Mapped[str | None] = mapped_column(String(12))
    counted_at: Mapped[datetime | None]


class RollRow(Base):
    """Somebody who may vote; fixed when the vote opens."""

    __tablename__ = "vote_roll"
    __table_args__ = (Index("ix_vote_roll_voice", "vote_id", "voice"),)

    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False, index=True
    )
    voice: Mapped[str] = mapped_column(String(64))
    """Whose voice it is: the person's own, or that of the household (a keyed digest)."""


class MarkRow(Base):
    """One voice that has been given; of an open vote with what it said."""

    __tablename__ = "vote_marks"

    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id"), primary_key=True)
    voice: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    """Who gave it last: of a household, one of its members."""
    choice: Mapped[str | None] = mapped_column(String(12))
    """Never of a secret ballot."""
    slip: Mapped[str | None] = mapped_column(String(64))
    """Of a secret ballot: the digest of the slip in the voter's chat, which alone can change it."""
