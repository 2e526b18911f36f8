"""Homes, pairs, call-ons, needs, concerns, gifts, ledgers; occasions are in `models.routines`."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.records.tables import Record

_HOME_STANDS = text("state IN ('proposed', 'agreed', 'paused')")
_PAIR_STANDS = text("state IN ('proposed', 'asked', 'agreed', 'resting')")


class CareHomeRow(Record, Base):
    """Somebody who is, or may be, looked in on."""

    __tablename__ = "care_homes"
    __table_args__ = (
        Index(
            "uq_care_homes_standing",
            "person_id",
            unique=True,
            sqlite_where=_HOME_STANDS,
            postgresql_where=_HOME_STANDS,
        ),
        Index("ix_care_homes_place", "place_id", "state"),
        CheckConstraint(
            "state NOT IN ('agreed', 'paused') OR agreed_at IS NOT NULL", name="agreed"
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Staff who proposed it or look after it; whoever works there instead where they do not."""
    routine_id: Mapped[int | None] = mapped_column(ForeignKey("routines.id"))
    rhythm: Mapped[str] = mapped_column(String(12))
    weekday: Mapped[int] = mapped_column(SmallInteger)
    """0 is Monday; of a weekly rhythm."""
    reasons: Mapped[bytes | None]
    """Sealed."""
    wishes: Mapped[bytes | None]
    """Sealed."""
    wishes_voice: Mapped[bytes | None]
    """Sealed: Telegram's file of what was spoken instead."""
    consent: Mapped[str | None] = mapped_column(String(8))
    paper_seen_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """When it ended, or was declined."""
    ended_from: Mapped[str | None] = mapped_column(String(12))
    """What it is again where the end is taken back; None once it is closed."""
    review_at: Mapped[datetime | None]


