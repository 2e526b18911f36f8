"""What a call-up is: how an order becomes parts, who may do what, when; standard library only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.hours.rules.local_time import first_showing
from models.outbox.kinds import NoticeKind, notice
from models.outbox.rules import Lane
from models.records.rules import Lifecycle, Transition
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import clean_line, clean_text, mark

WORDS_LENGTH, SITE_LENGTH = 300, 60
MOST_SITES, MOST_TEAMS, MOST_A_DAY = 6, 12, 2000
MOST_DAYS = 4
"""Running, of one order and of one person: nobody carries sandbags for a week."""
MOST_HOURS = timedelta(hours=8)
"""Of one person on one day."""
FARTHEST = timedelta(days=30)

RING_EVERY = timedelta(minutes=15)
RING_MOST = 2
"""How often the clock asks one person; the secretary can have everybody asked once more."""
ANYBODY_AT_ONCE, LEAST_AT_ONCE = 3, 20
"""Of volunteers who are in no team that is asked, so many for each that is missing, and at least so
many in one round; whoever was asked longest ago comes first."""
ARRIVE_FROM = timedelta(hours=1)
"""Before a day begins."""
SOON = (timedelta(hours=12), ARRIVE_FROM)
"""Before a day begins: when whoever comes is reminded; the last one brings 'I am here' along."""
SHORT = (timedelta(hours=12), timedelta(hours=1))
"""Before a day begins: when leads and secretary are told what is missing; of a day that is called
up later than that, when it begins."""
RING_APART = timedelta(minutes=5)
"""Between two rounds that somebody asks for: people need a moment to answer."""
UNDECIDED_AFTER = timedelta(minutes=15)
"""Then whoever may be the second person is asked once more."""
CONFIRM_AGAIN = (timedelta(days=1), timedelta(days=7))
"""After a day was closed; the last time whoever called is asked, too."""
REST = timedelta(hours=8)
"""Of one person between two days of work."""
STAND_IN_WITHIN = timedelta(minutes=30)
"""How long somebody who stands by is asked whether they take a place that became free."""
OVER_AFTER = timedelta(hours=1)
"""After the end of a day: who has not said that they left, left at its end."""
KEPT = timedelta(days=90)
"""After the last day: so long it is kept who stood by or did not come."""


class State(StrEnum):
    """Where a call-up stands."""

    DRAFTED = "drafted"
    """It waits for a second person."""
    CALLED = "called"
    CLOSED = "closed"
    DROPPED = "dropped"


class PartState(StrEnum):
    """Where one part stands."""

    OPEN = "open"
    OVER = "over"


class Move(StrEnum):
    """What is done to a call-up."""

    LOOK = "look"
    BOARD = "board"
    """See how many come, by site, day and team."""
    APPROVE = "approve"
    DROP = "drop"
    COME = "come"
    """Say on which days one comes, or does not."""
    ARRIVE = "arrive"
    """Say that one is at the site, or has left it."""
    ROSTER = "roster"
    """See who comes to a part, and note who is there."""
    RING = "ring"
    """Ask everybody once more who has not answered."""
    ENOUGH = "enough"
    CALL_OFF = "call_off"
    CLOSE = "close"
    """By the clock alone."""


class Relation(StrEnum):
    """What somebody is to a call-up."""

    CALLED = "called"
    """Is asked, or is in a team that is."""
    LEAD = "lead"
    """Leads a team that is asked."""
    HOST = "host"
    """May tell many people at its place something."""
    SECOND = "second"
    """May be the second person: it was not they who drew it up."""


_HOST = frozenset({Relation.HOST, Relation.SECOND})
_THERE = frozenset({State.CALLED, State.CLOSED})
_CALLED = frozenset({State.CALLED})
_DRAFTED = frozenset({State.DRAFTED})
_CALLED_ONES = frozenset({Relation.CALLED, Relation.LEAD})

LIFECYCLE = Lifecycle(
    State,
    Transition(Move.LOOK, _CALLED_ONES, _THERE),
    Transition(Move.BOARD, _HOST, frozenset(State)),
    Transition(Move.APPROVE, frozenset({Relation.SECOND}), _DRAFTED, State.CALLED),
    Transition(Move.DROP, _HOST, _DRAFTED, State.DROPPED),
    Transition(Move.COME, _CALLED_ONES, _CALLED),
    Transition(Move.ARRIVE, _CALLED_ONES, _CALLED),
    Transition(Move.ROSTER, _HOST | {Relation.LEAD}, _THERE),
    Transition(Move.RING, _HOST, _CALLED),
    Transition(Move.ENOUGH, _HOST, _CALLED),
    Transition(Move.CALL_OFF, _HOST, _CALLED, State.CLOSED),
    Transition(Move.CLOSE, frozenset(), _CALLED, State.CLOSED),
)


class PartMove(StrEnum):
    """What is done to a part: only the clock ends it."""

    CLOSE = "close"


PART_LIFECYCLE = Lifecycle(
    PartState,
    Transition(PartMove.CLOSE, frozenset[Relation](), frozenset({PartState.OPEN}), PartState.OVER),
)


class BadOrder(StrEnum):
    """What is wrong with an order; each names the answer to be given once more."""

    NO_WORDS = "words"
    SITES = "sites"
    START = "day"
    DAYS = "days"
    HOURS = "ends"
    TEAMS = "teams"
    NUMBER = "number"


class CallupOutcome(StrEnum):
    """What became of a use case, beside what refusals say."""

    DRAFTED = "drafted"
    NO_SECOND = "no_second"
    """Nobody could be the second person."""
    CALLED = "called"
    DROPPED = "dropped"
    COMING = "coming"
    STANDING_BY = "standing_by"
    """It is full: they stand by."""
    STANDING_IN = "standing_in"
    """They stood by, and take a place that became free."""
    NOT_COMING = "not_coming"
    NOT_THIS_TIME = "not_this_time"
    """They come on no day."""
    ASK_AGE = "ask_age"
    """Whether they are grown up is not known yet."""
    TOO_MANY_DAYS = "too_many_days"
    ELSEWHERE = "elsewhere"
    """On that day they come to another call-up."""
    ENOUGH = "enough"
    """There are enough; nobody is taken any more."""
    ARRIVED = "arrived"
    NO_PLACE_NOW = "no_place_now"
    """They are on no list whose site is open now."""
    LEFT = "left"
    NOT_THERE = "not_there"
    """They are not noted as there."""
    RUNG = "rung"
    NOBODY_LEFT = "nobody_left"
    """Whoever could be asked has answered."""
    NOBODY_ASKED = "nobody_asked"
    """Called, but nobody could be asked: no member has Telegram."""
    JUST_RUNG = "just_rung"
    MET = "met"
    """All parts have who they want."""
    ENOUGH_SAID = "enough_said"
    TICKED = "ticked"
    UNTICKED = "unticked"
    CONFIRMED = "confirmed"
    NOTHING_TO_CONFIRM = "nothing_to_confirm"
    OWN_HOURS = "own_hours"
    """All that is left are the hours of whoever confirms: somebody else does that."""
    CALLED_OFF = "called_off"


@dataclass(frozen=True)
class Order:
    """What somebody wants to call up."""

    token: str
    """Names the form that was sent: the same form calls once."""
    words: str
    sites: tuple[str, ...]
    day: date
    days: int
    at: time
    ends: time
    teams: tuple[int | None, ...]
    """By number; None: anybody who helps."""
    number: int
    """People a day, all teams and sites together."""
    drill: bool = False


@dataclass(frozen=True)
class CallupPart:
    """One team, or anybody, at one site on one day."""

    team_id: int | None
    site: str
    day: date
    quota: int


def cleaned_sites(sites: Sequence[str]) -> tuple[str, ...]:
    """Return sites as they are kept: one line each, none twice, none empty."""
    found = (clean_line(site, SITE_LENGTH) for site in sites)
    return tuple(dict.fromkeys(site for site in found if site))


def wrong_with(order: Order, zone: str, now: datetime) -> BadOrder | None:
    """Return the first thing that is wrong with an order; None where nothing is."""
    sites, teams = len(cleaned_sites(order.sites)), len(set(order.teams))
    starts_at, ends_at = hours_on(order.day, order.at, order.ends, zone)
    sound = {
        BadOrder.NO_WORDS: bool(clean_text(order.words, WORDS_LENGTH)),
        BadOrder.SITES: 1 <= sites <= MOST_SITES,
        BadOrder.DAYS: 1 <= order.days <= MOST_DAYS,
        BadOrder.START: now < starts_at <= now + FARTHEST,
        BadOrder.HOURS: timedelta() < ends_at - starts_at <= MOST_HOURS,
        BadOrder.TEAMS: 1 <= teams <= MOST_TEAMS,
        BadOrder.NUMBER: sites * teams <= order.number <= MOST_A_DAY,
    }
    return next((bad for bad, so in sound.items() if not so), None)


def hours_on(day: date, at: time, ends: time, zone: str) -> tuple[datetime, datetime]:
    """Return when a day's work begins and ends, in UTC; an end before the start is a day later."""
    later = day + timedelta(days=int(ends <= at))
    return first_showing(day, at, zone), first_showing(later, ends, zone)


