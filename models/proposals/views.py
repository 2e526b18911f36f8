"""Pictures of proposals that leave the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.categories import Body
from models.help.rules.states import State as RequestState
from models.media import Media
from models.names.views import Where, Who
from models.places.views import Place
from models.proposals.rules.notices import ProposalEvent, ProposalTopic
from models.proposals.rules.outcomes import ProposalOutcome, SubmitOutcome
from models.proposals.rules.reception import ReceptionTerms
from models.proposals.rules.states import Move, State
from models.proposals.rules.yearly import Totals


@dataclass(frozen=True)
class ProposalForm:
    """A form as it was sent. `token` names the form: the same token submits once, ever."""

    token: str
    topic: ProposalTopic
    title: str
    problem: str
    wish: str = ""
    place_id: int | None = None
    """None: the author's own community."""
    anonymous: bool = False
    media: tuple[Media, ...] = ()


@dataclass(frozen=True)
class Submitted:
    """Outcome of submitting; id, number and date of answer for SUBMITTED and ALREADY."""

    outcome: SubmitOutcome
    proposal_id: int | None = None
    number: int | None = None
    receive_by: datetime | None = None
    until: datetime | None = None
    """For NEW_HERE: when that limit ends."""


@dataclass(frozen=True)
class ProposalLine:
    """One proposal in a list."""

    proposal_id: int
    number: int
    title: str
    topic: ProposalTopic
    where: Where
    state: State
    seal: bool
    """A party member's."""
    seconds: int
    needed: int
    second_by: datetime | None
    receive_by: datetime
    due_at: datetime | None
    overdue: bool
    """The date of reception or of delivery has passed."""
    mean: float | None
    """Stars, where anybody has rated it."""
    ratings: int


@dataclass(frozen=True)
class Nearby:
    """A request for help about a similar thing, without anybody's name or words."""

    category: str
    where: Where
    state: RequestState


@dataclass(frozen=True)
class ProposalsPage:
    """A page of a list of proposals."""

    lines: tuple[ProposalLine, ...]
    page: int
    """From 0; the last there is, where a later one was asked for."""
    pages: int
    count: int
    """On all pages."""
    where: Where | None
    """The place whose proposals these are; None: wherever they are."""


@dataclass(frozen=True)
class HomeCounts:
    """How many proposals each list of the first screen has, by scope, and of which community."""

    counts: Mapping[str, int]
    where: Where | None


@dataclass(frozen=True)
class PlaceCount:
    """A place, and how many proposals about it there are to be read."""

    where: Where
    count: int


