"""Proposals, their versions, what came with them, seconds, ratings, terms, and one timeline."""

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
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key

_STANDS = text("withdrawn_at IS NULL")


class ProposalCounterRow(Base):
    """The last receipt number given to a proposal in a community."""

    __tablename__ = "proposal_counters"

    community_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    last: Mapped[int]


class ProposalRow(Base):
    """One proposal as it now reads, and where it stands."""

    __tablename__ = "proposals"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_proposals_state", "community_id", "state", "id"),
        Index("ix_proposals_receive_by", "state", "receive_by"),
        Index("ix_proposals_number", "number"),
        Index("ix_proposals_author", "author_id", "state"),
        Index("ix_proposals_person", "person_id", "state"),
        CheckConstraint("seconds >= 0", name="seconds"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    number: Mapped[int]
    """Receipt number, counted in the community."""
    token: Mapped[str] = mapped_column(String(64), unique=True)
    """Names the form that was sent, so that sending it twice submits once."""
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    anonymous: Mapped[bool]
    """The public does not read who the author is; staff may look, and the look is recorded."""
    seal: Mapped[bool]
    """Its author was a party member when they submitted it."""
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)
    """What it concerns: the community, or a grid or building of it."""
    topic: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(60))
    problem: Mapped[str] = mapped_column(Text)
    wish: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(SmallInteger, default=1)
    state: Mapped[str] = mapped_column(String(12))
    submitted_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    receive_by: Mapped[datetime]
    """By when the desk has to answer, in its working time."""
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who receives it; None only where a place has no staff at all."""
    received_at: Mapped[datetime | None]
    """When it was accepted: from then on everybody may read it."""
    seconds: Mapped[int] = mapped_column(default=0)
    """Seconds that stand for the text as it now reads."""
    needed: Mapped[int] = mapped_column(default=0)
    """Seconds needed to go on."""
    second_by: Mapped[datetime | None]
    count_after: Mapped[datetime | None]
    """Open cards are not given a new count before."""
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("help_requests.id"))
    """The request for help that it was turned into."""
    decided_at: Mapped[datetime | None]
    reasons: Mapped[str | None] = mapped_column(Text)
    """Why it was adopted or declined."""
    promise: Mapped[str | None] = mapped_column(Text)
    """What is promised, where it was adopted."""
    body: Mapped[str | None] = mapped_column(String(16))
    """Responsible body 责任单位."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who answers for the delivery."""
    due_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    rate_by: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    """When it ended, in whatever way."""


class VersionRow(Base):
    """The text of a proposal as it once read."""

    __tablename__ = "proposal_versions"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(60))
    problem: Mapped[str] = mapped_column(Text)
    wish: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class ProposalMediaRow(Base):
    """A photo or file that came with a proposal, with a progress note or with the delivery."""

    __tablename__ = "proposal_media"
    __table_args__ = (UniqueConstraint("proposal_id", "position"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("proposal_timeline.id"), index=True)
    """The line it came with; None: with the proposal itself."""
    kind: Mapped[str] = mapped_column(String(12))
    file_id: Mapped[str] = mapped_column(String(255))
    sent_by: Mapped[int] = mapped_column(ForeignKey("people.id"))


class ProposalLineRow(Base):
    """One line of a proposal's timeline: who, what, when, in whose words; never changed."""

    __tablename__ = "proposal_timeline"
    __table_args__ = (Index("ix_proposal_timeline_proposal", "proposal_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None: the clock."""
    what: Mapped[str] = mapped_column(String(16))
    detail: Mapped[dict[str, Any] | None]
    """Codes and counts only, never personal data."""
    words: Mapped[str | None] = mapped_column(Text)
    readers: Mapped[str] = mapped_column(String(8))


class SecondRow(Base):
    """One neighbour who backs a proposal 附议; at most one stands at a time."""

    __tablename__ = "proposal_seconds"
    __table_args__ = (
        Index(
            "uq_proposal_seconds_standing",
            "proposal_id",
            "person_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_proposal_seconds_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(SmallInteger)
    """The text they backed last; an older one than now counts again once they have said so."""
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    came_from: Mapped[int | None] = mapped_column(ForeignKey("proposals.id"))
    """The proposal they backed before it was merged into this one."""


class RatingRow(Base):
    """What one of those who backed it thinks of the delivery."""

    __tablename__ = "proposal_ratings"
    __table_args__ = (CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False
    )
    stars: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]


class TermsRow(Base):
    """How many seconds a place asks for, and for how long, for one topic or (topic '') for all."""

    __tablename__ = "seconding_terms"

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(16), primary_key=True)
    needed: Mapped[int]
    days: Mapped[int] = mapped_column(SmallInteger)
    set_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]


class ReasonRow(Base):
    """A reason that the desk of a place has ready for returning or declining proposals."""

    __tablename__ = "canned_reasons"
    __table_args__ = (Index("ix_canned_reasons_place", "place_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    words: Mapped[str] = mapped_column(Text)
    set_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class GramRow(Base):
    """One piece of a proposal's words, by which similar ones are found."""

    __tablename__ = "proposal_grams"
    __table_args__ = (Index("ix_proposal_grams_gram", "community_id", "gram", "proposal_id"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), primary_key=True)
    gram: Mapped[str] = mapped_column(String(24), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
