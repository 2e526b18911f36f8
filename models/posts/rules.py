"""What a post and a shift are, who may do what with them, and when; standard library only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.categories import Skill
from models.hours.rules.local_time import day_of, first_showing
from models.hours.rules.quiet import out_of_quiet
from models.places.rules import ancestors
from models.policy.rules import Policy
from models.records.rules import Lifecycle, Refusal, Transition

TITLE_LENGTH, WORDS_LENGTH, WHERE_LENGTH = 60, 1000, 200
MOST_SEATS = 50
"""Hands of one shift, or who holds one post: their names stand on one page."""
FARTHEST = timedelta(days=366)
LONGEST = timedelta(hours=12)
"""Of one shift."""

FILLED_AHEAD = timedelta(days=14)
"""So far ahead a weekly plan has its shifts."""
DOOR_OPENS = timedelta(minutes=30)
"""Before the start; people check in until the end."""
ANSWER_WITHIN, ON_THE_DAY = timedelta(hours=12), timedelta(hours=1)
"""How long somebody is asked whether they take a seat that became free; on the day itself less."""
SHORT_LEAD, SHORT_DESK = timedelta(hours=24), timedelta(hours=2)
"""Before the start: then its lead is told of hands that are missing; if still so, the desk."""
CONFIRM_AGAIN = (timedelta(days=1), timedelta(days=7))
"""After the end: when its lead is asked once more to confirm who came."""
NEW_FOR = timedelta(days=30)
"""So long whoever took a post is not asked whether they go on."""
HELPED_WITHIN = timedelta(days=90)
"""Who had a seat in a shift of the post since then can be asked to take somebody's place."""
MISSED_OFTEN, MISSED_WITHIN = 2, timedelta(days=90)
"""Who missed so many shifts within that time, without a word, is asked whether they come..."""
EARLIER = timedelta(days=1)
"""...once more, so long before the others; nobody is told of it."""

COMPOUND = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容"}
)
"""Surnames of two characters."""


@dataclass(frozen=True)
class PostPolicy(Policy):
    """Posts, their shifts, and who has a seat in them."""

    shift_before: tuple[timedelta, ...] = (timedelta(hours=2), timedelta(days=1))
    """Before a shift: when whoever has a seat is asked 'still coming?'."""
    post_still_after: timedelta = timedelta(days=90)
    """How often whoever holds a post is asked whether they go on."""
    keep_helpers: timedelta = timedelta(days=90)
    """After a shift, or the end of a post: so long it is kept who was there; minutes that were
    confirmed stay with the person."""


class PostKind(StrEnum):
    """What sort of post it is."""

    SHIFT = "shift"
    """Hands are needed at times."""
    STANDING = "standing"
    """Somebody holds it."""
    PLOT = "plot"
    """认领地: a flower bed to adopt."""


class State(StrEnum):
    """Where a post stands."""

    OPEN = "open"
    ENDED = "ended"


class ShiftState(StrEnum):
    """Where a shift stands."""

    OPEN = "open"
    OVER = "over"
    OFF = "off"


class Move(StrEnum):
    """What is done to a post."""

    LOOK = "look"
    CLAIM = "claim"
    ANSWER = "answer"
    """Say of a seat of one's own whether one takes it, or goes on."""
    ROSTER = "roster"
    ADD_SHIFT = "add_shift"
    SIGN_FOR = "sign_for"
    """Sign up, or take out, anybody of the community: by word of mouth at the office."""
    NAME_LEAD = "name_lead"
    LAY_DOWN = "lay_down"
    """Look after it no more."""
    NAME_TEAM = "name_team"
    END = "end"


class ShiftMove(StrEnum):
    """What is done to a shift."""

    LOOK = "look"
    CLAIM = "claim"
    ANSWER = "answer"
    ARRIVE = "arrive"
    SWAP = "swap"
    """Ask for somebody who takes one's place, or take that back."""
    STEP_IN = "step_in"
    ROSTER = "roster"
    SIGN_FOR = "sign_for"
    """Sign up, or take out, anybody of the community: by word of mouth at the office."""
    TICK = "tick"
    CONFIRM = "confirm"
    CALL_OFF = "call_off"
    CLOSE = "close"
    """By the clock alone."""


