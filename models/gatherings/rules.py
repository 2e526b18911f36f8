"""What a gathering is, who may do what with it, and when; standard library only."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.hours.rules.local_time import first_showing
from models.hours.rules.quiet import out_of_quiet
from models.outbox.kinds import NoticeKind, Waits, notice
from models.policy.rules import Policy
from models.records.rules import Lifecycle, Refusal, Transition
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark

TITLE_LENGTH, WORDS_LENGTH, WHERE_LENGTH = 60, 1000, 200
MOST_SEATS = 5000
MOST_PARTY = 4
"""People of one sign-up, whoever signs up among them."""
MOST_MARK = 3
"""🙁 😐 😊"""
AGES = {"0": (0, 5), "6": (6, 11), "12": (12, 17)}
"""Age bands of children, by the code that a seat keeps; of a child nothing else is asked."""
MOST_WEEKS = 12
"""Of a series: a quarter; then it is announced anew, by somebody who still leads it."""
EVENING, SMALL_HOURS_END = time(17), time(5)
"""What begins in the evening may end in the small hours; any other end before its start is a slip
of the finger."""
FARTHEST = timedelta(days=366)
OLDEST = 120
"""Years; up to there: from an age on."""

DOOR_OPENS = timedelta(hours=1)
"""Before the start; people are checked in until the end."""
ANSWER_WITHIN, ON_THE_DAY = timedelta(hours=12), timedelta(hours=1)
"""How long somebody is asked whether they take a seat that became free; on the day itself less."""
FILL_UP = timedelta(hours=3)
"""Before the start: from then on some are asked in beyond the number."""
FEEDBACK_AFTER = timedelta(hours=2)
FEEDBACK_UNTIL = timedelta(days=3)
"""After the end: later nobody is asked any more."""


@dataclass(frozen=True)
class GatheringPolicy(Policy):
    """Gatherings, and who is on their lists."""

    gathering_before: tuple[timedelta, ...] = (timedelta(hours=2), timedelta(days=1))
    """Before a gathering: when whoever has a seat is asked 'still coming?'."""
    most_seats_held: int = 5
    """Seats in gatherings to come that one person can hold at once; of a series they are one."""
    keep_attendance: timedelta = timedelta(days=90)
    """After a gathering: so long it is kept who was there; sums stay."""


class GatheringKind(StrEnum):
    """What sort of gathering it is."""

    CLASS = "class"
    LECTURE = "lecture"
    SHOW = "show"
    CONTEST = "contest"
    CLEAN_UP = "clean_up"
    LESSON = "lesson"
    """A party lesson."""
    STUDY = "study"
    """A study session, or a part of a course."""
    OTHER = "other"


class State(StrEnum):
    """Where a gathering stands."""

    ANNOUNCED = "announced"
    OVER = "over"
    OFF = "off"


class Move(StrEnum):
    """What is done to a gathering."""

    LOOK = "look"
    SIGN_UP = "sign_up"
    ANSWER = "answer"
    """Say about a seat of one's own whether one comes."""
    ARRIVE = "arrive"
    RATE = "rate"
    SIGN_FOR = "sign_for"
    """Sign up somebody of the place for whom one does not speak."""
    ROSTER = "roster"
    """See and print who is coming."""
    TICK = "tick"
    CHANGE = "change"
    """Name another time or place."""
    CALL_OFF = "call_off"
    CLOSE = "close"
    """By the clock alone."""


class Relation(StrEnum):
    """What somebody is to a gathering."""

    NEIGHBOUR = "neighbour"
    """Lives in its community."""
    GUEST = "guest"
    """Is on its list, or speaks for somebody who is."""
    PRESENT = "present"
    """Stands at its door and has scanned the poster, wherever they live."""
    HOST = "host"
    """Works at the desk of its place; who announced it, only for as long as they do."""


_ANNOUNCED, _OVER = frozenset({State.ANNOUNCED}), frozenset({State.OVER})
_ALL, _HOST = frozenset(Relation), frozenset({Relation.HOST})

LIFECYCLE = Lifecycle(
    State,
    Transition(Move.LOOK, _ALL, frozenset(State)),
    Transition(Move.SIGN_UP, _ALL, _ANNOUNCED),
    Transition(Move.ANSWER, _ALL, _ANNOUNCED),
    Transition(Move.ARRIVE, _ALL, _ANNOUNCED),
    Transition(Move.RATE, _ALL, _OVER),
    Transition(Move.SIGN_FOR, _HOST, _ANNOUNCED),
    Transition(Move.ROSTER, _HOST, frozenset(State)),
    Transition(Move.TICK, _HOST, _ANNOUNCED | _OVER),
    Transition(Move.CHANGE, _HOST, _ANNOUNCED),
    Transition(Move.CALL_OFF, _HOST, _ANNOUNCED, State.OFF),
    Transition(Move.CLOSE, frozenset(), _ANNOUNCED, State.OVER),
)


