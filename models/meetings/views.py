"""Pictures of meetings that leave the room; names of guests are in those for the desk alone."""

from dataclasses import dataclass
from datetime import date, datetime, time

from models.media import Media
from models.meetings.rules.notices import DoorState, GuestGroup, Move, Reply, State
from models.meetings.rules.outcomes import LinkOutcome, MeetingCallOutcome
from models.names.views import Where, Who
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import State as ProposalState


@dataclass(frozen=True)
class MeetingPlan:
    """A form that calls a meeting, as it was sent. `token`: the same one calls once, ever."""

    token: str
    proposal_id: int
    day: date
    at: time
    where: str
    more: tuple[int, ...] = ()
    """Ids of further proposals for the agenda, in their order."""
    parts: frozenset[GuestGroup] = frozenset()
    """Who is invited beside authors and supporters."""
    building_id: int | None = None


@dataclass(frozen=True)
class Called:
    """Outcome of calling; id and head count for CALLED and ALREADY."""

    outcome: MeetingCallOutcome | ProposalOutcome
    meeting_id: int | None = None
    invited: int = 0


@dataclass(frozen=True)
class AgendaItem:
    """One proposal on the agenda."""

    proposal_id: int
    number: int
    title: str
    state: ProposalState


@dataclass(frozen=True)
class Me:
    """What the reader is as a guest."""

    reply: Reply | None
    came: bool
    code: str | None
    """What their link for somebody else leads to, where they have one."""
    stand_in: Who | None
    """Who comes instead of them."""
    instead_of: Who | None


@dataclass(frozen=True)
class GuestCounts:
    """How many guests there are of each kind; those who came without an invitation apart."""

    invited: int
    yes: int
    no: int
    instead: int
    """They look for somebody to come instead."""
    replaced: int
    """Somebody comes instead of them."""
    silent: int
    came: int
    """Of all, those who listened among them."""
    listeners: int


@dataclass(frozen=True)
class MeetingLine:
    """One meeting in a list."""

    meeting_id: int
    state: State
    starts_at: datetime
    community: Where
    titles: tuple[str, ...]
    """Of the proposals on its agenda."""
    reply: Reply | None
    invited: bool = True
    """Else it is of a place that the reader answers for."""


@dataclass(frozen=True)
class MeetingView:
    """One meeting, as far as its reader may see it, and what they may do with it now."""

    meeting_id: int
    state: State
    called_at: datetime
    starts_at: datetime
    version: int
    community: Where
    agenda: tuple[AgendaItem, ...]
    inside: bool
    """A guest, a supporter, or of the desk: they see the place and what was agreed."""
    where: str | None
    """In words; None for those outside."""
    me: Me | None
    """None for whoever is no guest."""
    can_reply: bool
    door: DoorState
    today: bool
    """It is the day of the meeting."""
    minutes: str | None
    minutes_file: Media | None
    minutes_at: datetime | None
    items: int
    """Action items; 0 for those outside."""
    counts: GuestCounts | None
    """None but for the desk."""
    may: frozenset[Move]
    """What the reader may do to it; empty for all who do not look after it."""


@dataclass(frozen=True)
class GuestLine:
    """One guest in the desk's list."""

    guest_id: int
    name: str
    reply: Reply | None
    came: bool
    instead_of: Who | None


@dataclass(frozen=True)
class GuestPage:
    """A page of the guests of a meeting."""

    meeting_id: int
    lines: tuple[GuestLine, ...]
    counts: GuestCounts
    page: int
    pages: int
    may_tick: bool
    """The reader can note who is there, for those who came without a phone."""


@dataclass(frozen=True)
class MeetingPage:
    """A page of meetings."""

    lines: tuple[MeetingLine, ...]
    page: int
    pages: int
    items: int
    """Open action items of the reader."""


@dataclass(frozen=True)
class ItemView:
    """One action item, and what its reader may do with it."""

    item_id: int
    meeting_id: int
    met_at: datetime
    """When the meeting that agreed on it began."""
    titles: tuple[str, ...]
    words: str
    owner: Who | None
    """None for somebody who has left."""
    due_at: datetime
    overdue: bool
    done_at: datetime | None
    done_words: str | None
    mine: bool
    may_finish: bool


@dataclass(frozen=True)
class ItemPage:
    """A page of action items: of one meeting, or of the reader."""

    meeting_id: int | None
    """None: the reader's own."""
    lines: tuple[ItemView, ...]
    page: int
    pages: int
    may_add: bool


@dataclass(frozen=True)
class OfferedPlace:
    """What a link to come instead of somebody leads to."""

    outcome: LinkOutcome
    meeting: MeetingView | None = None
    """For OPEN, YOURS, ALREADY and INVITED; else nothing of it is shown."""
    instead_of: Who | None = None
    code: str = ""
