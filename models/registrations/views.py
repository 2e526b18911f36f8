"""What leaves the room of registrations."""

from dataclasses import dataclass
from datetime import date, datetime

from models.names.views import Where, Who
from models.registrations.rules import (
    Accepts,
    Follows,
    KindMove,
    KindState,
    Move,
    State,
    WhyEnded,
)
from models.sheets.rules.fields import SheetField, SheetWords
from models.sheets.views import FilingView


@dataclass(frozen=True)
class KindLine:
    """A kind of registration in a list."""

    id: int
    title: SheetWords
    state: KindState
    alone: bool = False
    """Everybody registers it for themselves, and nobody for somebody else."""


@dataclass(frozen=True)
class RegisteredCount:
    """How many registrations of a kind stand and wait, at the reader's places."""

    id: int
    title: SheetWords
    standing: int
    waiting: int


@dataclass(frozen=True)
class KindView:
    """A kind as whoever keeps it sees it."""

    id: int
    title: SheetWords
    place: Where | None
    state: KindState
    months: int | None
    until_key: str | None
    accepts: Accepts
    fields: tuple[SheetField, ...]
    """Of the version that is being made."""
    version: int
    """In use; 0: none yet."""
    changed: bool
    """What is being made differs from what is in use."""
    moves: frozenset[KindMove]


@dataclass(frozen=True)
class RegistrationLine:
    """One registration in a list."""

    id: int
    title: SheetWords
    number: str
    state: State
    valid_until: date | None
    holder: str
    """By name, for the desk; '' of one's own."""
    place: Where


@dataclass(frozen=True)
class RegistrationView:
    """One registration as its reader sees it."""

    id: int
    kind_id: int
    title: SheetWords
    number: str
    state: State
    place: Where
    holder: Who
    """Without a name where it is erased."""
    own: bool
    """It is the reader's, or of somebody they speak for."""
    filing: FilingView | None
    """What stands, or waits; the reader's own is opened."""
    coming: FilingView | None
    """What it is to be renewed with."""
    filed_at: datetime | None
    why_returned: str
    valid_until: date | None
    why_ended: WhyEnded | None
    follows: Follows
    declare_days: int
    """So soon somebody who stays for a while declares it to the police."""
    sealed: bool
    """There is something that the reader has not opened."""
    moves: frozenset[Move]


@dataclass(frozen=True)
class BuildingNews:
    """Builders in a building: when and on which floor, and never whose."""

    place: Where
    begins: date
    ends: date
    floor: str


@dataclass(frozen=True)
class RegisterHome:
    """What somebody sees who comes to register."""

    own: tuple[RegistrationLine, ...]
    kinds: tuple[KindLine, ...]
    """That they can register."""
    has_home: bool
    at_desk: bool
    waiting: int
    """At their desk."""
    keeps: bool
    """They can add a kind."""
    hears: bool
    """They are told of builders."""
