"""What a registration is, who may do what with it, how long it is good; standard library only."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.hours.rules.desk import DeskHours, Interval
from models.hours.rules.local_time import first_showing
from models.policy.rules import Policy
from models.records.rules import Lifecycle, Refusal, Transition
from models.sheets.rules.answers import AnswerProblem, Value, WrongAnswer

NAME, KINDS_NAME = "registrations", "registration_kinds"
"""Of registrations in the book and of their sheets; of kinds in the book."""
REASON_LENGTH = 300
FIELDS_OF_A_KIND = 12
"""An admin's own kind asks no more: nobody fills in a long form on a phone."""
FARTHEST_YEARS = 10
"""A day until which something is good lies no farther ahead."""
TOLD_AT = time(10)
"""By the clocks of the house."""
SOON, SOONER, GRACE = timedelta(days=30), timedelta(days=7), timedelta(days=7)
"""Before the last day the card comes and changes; so long after it the registration ends."""
BEGUN_KEPT = timedelta(days=30)
"""So long a form that was begun and never sent has its place."""


BUILDERS = DeskHours(
    (*(((Interval(time(8), time(12)), Interval(time(14), time(18))),) * 5), (), ()),
    Policy().zone,
)


@dataclass(frozen=True)
class RegistrationPolicy(Policy):
    """Registrations: how long they wait, and what people are reminded of."""

    registration_answer_within: timedelta = timedelta(days=3)
    """After this the desk is asked once more what it says to a registration."""
    keep_registrations: timedelta = timedelta(days=365)
    """After a registration has ended: so long it is kept whose it was; its answers go at once."""
    declare_within: timedelta = timedelta(days=3)
    """How soon after arriving somebody who stays for a while declares it to the police. It differs
    by province (Pan'an 2024: 3 days); the bot only reminds."""
    permit_after: timedelta = timedelta(days=183)
    """After this they can ask for a residence permit; the bot only reminds."""
    permit_endorsed_every: timedelta = timedelta(days=365)
    """How often a residence permit is endorsed, in its last month (Interim Regulations on Residence
    Permits 2016, art. 10). It differs by province; 0: nobody is reminded."""
    renovation_hours: DeskHours = BUILDERS
    """When builders may be loud, on working days alone; neighbours are told these hours."""


class State(StrEnum):
    """Where a registration stands."""

    BEGUN = "begun"
    """A form is open; nothing was sent yet."""
    FILED = "filed"
    RETURNED = "returned"
    """Something has to be put right; the reason stands with it."""
    STANDING = "standing"
    EXPIRING = "expiring"
    """It stands; its holder was told that it ends soon."""
    RENEWING = "renewing"
    """It stands; it was filled in once more, and waits for an answer."""
    ENDED = "ended"


class Move(StrEnum):
    """What is done with a registration."""

    LOOK = "look"
    FILE = "file"
    """Send it in; while it waits, corrected."""
    FILE_ANEW = "file_anew"
    """Fill it in once more before it ends."""
    ACCEPT = "accept"
    RETURN = "return"
    KEEP_OLD = "keep_old"
    """Send a renewal back; what stands goes on standing."""
    OPEN = "open"
    """Open what is sealed, on record."""
    END = "end"
    EXPIRE_SOON = "expire_soon"
    EXPIRE = "expire"


class Relation(StrEnum):
    """What somebody is to a registration."""

    HOLDER = "holder"
    """It is theirs, or of somebody they speak for or filled it in for."""
    ACCEPTS = "accepts"
    """Says yes or no to it, and had no hand in it."""
    DESK = "desk"
    """Works at the desk of its place."""
    FOR_THEM = "for_them"
    """Works there, and its holder has no phone: ends it on their word, whoever filled it in."""
    OWN_DESK = "own_desk"
    """Would say yes or no, but had a hand in it."""


_HOLDER, _ACCEPTS = frozenset({Relation.HOLDER}), frozenset({Relation.ACCEPTS})
_SEE = frozenset(Relation)
VALID = frozenset({State.STANDING, State.EXPIRING, State.RENEWING})
"""States in which it is good."""
WAITING = frozenset({State.FILED, State.RENEWING})
"""States in which somebody has to say yes or no."""
_LIVE = frozenset(State) - {State.ENDED}
_SAYS_NO = Refusal.WRONG_TIME

LIFECYCLE = Lifecycle(
    State,
    Transition(Move.LOOK, _SEE, frozenset(State)),
    Transition(
        Move.FILE,
        _HOLDER,
        frozenset({State.BEGUN, State.RETURNED, State.FILED}),
        State.FILED,
        again=_SAYS_NO,
    ),
    Transition(
        Move.FILE_ANEW,
        _HOLDER,
        frozenset({State.STANDING, State.EXPIRING, State.RENEWING}),
        State.RENEWING,
        again=_SAYS_NO,
    ),
    Transition(Move.ACCEPT, _ACCEPTS, WAITING, State.STANDING),
    Transition(Move.RETURN, _ACCEPTS, frozenset({State.FILED}), State.RETURNED, again=_SAYS_NO),
    Transition(
        Move.KEEP_OLD, _ACCEPTS, frozenset({State.RENEWING}), State.STANDING, again=_SAYS_NO
    ),
    Transition(Move.OPEN, frozenset({Relation.DESK, Relation.ACCEPTS, Relation.OWN_DESK}), _LIVE),
    Transition(Move.END, _HOLDER | {Relation.FOR_THEM}, _LIVE, State.ENDED),
    Transition(Move.EXPIRE_SOON, frozenset(), frozenset({State.STANDING}), State.EXPIRING),
    Transition(Move.EXPIRE, frozenset(), frozenset({State.EXPIRING}), State.ENDED),
    barred={Relation.OWN_DESK: Refusal.OWN},
)


