"""What leaves the room of teams."""

from dataclasses import dataclass
from datetime import datetime

from models.names.views import Where, Who
from models.teams.rules import Membership, Move, State


@dataclass(frozen=True)
class TeamName:
    """A team by name, to be chosen."""

    id: int
    name: str


@dataclass(frozen=True)
class TeamLine:
    """One team in a list, as its reader sees it."""

    id: int
    name: str
    aim: str
    place: Where
    size: int
    mine: Membership | None
    lead: bool
    """The reader leads it."""


@dataclass(frozen=True)
class TeamView:
    """One team as its reader sees it: how many are in it, never who, but for its leads."""

    line: TeamLine
    state: State
    leads: tuple[Who, ...]
    moves: frozenset[Move]

    @property
    def id(self) -> int:
        """Return its number."""
        return self.line.id


@dataclass(frozen=True)
class Member:
    """Somebody in a team, or who wants to be, by name."""

    who: Who
    state: Membership
    lead: bool
    since: datetime


@dataclass(frozen=True)
class TeamRoster:
    """Who is in a team and who wants to be, for its leads and the desk."""

    team: TeamView
    members: tuple[Member, ...]
    """Leads first, then by name."""
    asking: tuple[Member, ...]
    """Who asked first comes first."""

    def member(self, person_id: int) -> Member | None:
        """Return somebody on it."""
        return next((m for m in (*self.members, *self.asking) if m.who.id == person_id), None)


@dataclass(frozen=True)
class TeamTold:
    """What a team was told, for a member."""

    team: TeamLine
    by: Who | None
    words: str
