"""What leaves the room of care."""

from dataclasses import dataclass
from datetime import date, datetime

from models.care.rules.follow_ups import FollowUpMove, FollowUpState
from models.care.rules.plans import CareRhythm
from models.care.rules.states import (
    CareFound,
    CareReason,
    Concern,
    ConcernMove,
    ConcernState,
    HomeMove,
    HomeSaid,
    HomeState,
    NeedState,
    PairMove,
    PairPart,
    PairState,
)
from models.marks.rules import LEAST_SHOWN
from models.names.views import Where, Who
from models.routines.rules import Move, OccasionState


@dataclass(frozen=True)
class PairLine:
    """One neighbour of a home."""

    id: int
    who: Who
    part: PairPart
    state: PairState


@dataclass(frozen=True)
class NeedView:
    """One need, with its words for whoever may read them."""

    id: int
    words: str
    voice: str
    """Telegram's file, where it was spoken."""
    state: NeedState
    noted_at: datetime
    request_number: int | None


@dataclass(frozen=True)
class HomeView:
    """A home as its reader sees it."""

    id: int
    who: Who
    place: Where
    state: HomeState
    rhythm: CareRhythm
    weekday: int
    keeper: Who | None
    pairs: tuple[PairLine, ...]
    """Those that stand; of a proposal, who is meant to look in."""
    next_on: date | None
    """When somebody looks in next."""
    open_call: int | None
    """The occasion that is on now; None before its window opens."""
    own: bool
    """The reader is the person, or their proxy."""
    can_agree: bool
    """Somebody can: the person has an account, or staff have seen the paper for their proxy."""
    moves: frozenset[HomeMove]
    wishes: str
    """'' for whoever has not opened them."""
    wishes_spoken: bool
    """They were spoken; whoever may read them can listen, each time on record."""
    reasons: tuple[CareReason, ...]
    needs: tuple[NeedView, ...]
    """Open ones; for whoever has not opened them without words."""
    silent: bool = False
    """Whoever answers for the home has blocked the bot: nothing reaches them, so staff ring."""
    back_until: datetime | None = None
    """Until when the reader can take back that it has ended; None where there is nothing to."""


@dataclass(frozen=True)
class HomeLine:
    """A home in the list of whoever keeps it."""

    id: int
    who: Who
    place: Where
    state: HomeState
    rhythm: CareRhythm
    visitor: Who | None
    open_needs: int


@dataclass(frozen=True)
class PairView:
    """A pair as its reader sees it."""

    id: int
    home_id: int
    home: Who | None
    """None for a neighbour who has not said yes yet and is no keeper."""
    place: Where
    neighbour: Who
    part: PairPart
    state: PairState
    rhythm: CareRhythm
    weekday: int
    own: bool
    """The reader is the home, or its proxy."""
    keeps: bool
    """The reader keeps the home, and is not the neighbour."""
    moves: frozenset[PairMove]
    over: bool = False
    """The home has ended: nobody else is looked for."""


@dataclass(frozen=True)
class CallView:
    """One call-on as its reader sees it."""

    id: int
    home_id: int
    home: Who
    place: Where
    state: OccasionState
    opens_on: date
    ends_at: datetime
    holder: Who | None
    mine: bool
    """It is the reader's, or they are asked for it and nobody has it."""
    at_home: bool
    """The reader is the home, or its proxy."""
    keeps: bool
    """The reader keeps the home."""
    reported: bool
    """Whoever has it has said how it was."""
    door: str
    """The door of the home, for whoever has said that they come, until it is settled."""
    moves: frozenset[Move]
    on_day: date | None
    """When whoever has it comes."""
    days: tuple[date, ...]
    """From today to the end of the window."""
    door_word: str
    """Two characters, for both sides of the door; '' on any day but the one on which they come."""
    found: CareFound | None
    said: HomeSaid | None
    wrote: bool
    """Whoever looked in has written, or spoken, how it was; opened by a tap of its own."""
    said_words: str
    """What they wrote, for whoever has opened it."""
    said_voice: str
    """Telegram's file of what they spoke instead, for whoever has opened it."""
    needs: tuple[NeedView, ...]
    """What was needed last time, for whoever comes."""
    wishes: str
    wishes_spoken: bool
    """They were spoken; whoever reads them can listen."""
    ringing: int | None
    """The number of the request by which somebody is looked for."""
    asked_lately: bool
    """Somebody has been asked to come and still has time to answer."""


@dataclass(frozen=True)
class CallLine:
    """One call-on in a list."""

    id: int
    home: Who
    place: Where
    state: OccasionState
    opens_on: date
    ends_at: datetime
    holder: Who | None


@dataclass(frozen=True)
class ReportView:
    """What was done about money; its words for whoever has opened it."""

    by: Who | None
    at: datetime
    words: str
    voice: str
    """Telegram's file of what was spoken instead."""
    sent_back_by: Who | None
    sent_back: str
    """Why it was not enough."""


@dataclass(frozen=True)
class FollowUpLine:
    """One answer whether it was well; its words for whoever has opened the concern."""

    id: int
    state: FollowUpState
    asked_at: datetime
    by: Who | None
    """Who answered, where it was not the person: they rang and passed the word on."""
    words: str
    voice: str


@dataclass(frozen=True)
class FollowUpView:
    """The question whether it was well, as the home sees it."""

    id: int
    state: FollowUpState
    home_id: int
    moves: frozenset[FollowUpMove]
    said_more: bool


@dataclass(frozen=True)
class ConcernView:
    """What was told in confidence, for whom it belongs to."""

    id: int
    kind: Concern
    state: ConcernState
    home: Who
    home_id: int
    place: Where
    about: Who | None
    wrote: bool
    """Something was written or spoken with it."""
    words: str
    """'' for whoever has not opened it."""
    voice: str
    """Telegram's file of what was spoken instead; '' for whoever has not opened it."""
    phones: tuple[tuple[Who, str], ...]
    """Of those who are to be rung, for whoever has opened it."""
    opened_at: datetime
    due_at: datetime
    """Until when somebody has to see to it, or while it is reported to look at that."""
    above: bool
    report: ReportView | None
    """What was done about money, as last reported."""
    signer: Who | None
    """Who signed it off, or settled it; None for whoever has left."""
    alone: bool
    """The report settled it, because nobody else was there who could look at it."""
    settled_at: datetime | None
    follow_ups: tuple[FollowUpLine, ...]
    """Whether it was well afterwards, the first asked first."""
    moves: frozenset[ConcernMove]
    opened: bool
    """The reader has opened it: its words are here."""
    to_ring: int | None
    """The question without an answer about which the reader may ring the home, if any."""


@dataclass(frozen=True)
class CareMonth:
    """A month of care at all the places of a desk together, in numbers: nobody's name."""

    month: date
    """Its first day."""
    homes: int
    due: int
    """Call-ons whose window ended in the month, without those that were excused."""
    made: int
    covered: int
    missed: int
    """Nobody was there, neither in the window nor after."""
    excused: int
    needs: int
    """Noted in the month."""
    needs_met: int
    """Of them: met, or asked for as help."""
    last: bool = False
    """It is the month of today: there is none after it yet."""

    @property
    def still_open(self) -> int:
        """Return how many call-ons can still be made in their window."""
        return self.due - self.made - self.covered - self.missed

    @property
    def few(self) -> bool:
        """Return whether shares and states would tell of single homes: sums are shown alone."""
        return self.homes < LEAST_SHOWN
