"""Pictures of requests that leave the room; none carries a door or a phone but `DoorAndPhone`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.help.rules.closing import Ordered
from models.help.rules.deadlines import Wait
from models.help.rules.limits import Channel, Line
from models.help.rules.matching import Reason
from models.help.rules.outcomes import FileOutcome
from models.help.rules.policy import Urgency
from models.help.rules.states import ClaimState, OfferState, Relation, State, SwapState
from models.media import Media
from models.names.views import Where, Who
from models.people.reach import OWN, Reach


@dataclass(frozen=True)
class Draft:
    """A form as it was sent. `token` names the form: the same token files once, ever.

    `beneficiary_id` None means the sender; `place_id` None the beneficiary's own building.
    """

    token: str
    category: str
    urgency: Urgency
    text: str = ""
    media: tuple[Media, ...] = ()
    hands: int = 1
    beneficiary_id: int | None = None
    place_id: int | None = None
    when_text: str | None = None
    start_at: datetime | None = None
    words_open: bool = False
    """Whoever is asked to help may read `text`."""
    known: bool = False
    """The kind says what it is about: no words are needed."""
    looked_after: bool = False
    """It comes of somebody being looked in on, or asked whether all is well: nobody is too new."""


@dataclass(frozen=True)
class Receipt:
    """What a resident keeps: the number to say over the phone, and who answers for it."""

    request_id: int
    number: int
    promised_by: datetime
    owner: Who | None
    asked: int
    """Volunteers whom the question has reached so far."""
    for_volunteers: bool
    """False: the owner sees to it, neighbours are not asked."""
    answer_by: datetime | None = None
    """By when it is promised an answer; None once it has had one."""
    asking: int = 0
    """Volunteers to whom the question is on its way."""
    asks_at: datetime | None = None
    """When the first volunteers will be asked: it came in quiet hours. None: they have been."""


@dataclass(frozen=True)
class Filed:
    """Outcome of filing; the receipt for FILED and ALREADY."""

    outcome: FileOutcome
    receipt: Receipt | None = None
    until: datetime | None = None
    """For NEW_HERE: when that limit ends."""


@dataclass(frozen=True)
class OfferCard:
    """What a candidate sees: kind and building, never name, door or phone; words if allowed.

    `claim` and `offer` are the viewer's own standing; `position` the place in line (from 1).
    `holders` are names, so that a card can say 'taken by Li'.
    """

    request_id: int
    number: int
    category: str
    urgency: Urgency
    where: Where
    state: State
    hands: int
    held: int
    when_text: str | None
    start_at: datetime | None
    promised_by: datetime
    created_at: datetime
    reasons: tuple[Reason, ...]
    offer: OfferState | None
    claim: ClaimState | None
    position: int | None
    holders: tuple[str, ...]
    asked_at_night: bool = False
    """Asked in quiet hours, as an emergency alone is."""
    let_go: ClaimState | None = None
    """How a claim of the viewer's ended that nobody could count on: NO_ANSWER or NO_SHOW."""
    agreed: bool = True
    """The viewer took it, or has said yes since the office chose them."""
    start_confirmed: bool = False
    """The viewer, who holds it, has answered the last 'still coming?' with yes."""
    words: str = ""
    """What is needed, in the resident's words; '' unless they let those asked read it."""


@dataclass(frozen=True)
class RequestLine:
    """One line of a list of requests."""

    request_id: int
    number: int
    category: str
    urgency: Urgency
    where: Where
    state: State
    hands: int
    held: int
    beneficiary: Who
    owner: Who | None
    created_at: datetime
    promised_by: datetime
    overdue: bool
    """The promise to solve it is broken."""
    unconfirmed: bool
    answer_by: datetime | None = None
    """By when it is promised an answer; None once it has had one."""
    wait: Wait | None = None
    """What the resident is waited for at this moment: the clocks stand still."""

    @property
    def next_due(self) -> datetime:
        """When the next promise is due: the answer, then the solution."""
        return self.answer_by or self.promised_by


@dataclass(frozen=True)
class TimelineLine:
    """One line of the timeline; `who` None is the clock or somebody who left."""

    at: datetime
    what: Line
    who: Who | None
    detail: dict[str, Any]
    words: str | None
    internal: bool


@dataclass(frozen=True)
class Holder:
    """One person on a request: holding, waiting (`position` from 1) or done."""

    who: Who
    state: ClaimState
    position: int | None
    start_confirmed: bool
    agreed: bool = True
    """They have said yes themselves; False: they were chosen, and have yet to answer."""
    reached: bool = True
    """What is sent to them arrives."""


@dataclass(frozen=True)
class OrderMark:
    """The last rectification order about a request, at a glance."""

    order_id: int
    state: Ordered
    person_id: int | None
    due_at: datetime
    overdue: bool
    report: str | None
    """What was reported, in words, once it has been."""
    person: Who | None = None


