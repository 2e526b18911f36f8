"""What leaves the room of posts."""

from dataclasses import dataclass
from datetime import datetime

from models.names.views import Where, Who
from models.posts.rules import Move, PostKind, ShiftMove, ShiftState, State, WeeklyPlan
from models.seats.rules import SeatState
from models.seats.views import RosterLine, SeatCounts, SeatView


@dataclass(frozen=True)
class PostLine:
    """One post in a list, as its reader sees it."""

    id: int
    kind: PostKind
    title: str
    where: str
    light: bool
    wanted: int
    """Hands that are missing, of all shifts to come together."""
    fits: bool
    """It asks for something that the reader can do."""
    next_at: datetime | None
    """When the next shift with a free place begins."""
    mine: bool
    """The reader holds it, or has a place in a shift to come."""
    idle: bool
    """It is done in shifts, and none is to come."""
    team: str
    """Whose it is; '' of no team."""


@dataclass(frozen=True)
class ShiftLine:
    """One shift in a list, as its reader sees it."""

    id: int
    title: str
    where: str
    starts_at: datetime
    ends_at: datetime
    state: ShiftState
    counts: SeatCounts
    mine: SeatState | None


@dataclass(frozen=True)
class PostView:
    """One post as its reader sees it."""

    id: int
    kind: PostKind
    title: str
    words: str
    where: str
    place: Where
    skills: tuple[str, ...]
    light: bool
    seats: int
    weekly: WeeklyPlan | None
    state: State
    why_ended: str
    counts: SeatCounts
    """Of the post itself; of one with shifts nobody holds any."""
    mine: SeatView | None
    others: tuple["Helper", ...]
    """Whom the reader speaks for."""
    shifts: tuple[ShiftLine, ...]
    """To come, the next first."""
    lead: Who | None
    """Who looks after it; for them and the desk alone."""
    leads_it: bool
    """The reader was named to look after it."""
    team: str
    """Whose it is; '' of no team."""
    moves: frozenset[Move]


@dataclass(frozen=True)
class Stand:
    """A stand-in is sought for somebody, who is named by the surname alone."""

    person_id: int
    surname: str
    mine: bool
    """The reader asks."""
    open_to_me: bool
    """The reader can take that place."""


@dataclass(frozen=True)
class ShiftView:
    """One shift as its reader sees it."""

    id: int
    post_id: int
    title: str
    words: str
    where: str
    place: Where
    light: bool
    starts_at: datetime
    ends_at: datetime
    state: ShiftState
    why_off: str
    counts: SeatCounts
    missing: int
    """Hands, beside those who have taken a place."""
    unconfirmed: int
    """Of those who came; for the lead and the desk alone."""
    mine: SeatView | None
    others: tuple["Helper", ...]
    """Whom the reader speaks for."""
    clash: tuple["ShiftDue", ...]
    """Other shifts that the reader has at that time."""
    my_minutes: int
    """Of the reader, confirmed."""
    stands: tuple[Stand, ...]
    moves: frozenset[ShiftMove]


@dataclass(frozen=True)
class Helper:
    """Somebody on a list, by name, for the lead, the desk, and whoever speaks for them."""

    who: Who
    seat: RosterLine
    confirmed: bool
    by: Who | None
    """Who signed them up for them; None: they themselves."""


@dataclass(frozen=True)
class PostRoster:
    """Who holds a post, for its lead and the desk."""

    post: PostView
    helpers: tuple[Helper, ...]


@dataclass(frozen=True)
class ShiftRoster:
    """Who is on the list of a shift, for its lead and the desk."""

    shift: ShiftView
    helpers: tuple[Helper, ...]


@dataclass(frozen=True)
class ShiftDue:
    """One shift in which somebody has a place, for whoever counts what they are due for."""

    title: str
    where: str
    starts_at: datetime
    ends_at: datetime
    shift_id: int
