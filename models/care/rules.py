"""What a home, a pair, a call-on and a need are, who may do what with them; standard library."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.outbox.kinds import NoticeKind, Waits, notice
from models.policy.rules import Policy
from models.records.rules import Lifecycle, Transition
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.routines.rules import Rhythm, RoutinePlan
from models.text import mark

WORDS_LENGTH = 500
ASK_AGAIN_AFTER = timedelta(days=365)
"""A 'no' is kept so long: until then nobody asks again."""
REVIEW_AFTER = timedelta(days=365)
SUBSTITUTE_HAS = timedelta(hours=3)
"""How long a substitute is asked before the next one is; whoever was asked can still say yes."""
DOOR_WORDS = (
    "桂花", "杨柳", "青松", "红豆", "白云", "明月", "春雨", "秋菊", "荷叶", "竹林", "石榴", "枇杷",
    "燕子", "喜鹊", "蜻蜓", "灯笼", "风筝", "豆腐", "芝麻", "葡萄", "雪梨", "橘子", "莲藕", "茶叶",
    "小桥", "流水", "远山", "朝霞", "彩虹", "星星", "瓦片", "水缸", "算盘", "棋子", "胡琴", "鼓楼",
    "毛笔", "砚台", "扇子", "雨伞", "布鞋", "围巾", "米酒", "汤圆", "粽子", "月饼", "年糕", "腊梅",
)  # fmt: skip
"""Two characters that everybody can say aloud; drawn for each home and day by the key."""


@dataclass(frozen=True)
class CarePolicy(Policy):
    """Who is looked in on how often, and by whom."""

    call_weekly: timedelta = timedelta(days=3)
    """How long a weekly call-on can be made, from its day on."""
    call_monthly: timedelta = timedelta(days=7)
    """How long a monthly call-on can be made."""
    call_quarterly: timedelta = timedelta(days=14)
    """How long a quarterly call-on can be made."""
    most_homes: int = 6
    """Homes that one visitor looks in on."""
    festival_ahead: timedelta = timedelta(days=21)
    """How long before a festival staff can arrange visits for it."""
    gifts_told: timedelta = timedelta(days=3)
    """How long before a festival staff are told which homes nobody visits yet."""
    concern_within: timedelta = timedelta(days=1)
    """Within which somebody must see to what was told in confidence, before it is told above."""


class CareRhythm(StrEnum):
    """How often somebody is looked in on: all that is kept in plain about it."""

    WEEKLY = "weekly"
    """For those at the highest risk (Inner Mongolia, 2022)."""
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


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
    Transition(HomeMove.END, _SELF | {HomeRelation.WRITES}, _STANDING, HomeState.ENDED),
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

For whoever has nobody left to tap for them staff write down that it ends, and nothing else.
"""


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
    """A visitor asked for money, keys or papers: the secretary alone reads it."""
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
    SETTLED = "settled"


class ConcernMove(StrEnum):
    """What is done about a concern."""

    LOOK = "look"
    SETTLE = "settle"


class ConcernRelation(StrEnum):
    """Whose a concern is."""

    HEARS = "hears"
    """It belongs to them; never to whom it is about."""


_HEARS = frozenset({ConcernRelation.HEARS})

CONCERNS = Lifecycle(
    ConcernState,
    Transition(ConcernMove.LOOK, _HEARS, frozenset(ConcernState)),
    Transition(ConcernMove.SETTLE, _HEARS, frozenset({ConcernState.OPEN}), ConcernState.SETTLED),
)


class CareOutcome(StrEnum):
    """What became of a use case, beside what refusals say."""

    PROPOSED = "proposed"
    SAID_NO = "said_no"
    """They declined within the year: nobody asks them again."""
    HAS_HOME = "has_home"
    """It is proposed, or stands, already."""
    NOT_REACHED = "not_reached"
    """Neither they nor a proxy can be asked."""
    NEEDS_PAPER = "needs_paper"
    """A proxy agrees when staff have seen the paper that says that they may."""
    PAPER_SEEN = "paper_seen"
    AGREED = "agreed"
    DECLINED = "declined"
    PAUSED = "paused"
    RESUMED = "resumed"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    ASKED_FOR = "asked_for"
    """They asked for company themselves."""
    CHANGED = "changed"
    NAMED = "named"
    HAS_PAIR = "has_pair"
    """This neighbour is, or is asked to be, that already; or there is a main visitor."""
    NOT_OWN_HOME = "not_own_home"
    """Nobody is paired with themselves, or with those whom they speak for."""
    TOO_MANY_HOMES = "too_many_homes"
    WELCOMED = "welcomed"
    REFUSED = "refused"
    PAIRED = "paired"
    TURNED_DOWN = "turned_down"
    RESTING = "resting"
    RETURNED = "returned"
    ARRANGED_OTHERWISE = "arranged_otherwise"
    """Somebody else looks in for now, and whoever keeps the home says when that changes."""
    PARTED = "parted"
    COMING = "coming"
    LATER = "later"
    CANNOT = "cannot"
    TAKEN = "taken"
    """Somebody else has it already, with thanks."""
    REPORTED = "reported"
    NOT_SEEN = "not_seen"
    """Kept that nobody was seen; staff are told at once."""
    CONFIRMED = "confirmed"
    CHECKED = "checked"
    """The home says otherwise than the visitor: both are rung, neither is accused."""
    COVERING = "covering"
    """Somebody is being asked to come instead."""
    NEEDED = "needed"
    REQUESTED = "requested"
    MET = "met"
    DROPPED = "dropped"
    HEARD = "heard"
    """What was told in confidence has reached whom it belongs to."""
    SETTLED = "settled"
    REVIEWED = "reviewed"
    VISITS_BEGUN = "visits_begun"
    """For a festival: whoever looks in there is told."""
    VISITS_MORE = "visits_more"
    """Homes that have agreed since are on the list as well."""
    NOBODY_AGREED = "nobody_agreed"
    GIFT_TAKEN = "gift_taken"
    GIFT_LEFT = "gift_left"
    GIFT_GIVEN = "gift_given"
    GIFT_RECEIVED = "gift_received"
    GIFT_NOT = "gift_not"
    """She says that it has not come: the secretary hears of it, nobody is accused."""
    SHEET_ASKED = "sheet_asked"
    """A second person is asked whether the ledger may show what is sealed."""
    SHEET_APPROVED = "sheet_approved"
    SHEET_REFUSED = "sheet_refused"
    NO_SECOND = "no_second"
    """Nobody else has a desk there who could approve."""