@dataclass(frozen=True)
class RequestView:
    """The whole of one request as its resident (or, with internal lines, the desk) sees it."""

    line: RequestLine
    text: str
    media: tuple[Media, ...]
    evidence: tuple[Media, ...]
    channel: Channel
    requester: Who
    when_text: str | None
    start_at: datetime | None
    holders: tuple[Holder, ...]
    waiting: tuple[Holder, ...]
    asked: int
    """Volunteers whom the question has reached so far."""
    timeline: tuple[TimelineLine, ...]
    """Oldest first; looks at door and phone are among it."""
    rating: int | None
    close_reason: str | None
    may_cancel: bool
    may_say_solved: bool
    may_say_unsolved: bool
    may_rate: bool
    may_reopen: bool = False
    """It is closed as solved, and can still be opened again."""
    solved: bool | None = None
    order: OrderMark | None = None
    asking: int = 0
    """Volunteers to whom the question is on its way."""
    reach: Reach = OWN
    """How the resident is reached."""
    spoken_for: str = ""
    """The beneficiary's name where the reader is somebody else, who speaks for them."""
    own_work: bool = False
    """The reader, who speaks for the beneficiary, has done the work: they are no judge of it."""
    mentioned: tuple[Who, ...] = ()
    """People whom the lines that the reader sees are about, such as who was chosen."""
    took: tuple[tuple[Who, int], ...] = ()
    """Who says how many minutes it took them."""


@dataclass(frozen=True)
class CallCase:
    """One entry of the call-back list: whose word is missing."""

    request: RequestView
    since: datetime
    """When it was reported done; of a return visit when it was asked."""
    days: int | None
    """After sign-off, where a return visit was not answered; None: whether it is solved."""
    calls: int
    """Calls so far that nobody answered."""
    may_give_up: bool
    total: int
    """How many are to be rung now."""


@dataclass(frozen=True)
class Told:
    """A request as the reader of a notice sees it, and as what they are to it.

    The view has the desk's inner lines only where the reader is of the desk.
    """

    view: RequestView
    relations: frozenset[Relation]


@dataclass(frozen=True)
class TaskLine:
    """One line of a volunteer's own tasks."""

    request_id: int
    number: int
    category: str
    urgency: Urgency
    where: Where
    state: State
    claim: ClaimState
    position: int | None
    when_text: str | None
    start_at: datetime | None


@dataclass(frozen=True)
class SwapChoice:
    """A task of another holder that one's own could be changed for."""

    claim_id: int
    task: TaskLine
    holder: Who


@dataclass(frozen=True)
class SwapCard:
    """A proposal to change tasks, as the one who is asked sees it; never door or phone."""

    id: int
    state: SwapState
    proposer: Who
    theirs: TaskLine
    """What the proposer holds and offers."""
    yours: TaskLine
    """What the proposer would take on instead."""


@dataclass(frozen=True)
class TaskDetail:
    """What the one who holds a task sees; door and phone come on a card of their own."""

    line: TaskLine
    beneficiary: Who
    text: str
    media: tuple[Media, ...]
    hands: int
    held: int
    others: tuple[str, ...]
    """Names of the other holders."""
    may_see_contact: bool
    contact_until: datetime | None
    """After closing: until when door and phone can be seen."""
    may_set_out: bool
    may_report_done: bool
    may_hand_back: bool
    may_swap: bool = False
    reach: Reach = OWN
    """How the resident is reached."""
    added: tuple[TimelineLine, ...] = ()
    """What others have said about it since it was filed, in order; the desk's inner notes apart."""
    agreed: bool = True
    """The viewer took it, or has said yes since somebody else chose them."""
    took: int | None = None
    """Minutes that the viewer says it took them."""
    asks_time: bool = False
    """They can still say so, or anew."""


@dataclass(frozen=True)
class DoorAndPhone:
    """Door and phone of the beneficiary, as far as known; showing it has been recorded."""

    beneficiary: Who
    phone: str | None
    door: str | None
    note: str | None
    """What the household wants helpers to know."""
    through: Who | None
    """The proxy to ring where the beneficiary has no phone of their own."""


@dataclass(frozen=True)
class ContactView:
    """The card of a look at door and phone, as its reader may see it now."""

    request_id: int
    number: int
    category: str
    where: Where
    contact: DoorAndPhone | None
    """None when there is nothing to be seen any more."""


@dataclass(frozen=True)
class DeskPage:
    """One page of a list, what is due next first; `page` counts from 0."""

    lines: tuple[RequestLine, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class FoundPage(DeskPage):
    """One page of what a search found, what has not ended first."""

    number: int
    """Of the search, for its further pages."""


@dataclass(frozen=True)
class HoursGiven:
    """What a volunteer has given: minutes and tasks, this month and in all; thanks received."""

    month_minutes: int
    month_tasks: int
    all_minutes: int
    all_tasks: int
    ratings: int
    mean_rating: float | None


@dataclass(frozen=True)
class StaffChoice:
    """Somebody to hand over to or to assign, with how much they carry already."""

    who: Who
    load: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class RequestSheetRow:
    """One request in the desk's spreadsheet."""

    number: int
    category: str
    urgency: Urgency
    state: State
    unconfirmed: bool
    where: Where
    beneficiary: Who
    owner: Who | None
    created_at: datetime
    answered_at: datetime | None
    promised_by: datetime
    done_at: datetime | None
    closed_at: datetime | None
    solved: bool | None
    rating: int | None
    words: str


@dataclass(frozen=True)
class HoursRow:
    """What one volunteer gave to one request."""

    who: Who
    done_at: datetime
    minutes: int
    number: int
    category: str
    where: Where


@dataclass(frozen=True)
class CallRow:
    """Somebody to be rung."""

    number: int
    category: str
    who: Who
    where: Where
    since: datetime
    calls: int
    phone: str
    """'' where there is none."""