class Relation(StrEnum):
    """What somebody is to a post and its shifts."""

    NEIGHBOUR = "neighbour"
    """Lives in its community, or is in its team."""
    HELPER = "helper"
    """Is on its list or on that of a shift, or speaks for somebody who is."""
    LEAD = "lead"
    """Looks after it, or leads its team."""
    DESK = "desk"
    """Works at the desk of its place."""


_OPEN, _ALL = frozenset({State.OPEN}), frozenset(Relation)
_OURS = frozenset({Relation.NEIGHBOUR, Relation.HELPER, Relation.LEAD, Relation.DESK})
_LEADS, _DESK = frozenset({Relation.LEAD, Relation.DESK}), frozenset({Relation.DESK})

LIFECYCLE = Lifecycle(
    State,
    Transition(Move.LOOK, _ALL, frozenset(State)),
    Transition(Move.CLAIM, _OURS, _OPEN),
    Transition(Move.ANSWER, _OURS, _OPEN),
    Transition(Move.ROSTER, _LEADS, frozenset(State)),
    Transition(Move.ADD_SHIFT, _LEADS, _OPEN),
    Transition(Move.SIGN_FOR, _DESK, _OPEN),
    Transition(Move.NAME_LEAD, _DESK, _OPEN),
    Transition(Move.LAY_DOWN, frozenset({Relation.LEAD}), _OPEN),
    Transition(Move.NAME_TEAM, _DESK, _OPEN),
    Transition(Move.END, _DESK, _OPEN, State.ENDED),
)

_SHIFT_OPEN, _SHIFT_OVER = frozenset({ShiftState.OPEN}), frozenset({ShiftState.OVER})

SHIFT_LIFECYCLE = Lifecycle(
    ShiftState,
    Transition(ShiftMove.LOOK, _ALL, frozenset(ShiftState)),
    Transition(ShiftMove.CLAIM, _OURS, _SHIFT_OPEN),
    Transition(ShiftMove.ANSWER, _OURS, _SHIFT_OPEN),
    Transition(ShiftMove.ARRIVE, _OURS, _SHIFT_OPEN),
    Transition(ShiftMove.SWAP, _OURS, _SHIFT_OPEN),
    Transition(ShiftMove.STEP_IN, _OURS, _SHIFT_OPEN),
    Transition(ShiftMove.ROSTER, _LEADS, frozenset(ShiftState)),
    Transition(ShiftMove.SIGN_FOR, _DESK, _SHIFT_OPEN),
    Transition(ShiftMove.TICK, _LEADS, _SHIFT_OPEN | _SHIFT_OVER),
    Transition(ShiftMove.CONFIRM, _LEADS, _SHIFT_OVER),
    Transition(ShiftMove.CALL_OFF, _LEADS, _SHIFT_OPEN, ShiftState.OFF),
    Transition(ShiftMove.CLOSE, frozenset(), _SHIFT_OPEN, ShiftState.OVER),
)


class BadPost(StrEnum):
    """What is wrong with a plan; each names the answer to be given once more."""

    NO_TITLE = "title"
    NO_WORDS = "words"
    NO_WHERE = "where"
    TEAM = "team"
    """It is not there any more, or of another community."""
    SEATS = "seats"
    WEEKDAYS = "weekdays"
    START = "day"
    """It is past, or more than a year ahead."""
    END = "ends"
    """Not after the start, or more than LONGEST later."""