def plan_of(rhythm: CareRhythm, weekday: int, starts_on: date, policy: CarePolicy) -> RoutinePlan:
    """Return the plan of a home's call-ons: weekly on a weekday, else by the day of the month.

    The windows are as long as the policy says; `starts_on` is the first day that counts.
    """
    if rhythm is CareRhythm.WEEKLY:
        days = policy.call_weekly.days
        return RoutinePlan(Rhythm.WEEKDAY, starts_on, on=weekday, lasts=days)
    monthly = rhythm is CareRhythm.MONTHLY
    lasts = policy.call_monthly if monthly else policy.call_quarterly
    every = 1 if monthly else 3
    return RoutinePlan(Rhythm.MONTH_DAY, starts_on, every, on=starts_on.day, lasts=lasts.days)


def asks_again_from(declined_at: datetime) -> datetime:
    """Return from when on somebody who said no may be asked again."""
    return declined_at + ASK_AGAIN_AFTER


def word_of_day(drawn: int) -> str:
    """Return the two characters that both sides of a door have, by a number drawn with the key."""
    return DOOR_WORDS[drawn % len(DOOR_WORDS)]


def days_left(opens_on: date, ends_on: date, today: date) -> tuple[date, ...]:
    """List the days of a window from today on, today first."""
    first = max(opens_on, today)
    return tuple(first + timedelta(days=n) for n in range((ends_on - first).days + 1))


def written_reasons(reasons: Collection[CareReason]) -> str:
    """Return reasons as they are sealed: their codes, in the order of the kinds."""
    return " ".join(reason for reason in CareReason if reason in reasons)


def read_reasons(text: str) -> tuple[CareReason, ...]:
    """Return reasons that were sealed; a code that no version knows is passed over."""
    known = set(CareReason)
    return tuple(CareReason(word) for word in text.split() if word in known)


def first_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def month_number(first: date) -> int:
    """Return the number of a month through the years: short enough for a button."""
    return first.year * 12 + first.month - 1