def parts_of(order: Order) -> list[CallupPart]:
    """Split an order evenly into parts, day by day: each day's quotas are the number together."""
    sites, teams = cleaned_sites(order.sites), tuple(dict.fromkeys(order.teams))
    pairs = [(team, site) for team in teams for site in sites]
    each, more = divmod(order.number, len(pairs))
    return [
        CallupPart(team, site, order.day + timedelta(days=on), each + (place < more))
        for on in range(order.days)
        for place, (team, site) in enumerate(pairs)
    ]


@dataclass(frozen=True)
class Filled:
    """How full a part is."""

    part_id: int
    quota: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        """Return how many are missing."""
        return max(0, self.quota - self.taken)


def where_needed(parts: Sequence[Filled]) -> Filled | None:
    """Return to which of some parts the next goes: the emptiest, else where fewest stand by."""
    if not parts:
        return None
    return min(
        parts,
        key=lambda one: (one.free == 0, one.waiting, one.taken / one.quota, one.part_id),
    )


def too_many_days(others: Collection[date], day: date) -> bool:
    """Return whether a day would be one more than MOST_DAYS in a row, beside days one comes on."""
    run = 1
    for step in (-1, 1):
        near = day + timedelta(days=step)
        while near in others:
            run, near = run + 1, near + timedelta(days=step)
    return run > MOST_DAYS