@dataclass(frozen=True)
class PlacesPage:
    """A page of places that proposals concern, the widest first."""

    lines: tuple[PlaceCount, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class ProposalView:
    """One proposal whole, and what its reader may do with it now."""

    line: ProposalLine
    problem: str
    wish: str
    version: int
    author: Who | None
    """None where it is hidden from this reader, and for authors who have left."""
    anonymous: bool
    mine: bool
    media: tuple[Media, ...]
    submitted_at: datetime
    desk: Who | None
    """Who receives it."""
    seconded: bool
    """The reader backs it as it now reads."""
    stale: bool
    """The reader backed an earlier text, and has not said whether they still do."""
    merged_into: tuple[int, int] | None
    """Id and number of the proposal that it was merged into."""
    request: tuple[int, int] | None
    """Id and number of the request for help that it was turned into."""
    meeting_id: int | None
    """The next meeting it is on the agenda of, else the last."""
    vote_id: int | None
    """The vote that is planned or open, else the last."""
    reasons: str | None
    promise: str | None
    body: Body | None
    person: Who | None
    """Who answers for the delivery."""
    delivered_at: datetime | None
    rate_by: datetime | None
    my_stars: int | None
    staff: bool
    """The reader works at the desk of its place."""
    public: bool
    """It was received: everybody may read it."""
    changed: bool
    """Its text was changed, and the reader may read how it read before."""
    may: frozenset[Move]

    @property
    def inside(self) -> bool:
        """Whether the reader may know what it said before its reception."""
        return self.mine or self.staff


@dataclass(frozen=True)
class ProposalTimelineLine:
    """One line of the timeline as its reader sees it."""

    line_id: int
    at: datetime
    what: ProposalEvent
    who: Who | None
    """None: the clock, the hidden author, or somebody who left."""
    by_author: bool
    detail: dict[str, Any]
    words: str | None
    media: tuple[Media, ...]
    private: bool = False
    """Not for everybody: its author and the desk read it, or the desk alone."""


@dataclass(frozen=True)
class TimelinePage:
    """A page of what happened to a proposal: the oldest of it first, the latest page is 0."""

    proposal_id: int
    number: int
    title: str
    seal: bool
    lines: tuple[ProposalTimelineLine, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class Looked:
    """Outcome of looking at who wrote a proposal without a name."""

    outcome: ProposalOutcome
    number: int = 0
    author: Who | None = None
    """None for those who have left."""
    where: Where | None = None
    """Where the author lives."""
    told: bool = False
    """The author reads that somebody looked; not where everybody may know."""


@dataclass(frozen=True)
class PassedOn:
    """Outcome of an act with what it brought along, such as how many seconds moved."""

    outcome: ProposalOutcome
    count: int = 0
    other_id: int | None = None
    """Of a merger: the proposal it went into; of turning: the request."""


@dataclass(frozen=True)
class Task:
    """A part of a delivery that volunteers were asked for, as the request for help now stands."""

    request_id: int
    number: int
    category: str
    state: RequestState
    hands: int
    held: int


@dataclass(frozen=True)
class Opinion:
    """What somebody who rated a delivery wrote; never with their name."""

    stars: int
    words: str


@dataclass(frozen=True)
class DeliveryView:
    """How the delivery of a proposal goes."""

    proposal: ProposalView
    notes: tuple[ProposalTimelineLine, ...]
    """The latest, newest first."""
    tasks: tuple[Task, ...]
    """The latest, newest first."""
    opinions: tuple[Opinion, ...]
    """The latest, newest first; for the desk and whoever answers for it alone."""
    owner: bool
    """The reader answers for it."""
    final_words: str | None
    """What was written when it was closed."""


@dataclass(frozen=True)
class YearLine:
    """One of the practical things of a year."""

    line: ProposalLine
    promise: str | None
    person: Who | None


@dataclass(frozen=True)
class YearPage:
    """A page of the practical things that a place adopted in a year."""

    year: int
    where: Where
    totals: Totals
    lines: tuple[YearLine, ...]
    page: int
    pages: int
    earlier: bool
    """There are things of years before."""
    later: bool
    """There are later years up to the present one."""
    own: bool
    """It is the reader's own community."""
    elsewhere: bool
    """The reader may read those of other communities as well."""


@dataclass(frozen=True)
class YearPlaces:
    """A page of the communities whose yearly list somebody may read."""

    year: int
    places: tuple[Where, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class ReceptionQueue:
    """A page of what waits at the reception of somebody's places, the first due first."""

    lines: tuple[ProposalLine, ...]
    total: int
    overdue: int
    """Of all that wait."""
    page: int
    pages: int


@dataclass(frozen=True)
class CannedReason:
    """A reason that a place has ready."""

    reason_id: int
    words: str


@dataclass(frozen=True)
class PlaceReasons:
    """The reasons of one place; empty where the house's own are offered."""

    place: Place
    reasons: tuple[CannedReason, ...]


@dataclass(frozen=True)
class StandingTerms:
    """What holds for one topic at a place, or (None) for all that have nothing of their own."""

    topic: ProposalTopic | None
    terms: ReceptionTerms
    own: bool
    """The place itself has set it for this topic; else it comes from above, or from all topics."""


@dataclass(frozen=True)
class PlaceTerms:
    """What a place asks for."""

    place: Place
    standing: tuple[StandingTerms, ...]
    """First what holds for all topics."""


@dataclass(frozen=True)
class Merger:
    """Two proposals, one of which may be merged into the other."""

    one: ProposalLine
    into: ProposalLine