class Bad(StrEnum):
    """What is wrong with a plan; each names the answer to be given once more."""

    NO_TITLE = "title"
    NO_WORDS = "words"
    NO_WHERE = "where"
    START = "starts"
    """It is past, or more than a year ahead."""
    END = "ends"
    """Not after the start."""
    SEATS = "seats"
    AGES = "ages"
    WEEKS = "weeks"


class GatheringOutcome(StrEnum):
    """What became of a use case, beside what seats, marks and refusals say."""

    ANNOUNCED = "announced"
    TOO_MANY_HELD = "too_many_held"
    """Whoever signs up has as many seats as one person can hold."""
    WRONG_AGE = "wrong_age"
    """It is not for children of these ages."""
    CHANGED_SINCE = "changed_since"
    """The button is about an earlier time; the new one is shown, and asked about."""
    JOINED_ALL = "joined_all"
    """Of a series: on the list of each time from this one on."""
    CHANGED = "changed"
    RESIZED = "resized"
    CALLED_OFF = "called_off"


@dataclass(frozen=True)
class Plan:
    """What somebody wants to announce."""

    token: str
    """Names the form that was sent: the same form announces once."""
    kind: GatheringKind
    title: str
    words: str
    where: str
    day: date
    at: time
    ends: time
    seats: int | None = None
    """None: as many as come."""
    ages: tuple[int, int] | None = None
    """From and to, in years; None: for everybody."""
    rain: str = ""
    """Where it is when it rains; '': there is no such plan."""
    weeks: int = 1
    """So many times, once a week; the topics of a course are written for each."""
    topics: tuple[str, ...] = ()


def span_of(day: date, at: time, ends: time, zone: str) -> tuple[datetime, datetime]:
    """Return start and end, in UTC, by the clocks of the place; the small hours after an evening
    are those of the day after."""
    later = timedelta(days=int(at >= EVENING and ends < SMALL_HOURS_END))
    return first_showing(day, at, zone), first_showing(day + later, ends, zone)


def wrong_time(starts_at: datetime, ends_at: datetime, now: datetime) -> Bad | None:
    """Return what is wrong with a start and an end; None where nothing is."""
    if not now < starts_at <= now + FARTHEST:
        return Bad.START
    return None if starts_at < ends_at else Bad.END


def wrong_with(plan: Plan, zone: str, now: datetime) -> Bad | None:
    """Return the first thing that is wrong with a plan; None where nothing is."""
    said = ((Bad.NO_TITLE, plan.title), (Bad.NO_WORDS, plan.words), (Bad.NO_WHERE, plan.where))
    if missing := next((bad for bad, words in said if not words.strip()), None):
        return missing
    if not 1 <= plan.weeks <= MOST_WEEKS:
        return Bad.WEEKS
    if why := wrong_time(*span_of(plan.day, plan.at, plan.ends, zone), now):
        return why
    if plan.seats is not None and not 1 <= plan.seats <= MOST_SEATS:
        return Bad.SEATS
    if plan.ages is not None and not 0 <= plan.ages[0] <= plan.ages[1] <= OLDEST:
        return Bad.AGES
    return None


def for_children(band: str, age_from: int | None, age_to: int | None) -> bool:
    """Return whether a gathering is for children of an age band; one without ages is for all."""
    if band not in AGES:
        return False
    lowest, highest = AGES[band]
    return (age_from or 0) <= highest and lowest <= (OLDEST if age_to is None else age_to)


def sign_up_closed(starts_at: datetime, now: datetime) -> Refusal | None:
    """Return why nobody can sign up, or say that they come, any more; None until the start."""
    return Refusal.TOO_LATE if now >= starts_at else None


def door_closed(starts_at: datetime, ends_at: datetime, now: datetime) -> Refusal | None:
    """Return why nobody is checked in now."""
    if now < starts_at - DOOR_OPENS:
        return Refusal.TOO_EARLY
    return Refusal.TOO_LATE if now >= ends_at else None