class PostOutcome(StrEnum):
    """What became of a use case, beside what seats and refusals say."""

    ANNOUNCED = "announced"
    SHIFT_ADDED = "shift_added"
    LEAD_NAMED = "lead_named"
    LAID_DOWN = "laid_down"
    NOT_THEIRS = "not_theirs"
    """They look after it because they lead its team; nobody named them."""
    TEAM_NAMED = "team_named"
    ENDED = "ended"
    CALLED_OFF = "called_off"
    ASKED_SWAP = "asked_swap"
    ASKED_MORE = "asked_more"
    """Those who know the post are asked as well, not only the line."""
    SWAP_WITHDRAWN = "swap_withdrawn"
    STEPPED_IN = "stepped_in"
    GONE = "gone"
    """Somebody else took that place, or it is not sought any more."""
    LINE_FIRST = "line_first"
    """Whoever stands in the line is asked first."""
    CONFIRMED = "confirmed"
    NOBODY_TO_CONFIRM = "nobody_to_confirm"
    CLASH = "clash"
    """They have another shift at that time, and nobody has two at once."""
    IN_SHIFTS = "in_shifts"
    """It is not held, but done in shifts."""
    NO_SHIFTS = "no_shifts"
    """It is held, and not done in shifts."""


@dataclass(frozen=True)
class WeeklyPlan:
    """On which weekdays a shift comes again, from when until when, by the clocks of the place."""

    weekdays: tuple[int, ...]
    """Monday is 0."""
    at: time
    ends: time


@dataclass(frozen=True)
class PostPlan:
    """What somebody wants to announce."""

    token: str
    """Names the form that was sent: the same form announces once."""
    kind: PostKind
    title: str
    words: str
    where: str
    seats: int
    skills: tuple[Skill, ...] = ()
    """Any of these is wanted; none: everybody can do it."""
    light: bool = False
    """🌿 It can be done sitting."""
    weekly: WeeklyPlan | None = None
    once: tuple[date, time, time] | None = None
    """Day, start and end of a first shift by itself."""
    team_id: int | None = None
    """Whose it is; None: of no team."""


def wrong_with(plan: PostPlan, zone: str, now: datetime) -> BadPost | None:
    """Return the first thing that is wrong with a plan; None where nothing is."""
    said = (
        (BadPost.NO_TITLE, plan.title),
        (BadPost.NO_WORDS, plan.words),
        (BadPost.NO_WHERE, plan.where),
    )
    if missing := next((bad for bad, words in said if not words.strip()), None):
        return missing
    if not 1 <= plan.seats <= MOST_SEATS:
        return BadPost.SEATS
    if plan.once and (why := wrong_time(*shift_of(*plan.once, zone), now)):
        return why
    return None if plan.weekly is None else wrong_week(plan.weekly)


def wrong_week(weekly: WeeklyPlan) -> BadPost | None:
    """Return what is wrong with a weekly plan; None where nothing is."""
    if not weekly.weekdays or not set(weekly.weekdays) <= set(range(7)):
        return BadPost.WEEKDAYS
    return None if weekly.at < weekly.ends else BadPost.END


def wrong_time(starts_at: datetime, ends_at: datetime, now: datetime) -> BadPost | None:
    """Return what is wrong with the start and the end of a shift; None where nothing is."""
    if not now < starts_at <= now + FARTHEST:
        return BadPost.START
    return None if timedelta() < ends_at - starts_at <= LONGEST else BadPost.END


def weekly_shifts(weekly: WeeklyPlan, zone: str, now: datetime) -> list[tuple[datetime, datetime]]:
    """List start and end, in UTC, of the shifts of a plan that begin within FILLED_AHEAD of now.

    By the clocks of the place; a day on which clocks swallow the shift has none.
    """
    found = []
    first = day_of(now, zone)
    for ahead in range(FILLED_AHEAD.days + 1):
        day = first + timedelta(days=ahead)
        if day.weekday() in weekly.weekdays:
            starts_at, ends_at = shift_of(day, weekly.at, weekly.ends, zone)
            if now < starts_at <= now + FILLED_AHEAD and starts_at < ends_at:
                found.append((starts_at, ends_at))
    return found


def shift_of(day: date, at: time, ends: time, zone: str) -> tuple[datetime, datetime]:
    """Return start and end of a shift, in UTC, by the clocks of the place."""
    return first_showing(day, at, zone), first_showing(day, ends, zone)


