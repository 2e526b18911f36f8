"""Where homes, pairs, needs and concerns stand, and who may move them."""

from collections.abc import Collection
from enum import StrEnum

from models.records.rules import Lifecycle, Refusal, Transition


class CareReason(StrEnum):
    """Why somebody wants company; sealed, and never a diagnosis."""

    ALONE = "alone"
    FRAIL = "frail"
    DISABLED = "disabled"
    NEED = "need"
    MEMBER_NEED = "member_need"
    """A party member in need."""
    FIVE = "five"
    """特困: whom the state supports."""


class Consent(StrEnum):
    """How somebody has agreed."""

    TAP = "tap"
    PROXY = "proxy"
    """Their proxy, and staff have seen the paper that says so."""


class HomeState(StrEnum):
    """Where a home stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    PAUSED = "paused"
    ENDING = "ending"
    """They have ended it, and can take that back for a while: ended for everybody else."""
    ENDED = "ended"
    DECLINED = "declined"


class HomeMove(StrEnum):
    """What is done to a home."""

    LOOK = "look"
    AGREE = "agree"
    DECLINE = "decline"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"
    TAKE_BACK = "take_back"
    """Say that it was a slip of the finger that it ended."""
    CLOSE = "close"
    """The time to take it back is over: pairs end, sealed words go."""
    WITHDRAW = "withdraw"
    """Take a proposal back that was never answered."""
    NAME = "name"
    """Propose somebody who looks in, comes instead, or fetches them in danger."""
    CHANGE = "change"
    """Write wishes, reasons, the rhythm."""
    SEE_PAPER = "see_paper"
    """Note that the paper was seen by which a proxy may agree."""
    OPEN_SEALED = "open_sealed"
    """Read reasons and wishes; each look is on record."""
    REVIEW = "review"
    TELL = "tell"
    """Say in confidence what only those read to whom it belongs."""
    WISH = "wish"
    """Say what is needed."""


class HomeRelation(StrEnum):
    """What somebody is to a home."""

    SELF = "self"
    PROXY = "proxy"
    KEEPER = "keeper"
    """Works at the desk of its place."""
    VISITOR = "visitor"
    """Looks in on it, by a standing pair."""
    WRITES = "writes"
    """Works at the desk of the home of somebody who neither has an account nor a proxy: that they
    want nobody any more is written down for them."""


_SELF = frozenset({HomeRelation.SELF, HomeRelation.PROXY})
_ENDS = _SELF | {HomeRelation.WRITES}
_KEEPER = frozenset({HomeRelation.KEEPER})
_STANDING = frozenset({HomeState.AGREED, HomeState.PAUSED})
OPEN_HOME = _STANDING | {HomeState.PROPOSED}
"""What stands, or is being asked about."""
HOMES = Lifecycle(
    HomeState,
    Transition(HomeMove.LOOK, _SELF | _KEEPER, frozenset(HomeState)),
    Transition(HomeMove.AGREE, _SELF, frozenset({HomeState.PROPOSED}), HomeState.AGREED),
    Transition(HomeMove.DECLINE, _SELF, frozenset({HomeState.PROPOSED}), HomeState.DECLINED),
    Transition(HomeMove.PAUSE, _SELF, frozenset({HomeState.AGREED}), HomeState.PAUSED),
    Transition(HomeMove.RESUME, _SELF, frozenset({HomeState.PAUSED}), HomeState.AGREED),
    Transition(HomeMove.END, _ENDS, _STANDING, HomeState.ENDING),
    Transition(HomeMove.TAKE_BACK, _ENDS, frozenset({HomeState.ENDING}), HomeState.PAUSED),
    Transition(HomeMove.CLOSE, frozenset(), frozenset({HomeState.ENDING}), HomeState.ENDED),
    Transition(HomeMove.WITHDRAW, _KEEPER, frozenset({HomeState.PROPOSED}), HomeState.ENDED),
    Transition(HomeMove.NAME, _KEEPER, _STANDING | {HomeState.PROPOSED}),
    Transition(HomeMove.CHANGE, _KEEPER, _STANDING | {HomeState.PROPOSED}),
    Transition(HomeMove.SEE_PAPER, _KEEPER, frozenset({HomeState.PROPOSED})),
    Transition(HomeMove.OPEN_SEALED, _SELF | _KEEPER, _STANDING | {HomeState.PROPOSED}),
    Transition(HomeMove.REVIEW, _KEEPER, _STANDING),
    Transition(HomeMove.TELL, _SELF, _STANDING),
    Transition(HomeMove.WISH, frozenset(HomeRelation), frozenset({HomeState.AGREED})),
)
"""Staff propose; she alone, or her proxy with the paper seen, agrees, pauses and ends.