class KindState(StrEnum):
    """Where a kind of registration stands."""

    DRAFT = "draft"
    OPEN = "open"
    RETIRED = "retired"
    """Nothing new begins with it; what stands goes on standing."""


class KindMove(StrEnum):
    """What is done with a kind."""

    LOOK = "look"
    CHANGE = "change"
    """Add a question, or take one out: for the next version."""
    PUBLISH = "publish"
    RETIRE = "retire"


class KindRelation(StrEnum):
    """What somebody is to a kind."""

    KEEPER = "keeper"
    """Answers for its place."""


_KEEPER = frozenset({KindRelation.KEEPER})
_USABLE = frozenset({KindState.DRAFT, KindState.OPEN})

KIND_LIFECYCLE = Lifecycle(
    KindState,
    Transition(KindMove.LOOK, _KEEPER, frozenset(KindState)),
    Transition(KindMove.CHANGE, _KEEPER, _USABLE),
    Transition(KindMove.PUBLISH, _KEEPER, _USABLE, KindState.OPEN),
    Transition(KindMove.RETIRE, _KEEPER, _USABLE, KindState.RETIRED),
)


class Accepts(StrEnum):
    """Who says yes or no to registrations of a kind."""

    DESK = "desk"
    SECRETARY = "secretary"


class Follows(StrEnum):
    """What follows from a registration that was accepted."""

    NOTHING = "nothing"
    STAIRWELL = "stairwell"
    """The neighbours of the building are told what is done when, and never by whom."""
    RESIDENCE = "residence"
    """Its holder is reminded of what the police want to know, and when."""


class WhyEnded(StrEnum):
    """Why a registration has ended."""

    HOLDER = "holder"
    EXPIRED = "expired"
    LEFT = "left"
    MOVED = "moved"
    """Its holder lives elsewhere now, where it says nothing any more."""


class RegistrationOutcome(StrEnum):
    """What became of a use case, beside refusals."""

    FILED = "filed"
    RENEWING = "renewing"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    CHANGED_SINCE = "changed_since"
    """What waited was corrected after the desk had looked at it."""
    ENDED = "ended"
    NO_HOME = "no_home"
    """Somebody without a home cannot register anything there."""
    HAS_PHONE = "has_phone"
    """They register for themselves."""
    THEMSELVES = "themselves"
    """Nobody registers for somebody else that they stay for a while."""
    STOPPED_TELLING = "stopped_telling"
    TELLING_AGAIN = "telling_again"


class KindOutcome(StrEnum):
    """What became of a change to a kind."""

    BEGUN = "begun"
    CHANGED = "changed"
    PUBLISHED = "published"
    RETIRED = "retired"
    NO_FIELDS = "no_fields"
    TOO_MANY = "too_many"
    FEW_OPTIONS = "few_options"
    NO_WORDS = "no_words"


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of its month where there is none."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def good_until(
    months: int | None, until_key: str | None, answers: Mapping[str, Value], today: date
) -> date | None:
    """Return the last day on which a registration is good that is accepted today; None: for good.

    By the day that was answered where its kind asks for one, else by its months.
    """
    asked = answers.get(until_key) if until_key else None
    if isinstance(asked, date):
        return asked
    return None if months is None else add_months(today, months)


def wrong_day(
    until_key: str | None, answers: Mapping[str, Value], today: date
) -> WrongAnswer | None:
    """Return which day does not serve: what is good until a day that is past, or before it begins.

    A day more than ten years ahead is a slip of the finger.
    """
    until = answers.get(until_key) if until_key else None
    if until_key is None or not isinstance(until, date):
        return None
    if until < today:
        return WrongAnswer(until_key, AnswerProblem.PAST_DAY)
    begins = answers.get("from")
    if isinstance(begins, date) and until < begins:
        return WrongAnswer(until_key, AnswerProblem.BEFORE_START)
    far = until > add_months(today, 12 * FARTHEST_YEARS)
    return WrongAnswer(until_key, AnswerProblem.FAR_DAY) if far else None


def endorsed_from(since: date, every: timedelta, today: date) -> date | None:
    """Return the next day from which a permit can be endorsed: a month before each of its years is
    over; `since` is when it could first be had. None where it is never endorsed."""
    if every < SOON:
        return None
    years = max(1, -((since - SOON - today) // every))
    day = since + years * every - SOON
    return day if day > today else day + every


class Stage(StrEnum):
    """How near the end of a registration is."""

    FAR = "far"
    NEAR = "near"
    OVER = "over"
    """The days of grace are over, too."""


def stage_of(valid_until: date, today: date) -> Stage:
    """Return how near the last day is: 30 days before it is near, 7 days after it is over."""
    if today >= valid_until + GRACE:
        return Stage.OVER
    return Stage.NEAR if today >= valid_until - SOON else Stage.FAR


def looks_at(valid_until: date, zone: str, now: datetime) -> list[datetime]:
    """List when a registration is looked at, at ten in the morning, of what is still to come.

    30 and 7 days before the last day, on it, and 7 days after; where all is past, in 7 days.
    """
    days = (valid_until - SOON, valid_until - SOONER, valid_until, valid_until + GRACE)
    instants = [first_showing(day, TOLD_AT, zone) for day in days]
    return [at for at in instants if at > now] or [now + GRACE]


def says_number(prefix: str, number: int | None) -> str:
    """Return a number as people read it: 'V-12'; '' before there is one."""
    return "" if number is None else f"{prefix}-{number}"