def answer_by(starts_at: datetime, now: datetime, policy: Policy) -> datetime:
    """Return until when somebody is asked whether they take a seat; never beyond the start.

    Asked on the day before or earlier they are not hurried: quiet hours do not count.
    """
    if starts_at - now <= ANSWER_WITHIN * 2:
        return min(now + ON_THE_DAY, starts_at)
    return min(out_of_quiet(now + ANSWER_WITHIN, policy.quiet), starts_at)


def feedback_at(ends_at: datetime, policy: Policy) -> datetime:
    """Return when those who came are asked how it was; never in quiet hours."""
    return out_of_quiet(ends_at + FEEDBACK_AFTER, policy.quiet)


def is_of_use(
    due_at: datetime, starts_at: datetime, before: tuple[timedelta, ...], now: datetime
) -> bool:
    """Return whether 'still coming?' still serves: it has not begun, and no later one is due.

    Nor has it been put off meanwhile, to when it is too early to ask.
    """
    due = [starts_at - span for span in before if starts_at - span <= now]
    return now < starts_at and bool(due) and due_at >= max(due)


class Notice(NoticeKind):
    """Kinds of notice; the subject is the gathering."""

    SIGNED = notice(
        "gatherings.signed",
        mark("signed up for a gathering"),
        to="whoever was signed up by somebody else",
        when="a neighbour who speaks for them, or the office, signed them up",
        detail="`person`: who was signed up",
        changes="yes",
    )
    ASKED = notice(
        "gatherings.asked",
        mark("a seat became free"),
        to="the first in the line whose party fits",
        when="a seat became free; they are asked for 12 hours, on the day for one",
        changes="yes",
    )
    PASSED = notice(
        "gatherings.passed",
        mark("a smaller party was asked first"),
        to="a party in the line that is too big for the seats that are free",
        when="somebody behind them was asked; they keep their place",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    MOVED_BACK = notice(
        "gatherings.moved_back",
        mark("a free seat went to the next"),
        to="whoever did not say whether they take a seat",
        when="their time was up and somebody else was waiting; they stand at the end of the line",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    SOON = notice(
        "gatherings.soon",
        mark("still coming?"),
        to="whoever has a seat",
        when="the day before and two hours before; without an answer the seat stays theirs",
        detail="`late`",
        changes="yes",
    )
    CHANGED = notice(
        "gatherings.changed",
        mark("a gathering was changed"),
        to="everybody on the list, waiting ones too",
        when="time or place changed: whoever has a seat is asked anew whether they come",
        detail="`time`: whether it is another time",
        changes="yes",
    )
    OFF = notice(
        "gatherings.off",
        mark("a gathering was called off"),
        to="everybody on the list, waiting ones too",
        when="it is called off, with the reason; of several times of a series once",
        detail="`all`",
    )
    FEEDBACK = notice(
        "gatherings.feedback",
        mark("how was it?"),
        to="whoever was there",
        when="two hours after the end, never in quiet hours",
        detail="`late`",
        changes="yes",
        waits=Waits.ALWAYS,
    )


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the gathering."""

    SOON = reminder(
        "gatherings.soon",
        mark("ask: still coming?"),
        Lateness.SEND_LATE,
        about="the gathering",
        does="asks whoever has a seat whether they still come; after the start nobody",
    )
    DOOR = reminder(
        "gatherings.door",
        mark("the door opens: 'I am here' on the cards"),
        Lateness.SEND_LATE,
        about="the gathering",
        does="puts 'I am here' on the cards of whoever has a seat; after the end on none",
    )
    ASK = reminder(
        "gatherings.ask",
        mark("a free seat goes to the next"),
        Lateness.SEND_LATE,
        about="the gathering",
        does="asks the next in the line where somebody did not say whether they take a seat",
    )
    FILL = reminder(
        "gatherings.fill",
        mark("ask some in beyond the number"),
        Lateness.SEND_LATE,
        about="the gathering",
        does="asks some of the line in, three hours before, where not all have said that they come",
    )
    OVER = reminder(
        "gatherings.over",
        mark("a gathering is over"),
        Lateness.SEND_LATE,
        about="the gathering",
        does="closes the list, and arranges that those who came are asked how it was",
    )
    FEEDBACK = reminder(
        "gatherings.feedback",
        mark("ask how it was"),
        Lateness.SEND_LATE,
        about="the gathering",
        does="asks those who came how it was; after three days nobody",
    )
    ERASE = reminder(
        "gatherings.erase",
        mark("forget who was there"),
        Lateness.SEND_LATE,
        about="the gathering",
        does="erases who was on the list; the sums stay",
    )