For whoever has nobody left to tap for them staff write down that it ends, and nothing else. What is
taken back rests first, and goes on where it had not rested before; the clock alone closes.
"""


def stands_for_others(state: HomeState) -> HomeState:
    """Return where a home stands for everybody but those who can take it back."""
    return HomeState.ENDED if state is HomeState.ENDING else state


class PairPart(StrEnum):
    """What a neighbour is to a home."""

    MAIN = "main"
    INSTEAD = "instead"
    """Comes when the main visitor cannot."""
    BUDDY = "buddy"
    """Knocks first when there is danger 应急包保; only then."""


class PairState(StrEnum):
    """Where a pair stands: first she is asked, then the neighbour."""

    PROPOSED = "proposed"
    ASKED = "asked"
    AGREED = "agreed"
    RESTING = "resting"
    ENDED = "ended"
    DECLINED = "declined"


class PairMove(StrEnum):
    """What is done to a pair."""

    LOOK = "look"
    WELCOME = "welcome"
    """She says yes to a neighbour."""
    REFUSE = "refuse"
    """She would rather have somebody else, before they are paired."""
    TAKE_ON = "take_on"
    """The neighbour says yes."""
    TURN_DOWN = "turn_down"
    REST = "rest"
    RETURN = "return"
    END = "end"


class PairRelation(StrEnum):
    """What somebody is to a pair."""

    HOME = "home"
    NEIGHBOUR = "neighbour"
    KEEPER = "keeper"


_ASKED_HER, _ASKED_THEM = frozenset({PairState.PROPOSED}), frozenset({PairState.ASKED})
_HER, _THEM = frozenset({PairRelation.HOME}), frozenset({PairRelation.NEIGHBOUR})
_PAIRED = frozenset({PairState.AGREED, PairState.RESTING})
OPEN_PAIR = _ASKED_HER | _ASKED_THEM | _PAIRED
PAIRS = Lifecycle(
    PairState,
    Transition(PairMove.LOOK, _HER | {PairRelation.KEEPER}, frozenset(PairState)),
    Transition(PairMove.LOOK, _THEM, frozenset(PairState) - _ASKED_HER),
    Transition(PairMove.WELCOME, _HER, _ASKED_HER, PairState.ASKED),
    Transition(PairMove.REFUSE, _HER, _ASKED_HER | _ASKED_THEM, PairState.DECLINED),
    Transition(PairMove.TAKE_ON, _THEM, _ASKED_THEM, PairState.AGREED),
    Transition(PairMove.TURN_DOWN, _THEM, _ASKED_THEM, PairState.DECLINED),
    Transition(PairMove.REST, _THEM, frozenset({PairState.AGREED}), PairState.RESTING),
    Transition(PairMove.RETURN, _THEM, frozenset({PairState.RESTING}), PairState.AGREED),
    Transition(PairMove.END, _THEM | {PairRelation.KEEPER}, OPEN_PAIR, PairState.ENDED),
)
"""Both sides agree, each for themselves; she parts with somebody by asking for another, which
only the secretary reads."""


class CallWay(StrEnum):
    """How somebody looked in."""

    DOOR = "door"
    PHONE = "phone"


class CareFound(StrEnum):
    """How a visitor found somebody."""

    WELL = "well"
    NEEDS = "needs"
    """Something is needed; what it is, is said in words."""
    AWAY = "away"
    NO_ANSWER = "no_answer"
    """Nobody opened: that is not well, and staff are told at once."""


SEEN = frozenset({CareFound.WELL, CareFound.NEEDS})
"""They were seen or spoken with: the call-on is made."""


class HomeSaid(StrEnum):
    """What the home says of a call-on."""

    CAME = "came"
    DID_NOT = "did_not"


class NeedState(StrEnum):
    """Where a need stands."""

    OPEN = "open"
    REQUEST = "request"
    MET = "met"
    DROPPED = "dropped"


class NeedMove(StrEnum):
    """What is done about a need."""

    LOOK = "look"
    ASK_HELP = "ask_help"
    """File it as a request for help."""
    MEET = "meet"
    DROP = "drop"
    """Only she says that it is needed no more."""


_NEEDED = frozenset({NeedState.OPEN})
NEEDS = Lifecycle(
    NeedState,
    Transition(NeedMove.LOOK, frozenset(HomeRelation), frozenset(NeedState)),
    Transition(NeedMove.ASK_HELP, frozenset(HomeRelation), _NEEDED, NeedState.REQUEST),
    Transition(NeedMove.MEET, frozenset(HomeRelation), _NEEDED, NeedState.MET),
    Transition(NeedMove.DROP, _SELF, _NEEDED, NeedState.DROPPED),
)


class Concern(StrEnum):
    """What is told in confidence."""

    MONEY = "money"
    """A visitor asked for money, keys or papers: the secretary reads it, and who signs it off."""
    ANOTHER = "another"
    """Another visitor, please: the secretary alone reads it."""
    MISMATCH = "mismatch"
    """A visitor says that they were there, she says that nobody came; neither is accused."""
    GIFT = "gift"
    """A visitor says that they brought her a gift, she says that it has not come."""


BY_ITSELF = frozenset({Concern.MISMATCH, Concern.GIFT})
"""Nobody tells these: they follow from what both sides said."""


class ConcernState(StrEnum):
    """Where a concern stands."""

    OPEN = "open"
    REPORTED = "reported"
    """Of money alone: what was done is reported, and somebody else has yet to look at it."""
    SETTLED = "settled"


UNSETTLED_CONCERN = frozenset({ConcernState.OPEN, ConcernState.REPORTED})
"""Meanwhile whoever it is about does not come to the home."""


class ConcernMove(StrEnum):
    """What is done about a concern."""

    LOOK = "look"
    SETTLE = "settle"
    """Be done with it by one tap: any but money."""
    REPORT = "report"
    """Say what was done about money that was asked for."""
    SEND_BACK = "send_back"
    """Say that the report is not enough."""
    SIGN = "sign"
    REOPEN = "reopen"
    """Say that it is not well after all."""


class ConcernRelation(StrEnum):
    """What somebody is to a concern."""

    HEARS = "hears"
    """It belongs to them; never to whom it is about."""
    SETTLES = "settles"
    """It belongs to them, and is not about money."""
    REPORTS = "reports"
    """It belongs to them, and is about money."""
    JUDGES = "judges"
    """May sign off what others have done about money."""
    REPORTED = "reported"
    """Has said what was done: somebody else judges that."""
    TOLD = "told"
    """The person of the home, or whoever speaks for them."""


_OPEN, _REPORTED = frozenset({ConcernState.OPEN}), frozenset({ConcernState.REPORTED})
_SETTLED = frozenset({ConcernState.SETTLED})
_HEARS, _JUDGES = frozenset({ConcernRelation.HEARS}), frozenset({ConcernRelation.JUDGES})
_TOLD = frozenset({ConcernRelation.TOLD})
_LATER = Refusal.WRONG_TIME
CONCERNS = Lifecycle(
    ConcernState,
    Transition(ConcernMove.LOOK, _HEARS | _JUDGES, frozenset(ConcernState)),
    Transition(
        ConcernMove.SETTLE,
        frozenset({ConcernRelation.SETTLES}),
        _OPEN,
        ConcernState.SETTLED,
    ),
    Transition(
        ConcernMove.REPORT,
        frozenset({ConcernRelation.REPORTS}),
        _OPEN,
        ConcernState.REPORTED,
        again=_LATER,
    ),
    Transition(ConcernMove.SEND_BACK, _JUDGES, _REPORTED, ConcernState.OPEN, again=_LATER),
    Transition(ConcernMove.SIGN, _JUDGES, _REPORTED, ConcernState.SETTLED),
    Transition(ConcernMove.REOPEN, _TOLD, _SETTLED, ConcernState.OPEN),
    barred={
        ConcernRelation.REPORTED: Refusal.OWN,
        ConcernRelation.REPORTS: Refusal.EMPTY,
    },
)
"""Whoever hears that money was asked for says in words what they did; somebody else signs it off.

The other kinds are settled by a tap of whoever hears them.
"""


def written_reasons(reasons: Collection[CareReason]) -> str:
    """Return reasons as they are sealed: their codes, in the order of the kinds."""
    return " ".join(reason for reason in CareReason if reason in reasons)


def read_reasons(text: str) -> tuple[CareReason, ...]:
    """Return reasons that were sealed; a code that no version knows is passed over."""
    known = set(CareReason)
    return tuple(CareReason(word) for word in text.split() if word in known)