class CarePairRow(Record, Base):
    """A neighbour and a home, asked one after the other."""

    __tablename__ = "care_pairs"
    __table_args__ = (
        Index(
            "uq_care_pairs_standing",
            "home_id",
            "person_id",
            "part",
            unique=True,
            sqlite_where=_PAIR_STANDS,
            postgresql_where=_PAIR_STANDS,
        ),
        Index("ix_care_pairs_home", "home_id", "state"),
        Index("ix_care_pairs_person", "person_id", "state"),
        CheckConstraint(
            "state NOT IN ('agreed', 'resting')"
            " OR (by_home_at IS NOT NULL AND by_visitor_at IS NOT NULL)",
            name="agreed",
        ),
    )

    home_id: Mapped[int] = mapped_column(ForeignKey("care_homes.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    part: Mapped[str] = mapped_column(String(8))
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    by_home_at: Mapped[datetime | None]
    by_visitor_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """Of a pair that stands: its home was ended, and that can still be taken back."""


class CallOnRow(Base):
    """What somebody did about one occasion: one row for each who took it."""

    __tablename__ = "care_call_ons"
    __table_args__ = (
        UniqueConstraint("occasion_id", "person_id"),
        Index("ix_care_call_ons_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    on_day: Mapped[date]
    """When they come."""
    way: Mapped[str | None] = mapped_column(String(8))
    found: Mapped[str | None] = mapped_column(String(12))
    words: Mapped[bytes | None]
    """Sealed."""
    voice: Mapped[bytes | None]
    """Sealed: Telegram's file of what was spoken instead."""
    reported_at: Mapped[datetime | None]
    said_by_home: Mapped[str | None] = mapped_column(String(8))
    said_at: Mapped[datetime | None]


class CareNeedRow(Record, Base):
    """Something that is needed, carried to whoever calls next."""

    __tablename__ = "care_needs"
    __table_args__ = (Index("ix_care_needs_home", "home_id", "state"),)

    home_id: Mapped[int] = mapped_column(ForeignKey("care_homes.id"))
    words: Mapped[bytes | None]
    """Sealed."""
    voice: Mapped[bytes | None]
    """Sealed: Telegram's file of what was spoken instead."""
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    noted_at: Mapped[datetime]
    request_id: Mapped[int | None] = mapped_column(ForeignKey("help_requests.id"))
    settled_at: Mapped[datetime | None]


class CareRingRow(Base):
    """A request for help by which somebody is looked for who comes instead."""

    __tablename__ = "care_rings"

    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasions.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("help_requests.id"), unique=True)


class CareConcernRow(Record, Base):
    """What was told in confidence."""

    __tablename__ = "care_concerns"
    __table_args__ = (Index("ix_care_concerns_home", "home_id", "state"),)

    home_id: Mapped[int] = mapped_column(ForeignKey("care_homes.id"))
    about_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The visitor."""
    occasion_id: Mapped[int | None] = mapped_column(ForeignKey("occasions.id"))
    kind: Mapped[str] = mapped_column(String(12))
    words: Mapped[bytes | None]
    """Sealed."""
    voice: Mapped[bytes | None]
    """Telegram's file of what was spoken instead, sealed."""
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    above: Mapped[bool] = mapped_column(default=False)
    """It is told to those above as well."""
    told_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The person themselves, or who spoke for them; None of what follows from both sides."""
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who settled it, or of money signed it off; None where nobody else could look at it."""
    settled_at: Mapped[datetime | None]


class CareReportRow(Base):
    """What was done about money that was asked for, and what whoever judged it said."""

    __tablename__ = "care_reports"
    __table_args__ = (
        Index("ix_care_reports_concern", "concern_id"),
        CheckConstraint("sent_back_by IS NULL OR sent_back_by <> by_id", name="second"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey("care_concerns.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    report: Mapped[bytes | None]
    """Sealed."""
    voice: Mapped[bytes | None]
    """Sealed: Telegram's file of what was spoken instead."""
    sent_back: Mapped[bytes | None]
    """Sealed: why it is not enough."""
    sent_back_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sent_back_at: Mapped[datetime | None]


class CareFollowUpRow(Record, Base):
    """One question whether it was well, some days after a concern about money was settled."""

    __tablename__ = "care_follow_ups"
    __table_args__ = (
        Index("ix_care_follow_ups_concern", "concern_id", "state"),
        Index("ix_care_follow_ups_state", "state", "asked_at"),
    )

    concern_id: Mapped[int] = mapped_column(ForeignKey("care_concerns.id"))
    home_id: Mapped[int] = mapped_column(ForeignKey("care_homes.id"), index=True)
    days: Mapped[int] = mapped_column(SmallInteger)
    """After it was settled."""
    due_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The person, or whoever rang them and passes their word on."""
    answered_at: Mapped[datetime | None]
    words: Mapped[bytes | None]
    """Sealed: what they add where it was not well."""
    voice: Mapped[bytes | None]
    """Sealed: Telegram's file of what was spoken instead."""


class CareFestivalRow(Record, Base):
    """One festival of one year for which the homes of a place are visited."""

    __tablename__ = "care_festivals"
    __table_args__ = (Index("ix_care_festivals_place", "place_id", "state"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    festival: Mapped[str] = mapped_column(String(16))
    year: Mapped[int] = mapped_column(SmallInteger)
    day: Mapped[date]
    """The festival itself."""
    set_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]


class CareGiftRow(Record, Base):
    """What a home is brought for a festival: one for each, whoever arranged it."""

    __tablename__ = "care_gifts"
    __table_args__ = (
        UniqueConstraint("festival", "year", "home_id"),
        Index("ix_care_gifts_home", "home_id", "state"),
        CheckConstraint(
            "state NOT IN ('taken', 'given', 'received', 'not') OR person_id IS NOT NULL",
            name="taken",
        ),
    )

    festival_id: Mapped[int] = mapped_column(ForeignKey("care_festivals.id"), index=True)
    festival: Mapped[str] = mapped_column(String(16))
    year: Mapped[int] = mapped_column(SmallInteger)
    home_id: Mapped[int] = mapped_column(ForeignKey("care_homes.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Who brings it."""
    taken_at: Mapped[datetime | None]
    given_at: Mapped[datetime | None]
    said_at: Mapped[datetime | None]
    """When the home said whether it came."""


class CareLedgerRow(Record, Base):
    """Somebody who asked for the ledger of a place with its sealed columns."""

    __tablename__ = "care_ledgers"
    __table_args__ = (
        Index("ix_care_ledgers_place", "place_id", "state"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="second"),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    reason: Mapped[bytes | None]
    """Sealed: what it is needed for."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]


class CareSurveyRow(Record, Base):
    """The survey of needs of one place, of one year."""

    __tablename__ = "care_surveys"
    __table_args__ = (Index("ix_care_surveys_place", "place_id", "state"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    begun_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """Of what began by itself after a year: who had begun the one before."""
    begun_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class CareAskingRow(Record, Base):
    """Somebody who was asked in a survey: once a year, whichever place asks."""

    __tablename__ = "care_askings"
    __table_args__ = (
        UniqueConstraint("person_id", "year"),
        Index("ix_care_askings_survey", "survey_id", "state"),
        CheckConstraint(
            "state NOT IN ('agreed', 'filled', 'wrong', 'confirmed') OR agreed_at IS NOT NULL",
            name="agreed",
        ),
    )

    survey_id: Mapped[int] = mapped_column(ForeignKey("care_surveys.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    way: Mapped[str] = mapped_column(String(8))
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    word_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who gave the answer: they themselves, their proxy, or staff who heard it at the door."""
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filings.id"))