def weekdays_of(mask: int) -> tuple[int, ...]:
    """List the weekdays of a mask; Monday is the lowest bit."""
    return tuple(day for day in range(7) if mask & 1 << day)


def mask_of(weekdays: Collection[int]) -> int:
    """Join weekdays to a mask."""
    return sum(1 << day for day in set(weekdays))


def nearness(home: str, place: str) -> int:
    """Return how near a post is to a home: how many storeys of the tree they share, from the top.

    In one's own building that is one more than in one's own quarter, and there one more than
    elsewhere in the community.
    """
    shared = 0
    for ours, theirs in zip(ancestors(home), ancestors(place), strict=False):
        if ours != theirs:
            break
        shared += 1
    return shared


def rank(
    wanted: Collection[str],
    place: str,
    skills: Collection[str],
    home: str,
    *,
    own_team: bool = False,
) -> tuple[int, int, int]:
    """Return where a post stands in somebody's list, lowest first: of their own team, then what
    they can do, then nearness.

    What asks for nothing comes after what asks for what they can do, and before the rest.
    """
    fits = 0 if {*wanted} & {*skills} else 1 if not wanted else 2
    return int(not own_team), fits, -nearness(home, place)


def missing(seats: int | None, sure: int) -> int:
    """Return how many hands are missing, of whom so many have taken a seat."""
    return 0 if seats is None else max(0, seats - sure)


def claim_closed(starts_at: datetime, now: datetime) -> Refusal | None:
    """Return why nobody takes a seat, or gives one up, any more; None until the start."""
    return Refusal.TOO_LATE if now >= starts_at else None


def door_closed(starts_at: datetime, ends_at: datetime, now: datetime) -> Refusal | None:
    """Return why nobody is checked in now."""
    if now < starts_at - DOOR_OPENS:
        return Refusal.TOO_EARLY
    return Refusal.TOO_LATE if now >= ends_at else None


def answer_by(starts_at: datetime | None, now: datetime, policy: Policy) -> datetime:
    """Return until when somebody is asked whether they take a seat; never beyond the start.

    Asked on the day before or earlier they are not hurried: quiet hours do not count. None: it has
    no start.
    """
    if starts_at is not None and starts_at - now <= ANSWER_WITHIN * 2:
        return min(now + ON_THE_DAY, starts_at)
    until = out_of_quiet(now + ANSWER_WITHIN, policy.quiet)
    return until if starts_at is None else min(until, starts_at)


def is_of_use(
    due_at: datetime, starts_at: datetime, before: Collection[timedelta], now: datetime
) -> bool:
    """Return whether 'still coming?' still serves: it has not begun, and no later one is due."""
    due = [starts_at - span for span in before if starts_at - span <= now]
    return now < starts_at and bool(due) and due_at >= max(due)


def is_early(starts_at: datetime, before: Collection[timedelta], now: datetime) -> bool:
    """Return whether asking earlier still serves: the first 'still coming?' is not due yet."""
    return bool(before) and now < starts_at - max(before)


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Return whether two spans of time have a moment in common; one may end as the other begins."""
    return one[0] < other[1] and other[0] < one[1]


def late_to_give_up(starts_at: datetime, now: datetime) -> bool:
    """Return whether a place is given up so late that its lead is told at once of missing hands."""
    return starts_at - SHORT_LEAD <= now < starts_at


def may_step_in(*, in_line: bool, line: int, wide: bool) -> bool:
    """Return whether somebody may take the place that is given up: no line of so many is jumped,
    unless whoever gives it up has asked further."""
    return in_line or not line or wide


def minutes_of(starts_at: datetime, ends_at: datetime) -> int:
    """Return the length of a shift in whole minutes."""
    return (ends_at - starts_at) // timedelta(minutes=1)


def surname(name: str) -> str:
    """Return a surname: of a Chinese name its first character or two, else the last word."""
    words = name.split()
    if not words:
        return ""
    if "一" <= words[0][0] <= "鿿":
        return words[0][:2] if words[0][:2] in COMPOUND and len(words[0]) > 2 else words[0][:1]
    return words[-1]
