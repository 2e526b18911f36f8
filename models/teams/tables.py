"""Teams, who is in them, what they were told."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.records.tables import Record
from models.teams.rules import NAME_LENGTH


class TeamRow(Record, Base):
    """One team."""

    __tablename__ = "teams"
    __table_args__ = (Index("ix_teams_place", "place_id", "state"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    """Where it helps."""
    token: Mapped[str] = mapped_column(String(64), unique=True)
    """Names the form that was sent."""
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    aim: Mapped[str] = mapped_column(Text)


class MemberRow(Base):
    """Where one person stands with one team; one row for each, however often they come and go."""

    __tablename__ = "team_members"
    __table_args__ = (
        UniqueConstraint("team_id", "person_id"),
        Index("ix_team_members_person", "person_id", "state"),
        CheckConstraint("NOT lead OR state = 'in'", name="lead"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(12))
    lead: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class TeamWordsRow(Base):
    """What a team was told once."""

    __tablename__ = "team_words"
    __table_args__ = (Index("ix_team_words_team", "team_id", "at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    """Who wrote it."""
    at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)
