"""Orders: who may do what, when, and what the resident's visits come to; standard library only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.help.rules.closing import may_reopen
from models.help.rules.policy import HelpPolicy
from models.hours.rules.clocks import Clock
from models.hours.rules.desk import DeskHours
from models.hours.rules.instants import first_showing
from models.hours.rules.quiet import out_of_quiet
from models.policy.rules import Policy, Span


@dataclass(frozen=True)
class OrderPolicy(Policy):
    """What rectification orders are given."""

    order_due: Span = Span(days=3)
    """Time for a rectification order, in working time, unless a date is named."""
    visits: tuple[int, ...] = (7, 30)
    """Days after sign-off at which the resident is asked whether it is still well."""


STREET_AFTER = Span(days=1)
"""From the date of an order, in working time, to telling the street that it is late."""

WORDS_LENGTH = 1000
"""Characters of a report, of what must be shown, of why a report is not enough."""

MOST_EVIDENCE = 10


class Cause(StrEnum):
    """Why something has to be put right."""

    UNSOLVED = "unsolved"
    """The resident said: not solved."""
    LOW_RATING = "low_rating"
    CAME_BACK = "came_back"
    """It was closed, and is not solved after all."""


class State(StrEnum):
    """Where an order stands."""

    OPEN = "open"
    REPORTED = "reported"
    SIGNED = "signed"


class Move(StrEnum):
    """What somebody does to an order."""

    SET = "set"
    """Name the body that answers, until when, what must be shown."""
    HAND_ON = "hand_on"
    """Make somebody else responsible."""
    REPORT = "report"
    SEND_BACK = "send_back"
    SIGN = "sign"


class Term(StrEnum):
    """What can be named of an order."""

    BODY = "body"
    PERSON = "person"
    DUE = "due"
    TO_SHOW = "to_show"


class Hat(StrEnum):
    """As what somebody acts on an order."""

    RESPONSIBLE = "responsible"
    """It is theirs to put right."""
    SUPERVISOR = "supervisor"
    """Answers for the place, and had no hand in it."""
    PARTIAL = "partial"
    """Answers for the place too, but had a hand in it: may pass it on, not judge it."""


@dataclass(frozen=True)
class Part:
    """What somebody is to an order and to the request that it is about."""

    supervises: bool = False
    """Has the right to supervise at its place."""
    responsible: bool = False
    reported: bool = False
    """Has ever reported on it."""
    helped: bool = False
    """Held the task, or did it."""


def hats(part: Part) -> frozenset[Hat]:
    """Give as what somebody may act; nobody judges what they had a hand in."""
    worn = {Hat.RESPONSIBLE} if part.responsible else set()
    if part.supervises:
        partial = part.responsible or part.reported or part.helped
        worn.add(Hat.PARTIAL if partial else Hat.SUPERVISOR)
    return frozenset(worn)


@dataclass(frozen=True)
class Transition:
    """From which states a move leads where."""

    frm: frozenset[State]
    to: State


_OPEN, _REPORTED = frozenset({State.OPEN}), frozenset({State.REPORTED})

TRANSITIONS: dict[tuple[Move, Hat], Transition] = {
    (Move.SET, Hat.SUPERVISOR): Transition(_OPEN, State.OPEN),
    (Move.HAND_ON, Hat.SUPERVISOR): Transition(_OPEN, State.OPEN),
    (Move.HAND_ON, Hat.PARTIAL): Transition(_OPEN, State.OPEN),
    (Move.REPORT, Hat.RESPONSIBLE): Transition(_OPEN, State.REPORTED),
    (Move.SEND_BACK, Hat.SUPERVISOR): Transition(_REPORTED, State.OPEN),
    (Move.SIGN, Hat.SUPERVISOR): Transition(_REPORTED, State.SIGNED),
}
"""Every move, as what it is made, and where it leads; what is not here nobody may do."""


def allowed(state: State, move: Move, worn: Iterable[Hat]) -> bool:
    """Tell whether an order in `state` may be moved so by somebody wearing any of these hats."""
    steps = (TRANSITIONS.get((move, hat)) for hat in worn)
    return any(step is not None and state in step.frm for step in steps)


def ever_allowed(move: Move, worn: Iterable[Hat]) -> bool:
    """Tell whether somebody wearing these hats may make a move in any state at all."""
    return any((move, hat) in TRANSITIONS for hat in worn)


def target(move: Move) -> State:
    """Give the state a move leads to; it is the same for everybody who may make it."""
    return next(step.to for (made, _hat), step in TRANSITIONS.items() if made is move)


def due_by(opened_at: datetime, clock: Clock, policy: OrderPolicy) -> datetime:
    """Give until when an order is to be put right, unless a date is named."""
    return clock.after(opened_at, policy.order_due.by(clock))


def last_closing(hours: DeskHours, day: date) -> datetime:
    """Give when the desk closes on a day, in UTC: until then a date that was named runs."""
    closes = hours.on(day)[-1].closes
    if closes == time(0):
        return first_showing(day + timedelta(days=1), closes, hours.zone)
    return first_showing(day, closes, hours.zone)


def street_at(due_at: datetime, clock: Clock) -> datetime:
    """Give when the street is told of an order that is late: a working day after its date."""
    return clock.after(due_at, STREET_AFTER.by(clock))


def is_overdue(state: State, due_at: datetime, now: datetime) -> bool:
    """Tell whether an order should have been signed off by now."""
    return state is not State.SIGNED and now > due_at


def visit_at(signed_at: datetime, days: int, policy: Policy) -> datetime:
    """Give when a return visit asks, never in quiet hours."""
    return out_of_quiet(signed_at + timedelta(days=days), policy.quiet)


class VisitAnswer(StrEnum):
    """What a return visit came to."""

    WELL = "well"
    NOT_WELL = "not_well"
    SILENT = "silent"
    """No word: to be called back. They can still say."""
    UNREACHED = "unreached"
    """No word, and nobody answered the telephone."""


SAID = frozenset({VisitAnswer.WELL, VisitAnswer.NOT_WELL})


def may_answer(
    asked_at: datetime | None, now: datetime, policy: HelpPolicy, *, closed: bool
) -> bool:
    """Return whether a visit can be answered: for as long after the question, while the request
    is closed, as a closed request can be opened again.
    """
    return closed and may_reopen(asked_at, now, policy)


class OrderOutcome(StrEnum):
    """What became of an act on an order."""

    SET = "set"
    REPORTED = "reported"
    SENT_BACK = "sent_back"
    SIGNED = "signed"
    ALREADY = "already"
    EMPTY = "empty"
    """Words are needed."""
    BAD_DATE = "bad_date"
    """It is past, or more than a year ahead."""
    NOT_STAFF = "not_staff"
    """The one it is given to does not work at this place."""
    WRONG_TIME = "wrong_time"
    """Not in the state that it is in."""
    PARTIAL = "partial"
    """Whoever had a hand in it does not judge it."""
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class VisitOutcome(StrEnum):
    """What became of the answer to a return visit."""

    WELL = "well"
    REOPENED = "reopened"
    ALREADY = "already"
    TOO_LATE = "too_late"
    """It has been opened again meanwhile, or was asked too long ago."""
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class Notice(StrEnum):
    """Kinds of notice; the subject is the order, of VISIT the visit."""

    OPENED = "orders.opened"
    YOURS = "orders.yours"
    AGAIN = "orders.again"
    REPORTED = "orders.reported"
    SENT_BACK = "orders.sent_back"
    SIGNED = "orders.signed"
    LATE = "orders.late"
    VISIT = "orders.visit"
    SILENT = "orders.silent"


CARDS = (
    Notice.OPENED,
    Notice.YOURS,
    Notice.AGAIN,
    Notice.REPORTED,
    Notice.SENT_BACK,
    Notice.LATE,
)
"""Cards of an order: they change in place with every move on it."""

VISIT_CARDS = (Notice.VISIT, Notice.SILENT)


class Reminder(StrEnum):
    """Kinds of reminder; the subject is the order, of the last two the visit."""

    DUE = "orders.due"
    STREET = "orders.street"
    VISIT = "orders.visit"
    SILENT = "orders.silent"
