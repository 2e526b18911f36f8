"""Requests, what was sent along, who was asked, who claims, and the one timeline."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Float,
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

_OPEN_CLAIM = text("state IN ('waiting', 'held', 'on_way')")


class CounterRow(Base):
    """The last receipt number given in a community."""

    __tablename__ = "help_counters"

    community_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    last: Mapped[int]


class RequestRow(Base):
    """One request for help."""

    __tablename__ = "help_requests"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_help_requests_state", "state", "created_at"),
        Index("ix_help_requests_number", "number"),
        Index("ix_help_requests_owner", "owner_id", "state"),
        Index("ix_help_requests_beneficiary", "beneficiary_id", "state"),
        CheckConstraint("hands > 0", name="hands"),
        CheckConstraint("held >= 0 AND held <= hands", name="held"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    number: Mapped[int]
    """Receipt number, counted in the community."""
    token: Mapped[str] = mapped_column(String(64), unique=True)
    """Names the form that was sent, so that sending it twice files once."""
    requester_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    """Who filed it."""
    beneficiary_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """Who needs the help."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Staff who answers for it 首问负责; None only where a place has no staff at all."""
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)
    channel: Mapped[str] = mapped_column(String(12))
    category: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    urgency: Mapped[str] = mapped_column(String(12))
    words_open: Mapped[bool | None]
    """Whether whoever is asked to help may read `text`: the resident was asked and said yes."""
    when_text: Mapped[str | None] = mapped_column(String(200))
    """When, in the resident's words."""
    start_at: Mapped[datetime | None]
    """When, as an instant, where one was named."""
    hands: Mapped[int] = mapped_column(SmallInteger)
    held: Mapped[int] = mapped_column(SmallInteger, default=0)
    """Claims that fill a hand: holding, on the way, or done."""
    line: Mapped[int] = mapped_column(default=0)
    """Claims ever made: numbers the order in which people came."""
    ring: Mapped[int] = mapped_column(SmallInteger, default=0)
    """How many times volunteers were looked for."""
    state: Mapped[str] = mapped_column(String(12))
    answer_by: Mapped[datetime]
    """By when somebody has to answer 响应: come forward, or write."""
    answered_at: Mapped[datetime | None]
    """When somebody first came forward for it or the desk first wrote to the resident."""
    promised_by: Mapped[datetime]
    """By when it is to be solved, the pauses so far left out."""
    owned_at: Mapped[datetime | None]
    """When its owner became so: who has waited longest is named next."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    """When the first person said yes."""
    done_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    """When it ended: closed, cancelled or expired."""
    solved: Mapped[bool | None]
    rating: Mapped[int | None] = mapped_column(SmallInteger)
    unconfirmed: Mapped[bool] = mapped_column(default=False)
    """Done, and the resident stayed silent: to be called back 电话回访."""
    calls: Mapped[int] = mapped_column(SmallInteger, default=0)
    """How often nobody answered when the desk rang."""
    call_after: Mapped[datetime | None]
    """Not to be rung before; None: at any time."""
    close_reason: Mapped[str | None] = mapped_column(String(300))


class MediaRow(Base):
    """A photo, voice or place that came with a request or with 'done', in order."""

    __tablename__ = "help_media"
    __table_args__ = (UniqueConstraint("request_id", "position"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("help_requests.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[str] = mapped_column(String(12))
    file_id: Mapped[str | None] = mapped_column(String(255))
    """Telegram's; None for a location."""
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    sent_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    evidence: Mapped[bool]
    """Shown at 'done'; otherwise it came with the request."""


class OfferRow(Base):
    """One volunteer asked about one request, once."""

    __tablename__ = "help_offers"
    __table_args__ = (
        UniqueConstraint("request_id", "person_id"),
        Index("ix_help_offers_person", "person_id", "state"),
        Index("ix_help_offers_asked", "asked_at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("help_requests.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    ring: Mapped[int] = mapped_column(SmallInteger)
    points: Mapped[float] = mapped_column(Float)
    reasons: Mapped[list[str]]
    state: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class ClaimRow(Base):
    """One person's claim on one request; at most one is open at a time."""

    __tablename__ = "help_claims"
    __table_args__ = (
        Index(
            "uq_help_claims_open",
            "request_id",
            "person_id",
            unique=True,
            sqlite_where=_OPEN_CLAIM,
            postgresql_where=_OPEN_CLAIM,
        ),
        UniqueConstraint("request_id", "line"),
        Index("ix_help_claims_person", "person_id", "state", "held_at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("help_requests.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(12))
    line: Mapped[int]
    """Order of coming, from 1; the waiting list is served by it."""
    created_at: Mapped[datetime]
    held_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    """When 'still coming?' was asked last."""
    confirmed_at: Mapped[datetime | None]
    summoned_at: Mapped[datetime | None]
    """When the desk or the waiting list chose them; None once they have said yes themselves."""
    on_way_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    minutes: Mapped[int | None] = mapped_column(SmallInteger)
    """Time given, as reported or reckoned at 'done'."""
    ended_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(16))
    """Why it was handed back (HandBackReason)."""


class LineRow(Base):
    """One line of a request's timeline: who, what, when, in whose words; never changed.

    The rest of an album is put to the line of its beginning.
    """

    __tablename__ = "help_timeline"
    __table_args__ = (Index("ix_help_timeline_request", "request_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("help_requests.id"))
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None: the clock."""
    what: Mapped[str] = mapped_column(String(16))
    detail: Mapped[dict[str, Any] | None]
    """Codes and counts only, never personal data."""
    words: Mapped[str | None] = mapped_column(Text)
    internal: Mapped[bool]
    """For the desk alone."""


class SearchRow(Base):
    """What somebody at a desk searched last, sealed: further pages of it are asked for."""

    __tablename__ = "desk_searches"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    number: Mapped[int]
    """Counts their searches: a button of an earlier one finds nothing."""
    sealed: Mapped[bytes]


class PauseRow(Base):
    """A time during which the clocks of a request stand still: the resident is waited for."""

    __tablename__ = "help_pauses"
    __table_args__ = (Index("ix_help_pauses_request", "request_id", "began_at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("help_requests.id"))
    why: Mapped[str] = mapped_column(String(12))
    """What is waited for (`Waiting`)."""
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """None: it lasts."""


class SwapRow(Base):
    """One holder's proposal to another: your task for mine."""

    __tablename__ = "help_swaps"
    __table_args__ = (Index("ix_help_swaps_claims", "offered_id", "wanted_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    offered_id: Mapped[int] = mapped_column(ForeignKey("help_claims.id"))
    """The claim of whoever asks."""
    wanted_id: Mapped[int] = mapped_column(ForeignKey("help_claims.id"), index=True)
    """The claim of whoever is asked."""
    state: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