def month_numbered(number: int) -> date | None:
    """Return the first day of a month by its number; None where there is no such month."""
    return date(number // 12, number % 12 + 1, 1) if 12 <= number < 12 * 9999 else None


def month_after(first: date) -> date:
    """Return the first day of the month after the one that begins with `first`."""
    return first_of(first + timedelta(days=31))


def month_before(first: date) -> date:
    """Return the first day of the month before the one that begins with `first`."""
    return first_of(first - timedelta(days=1))


class Notice(NoticeKind):
    """Kinds of notice; the subject is named for each."""

    PROPOSED = notice(
        "care.proposed",
        mark("may somebody look in on you?"),
        to="the person, or their proxy; about the home",
        when="staff propose that somebody looks in",
        changes="yes",
    )
    ANSWERED = notice(
        "care.answered",
        mark("the answer of a home"),
        to="whoever keeps the home; about the home",
        when="somebody agreed, declined, paused, ended, or asked for company themselves; when they "
        "move, to whoever keeps the home from then on",
        detail="`moved`",
        changes="yes",
    )
    WELCOME = notice(
        "care.welcome",
        mark("may this neighbour look in?"),
        to="the home, or its proxy; about the pair",
        when="a neighbour is proposed to it",
        changes="yes",
    )
    TAKE_ON = notice(
        "care.take_on",
        mark("would you look in on somebody?"),
        to="the neighbour; about the pair",
        when="the home has said yes to them",
        changes="yes",
    )
    PAIRED = notice(
        "care.paired",
        mark("paired"),
        to="the home and whoever keeps it; about the pair",
        when="both have agreed, or the neighbour could not",
        changes="yes",
    )
    CALL = notice(
        "care.call",
        mark("a day to look in"),
        to="whose call-on it is, or who is asked to come instead; about the occasion",
        when="the window opens, or whoever was to come cannot; again when half of it is over",
        detail="`half`, `late`",
        changes="yes",
    )
    COMING = notice(
        "care.coming",
        mark("somebody looks in today"),
        to="the home, or its proxy; about the occasion",
        when="a visitor says that they come, with the word of the day for the door",
        changes="yes",
    )
    CAME = notice(
        "care.came",
        mark("did they come?"),
        to="the home, or its proxy; about the occasion",
        when="a visitor reported that they were there",
        changes="yes",
        waits=Waits.AT_NIGHT,
    )
    UNSEEN = notice(
        "care.unseen",
        mark("nobody was seen at a door"),
        to="whoever keeps the home; about the occasion",
        when="a visitor reported that nobody opened, or that they were away",
        changes="yes",
    )
    MISSED = notice(
        "care.missed",
        mark("a call-on was missed"),
        to="whoever keeps the home; about the occasion",
        when="the window ended and nobody had looked in",
        detail="`late`",
        changes="yes",
    )
    COVERED = notice(
        "care.covered",
        mark("a missed call-on was made up for"),
        to="whoever keeps the home; about the occasion",
        when="somebody looked in after all",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    CONCERN = notice(
        "care.concern",
        mark("told in confidence"),
        to="whom it belongs to, never whom it is about; about the concern",
        when="somebody says that money was asked of them, that nobody came, or wants another "
        "visitor; again to those above when nobody has seen to it in time",
        detail="`late`",
        changes="yes",
    )
    REVIEW = notice(
        "care.review",
        mark("is it still as they wish?"),
        to="whoever keeps the home; about the home",
        when="a year has gone by since it was agreed or looked at",
        detail="`late`",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    GIFTS = notice(
        "care.gifts",
        mark("visits for a festival"),
        to="whoever looks in on homes of the place; about the festival",
        when="staff arrange visits for a festival",
        changes="yes",
    )
    GIFT_CAME = notice(
        "care.gift_came",
        mark("has the gift come?"),
        to="the home, or its proxy; about the gift",
        when="a visitor ticks that they brought it",
        changes="yes",
        waits=Waits.AT_NIGHT,
    )
    GIFTS_LEFT = notice(
        "care.gifts_left",
        mark("homes that nobody visits for a festival"),
        to="whoever arranged the visits while they work there, else who is on duty; about the "
        "festival",
        when="`gifts_told` before the festival, and when it is over, while there are any",
        detail="`late`",
        changes="yes",
    )
    LEDGER_ASKED = notice(
        "care.ledger_asked",
        mark("may the ledger show what is sealed?"),
        to="everybody else with a desk at the place; about the ledger",
        when="somebody asks for the ledger with names, reasons, wishes and needs",
        changes="yes",
    )
    LEDGER_ANSWERED = notice(
        "care.ledger_answered",
        mark("the answer about a ledger"),
        to="who asked for it; about the ledger",
        when="a second person has approved or refused it",
    )


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is named for each."""

    OPENS = reminder(
        "care.opens",
        mark("a day to look in begins"),
        Lateness.SEND_LATE,
        about="the occasion",
        does="tells whose call-on it is, and arranges the next one where the plan says",
    )
    HALF = reminder(
        "care.half",
        mark("half of the time to look in is over"),
        Lateness.SEND_LATE,
        about="the occasion",
        does="tells whose call-on it is once more; where nobody has it, asks the next",
    )
    DAY = reminder(
        "care.day",
        mark("somebody comes today, as they said"),
        Lateness.SEND_LATE,
        about="the occasion",
        does="tells both sides, on a later day that a visitor chose, with the word for the door",
    )
    NEXT = reminder(
        "care.next",
        mark("ask the next substitute"),
        Lateness.SEND_LATE,
        about="the occasion",
        does="asks the next substitute where the last has not answered; after them a ring",
    )
    ENDS = reminder(
        "care.ends",
        mark("the time to look in is over"),
        Lateness.ESCALATE,
        about="the occasion",
        does="notes what nobody has made as missed, and tells whoever keeps the home",
    )
    REVIEW = reminder(
        "care.review",
        mark("look at a home again"),
        Lateness.SEND_LATE,
        about="the home",
        does="asks whoever keeps the home whether it is still as they wish",
    )
    CONCERN = reminder(
        "care.concern",
        mark("what was told in confidence is not settled"),
        Lateness.ESCALATE,
        about="the concern",
        does="tells those above where nobody has seen to it",
    )
    GIFTS_LEFT = reminder(
        "care.gifts_left",
        mark("a festival comes, and nobody visits a home"),
        Lateness.SEND_LATE,
        about="the festival",
        does="tells staff which homes nobody visits yet",
    )
    GIFTS_OVER = reminder(
        "care.gifts_over",
        mark("a festival is over"),
        Lateness.SEND_LATE,
        about="the festival",
        does="notes what nobody took as left, and tells staff of it",
    )