def minutes_there(arrived_at: datetime, left_at: datetime) -> int:
    """Return how long somebody was there, in whole minutes; never more than MOST_HOURS."""
    there = min(max(left_at - arrived_at, timedelta()), MOST_HOURS)
    return int(there.total_seconds() // 60)


def asked_of_anybody(missing: int) -> int:
    """Return how many neighbours are asked in one round where so many are missing."""
    return max(LEAST_AT_ONCE, missing * ANYBODY_AT_ONCE)


class Notice(NoticeKind):
    """Kinds of notice; the subject is the call-up."""

    APPROVAL = notice(
        "callups.approval",
        mark("a call-up wants a second person"),
        to="whoever may be the second person for the place",
        when="an order was drawn up",
        changes="yes",
    )
    DROPPED = notice(
        "callups.dropped",
        mark("a call-up was not called"),
        to="whoever drew it up",
        when="a second person dropped it, or nobody had decided when its first day began",
    )
    BOARD = notice(
        "callups.board",
        mark("the board of a call-up"),
        to="whoever drew it up, and the second person",
        when="it was called",
        changes="with every answer, arrival and departure",
    )
    CALL = notice(
        "callups.call",
        mark("a call-up: on which days can you come?"),
        to="members of the teams that are asked; volunteers of the place, who was asked "
        "longest ago first, where anybody is",
        when="it was called; after 15 minutes once more; when the secretary has all asked again",
        detail="`round`",
        changes="with what its reader says",
    )
    STAND_IN = notice(
        "callups.stand_in",
        mark("a place in a call-up became free"),
        to="the first of those who stand by",
        when="somebody who had said yes cannot come; they are asked for 30 minutes",
        changes="with what its reader says",
    )
    SOON = notice(
        "callups.soon",
        mark("a call-up: tomorrow, or soon"),
        to="whoever comes on that day",
        when="twelve hours before; one hour before, at night without a sound",
        detail="`day`; `late`",
        changes="with what its reader says",
    )
    SHORT = notice(
        "callups.short",
        mark("a call-up is short of people"),
        to="leads of the teams concerned, whoever drew it up, the second person",
        when="nobody is left who could be asked; twelve hours and one hour before a day begins",
        detail="`missing`; `day`: '' for all days; `late`",
    )
    CONFIRM = notice(
        "callups.confirm",
        mark("who was there at a call-up?"),
        to="leads of the teams that were there; without one whoever drew it up",
        when="an hour after the end of a day; a day and a week later where it is not confirmed yet",
        detail="`day`; `late`",
    )
    OFF = notice(
        "callups.off",
        mark("a call-up is called off"),
        to="everybody who comes or stands by on a day to come",
        when="it was called off, with the reason",
    )
    THANKS = notice(
        "callups.thanks",
        mark("thanks for coming to a call-up"),
        to="whoever was there, and whoever stood by",
        when="an hour after its last day",
        detail="`late`",
    )


RINGS = frozenset({Notice.APPROVAL, Notice.CALL, Notice.STAND_IN, Notice.SHORT, Notice.OFF})
"""A flood waits for no morning, and nobody is to leave home for what was called off."""


def lane_of(kind: Notice, *, drill: bool) -> Lane:
    """Return how a notice leaves: what rings does so at night too, except in a drill."""
    return Lane.URGENT if kind in RINGS and not drill else Lane.NOTICE


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the call-up."""

    RING = reminder(
        "callups.ring",
        mark("ask more people for a call-up"),
        Lateness.ESCALATE,
        about="the call-up",
        does="asks who was not asked yet, and once more who did not answer, until all are met",
    )
    UNDECIDED = reminder(
        "callups.undecided",
        mark("a call-up waits for a second person"),
        Lateness.ESCALATE,
        about="the call-up",
        does="asks once more for a second person; when its first day begins, drops it and says so",
    )
    CONFIRM = reminder(
        "callups.confirm",
        mark("nobody confirmed who was there"),
        Lateness.SEND_LATE,
        about="the call-up",
        does="asks the leads once more, and after a week whoever called, too",
    )
    STAND_IN = reminder(
        "callups.stand_in",
        mark("a free place in a call-up goes to the next"),
        Lateness.SEND_LATE,
        about="the call-up",
        does="asks the next of those who stand by where somebody did not answer",
    )
    SHORT = reminder(
        "callups.short",
        mark("see whether a day of a call-up is met"),
        Lateness.ESCALATE,
        about="the call-up",
        does="tells leads and secretary what is missing on a day",
    )
    SOON = reminder(
        "callups.soon",
        mark("remind who comes to a call-up"),
        Lateness.SEND_LATE,
        about="the call-up",
        does="reminds who comes on a day; after its start nobody",
    )
    OVER = reminder(
        "callups.over",
        mark("a day of a call-up is over"),
        Lateness.SEND_LATE,
        about="the call-up",
        does="closes the lists of a day, asks the leads who was there; after the last, thanks all",
    )
    ERASE = reminder(
        "callups.erase",
        mark("forget who stood by"),
        Lateness.SEND_LATE,
        about="the call-up",
        does="erases who was on its lists; hours that were confirmed stay",
    )
