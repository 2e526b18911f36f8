"""Orders: who may do what, when, and what the resident's visits come to; standard library only."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.help.rules.closing import may_reopen
from models.help.rules.policy import HelpPolicy
from models.hours.rules.clocks import Clock
from models.hours.rules.desk import DeskHours
from models.hours.rules.local_time import first_showing
from models.hours.rules.quiet import out_of_quiet
from models.outbox.kinds import NoticeKind, notice
from models.policy.rules import Policy, Span
from models.records.rules import Lifecycle, Refusal, Transition
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


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

FARTHEST = timedelta(days=366)
"""How far ahead the date of an order may lie."""


class State(StrEnum):
    """Where an order stands."""

    OPEN = "open"
    REPORTED = "reported"
    SIGNED = "signed"


class Move(StrEnum):
    """What somebody does to an order."""

    LOOK = "look"
    SET = "set"
    """Name the body that answers, until when, what must be shown."""
    HAND_ON = "hand_on"
    """Make somebody else responsible."""
    REPORT = "report"
    SEND_BACK = "send_back"
    SIGN = "sign"


class OrderTerm(StrEnum):
    """What can be named of an order."""

    BODY = "body"
    PERSON = "person"
    DUE = "due"
    TO_SHOW = "to_show"


class Relation(StrEnum):
    """What somebody is to an order."""

    RESPONSIBLE = "responsible"
    """It is theirs to put right."""
    SUPERVISOR = "supervisor"
    """Answers for the place, and had no hand in it."""
    PARTIAL = "partial"
    """Answers for the place too, but had a hand in it: may pass it on, not judge it."""
    DESK = "desk"
    """Works at the desk of its place."""


def relations_of(
    *, at_desk: bool, supervises: bool, responsible: bool, reported: bool, helped: bool
) -> frozenset[Relation]:
    """Return what somebody is to an order; nobody judges what they had a hand in.

    A hand in it has whoever is responsible now, ever `reported` on it, or `helped`: held the task
    that it is about, or did it.
    """
    had_a_hand = responsible or reported or helped
    holds = {
        Relation.RESPONSIBLE: responsible,
        Relation.SUPERVISOR: supervises and not had_a_hand,
        Relation.PARTIAL: supervises and had_a_hand,
        Relation.DESK: at_desk,
    }
    return frozenset(relation for relation, held in holds.items() if held)


_RESPONSIBLE = frozenset({Relation.RESPONSIBLE})
_SUPERVISOR = frozenset({Relation.SUPERVISOR})
_OPEN, _REPORTED = frozenset({State.OPEN}), frozenset({State.REPORTED})
_LATER = Refusal.WRONG_TIME

LIFECYCLE = Lifecycle(
    State,
    Transition(Move.LOOK, _RESPONSIBLE | {Relation.DESK}, frozenset(State)),
    Transition(Move.SET, _SUPERVISOR, _OPEN),
    Transition(Move.HAND_ON, _SUPERVISOR | {Relation.PARTIAL}, _OPEN),
    Transition(Move.REPORT, _RESPONSIBLE, _OPEN, State.REPORTED, again=_LATER),
    Transition(Move.SEND_BACK, _SUPERVISOR, _REPORTED, State.OPEN, again=_LATER),
    Transition(Move.SIGN, _SUPERVISOR, _REPORTED, State.SIGNED),
    barred={Relation.PARTIAL: Refusal.OWN},
)


def due_by(opened_at: datetime, clock: Clock, policy: OrderPolicy) -> datetime:
    """Return until when an order is to be put right, unless a date is named."""
    return clock.after(opened_at, policy.order_due.by(clock))


def last_closing(hours: DeskHours, day: date) -> datetime:
    """Return when the desk closes on a day, in UTC: until then a date that was named runs."""
    closes = hours.on(day)[-1].closes
    if closes == time(0):
        return first_showing(day + timedelta(days=1), closes, hours.zone)
    return first_showing(day, closes, hours.zone)


def street_at(due_at: datetime, clock: Clock) -> datetime:
    """Return when the street is told of an order that is late: a working day after its date."""
    return clock.after(due_at, STREET_AFTER.by(clock))


def is_overdue(state: State, due_at: datetime, now: datetime) -> bool:
    """Return whether an order should have been signed off by now."""
    return state is not State.SIGNED and now > due_at


def visit_at(signed_at: datetime, days: int, policy: Policy) -> datetime:
    """Return when a return visit asks, never in quiet hours."""
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
    """What became of an act on an order; why nothing did is a Refusal."""

    SET = "set"
    REPORTED = "reported"
    SENT_BACK = "sent_back"
    SIGNED = "signed"
    NOT_STAFF = "not_staff"
    """The one it is given to does not work at this place."""


class VisitOutcome(StrEnum):
    """What became of the answer to a return visit, or why it was not taken."""

    WELL = "well"
    REOPENED = "reopened"
    ALREADY = "already"
    TOO_LATE = "too_late"
    """It has been opened again meanwhile, or was asked too long ago."""
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class Notice(NoticeKind):
    """Kinds of notice; the subject is the order, of VISIT the visit."""

    OPENED = notice(
        "orders.opened",
        mark("an order to put right was opened"),
        to="whoever supervises the place and had no hand in it; where all had, the street",
        when=(
            "'not solved', 1 or 2 stars, or not solved after all: an order was opened; the "
            "subject of every `orders` notice is the order, of `orders.visit` and "
            "`orders.silent` the visit"
        ),
        changes="yes",
    )
    YOURS = notice(
        "orders.yours",
        mark("something is to be put right"),
        to="whoever has to put it right, and had to before",
        when=(
            "few stars opened an order (of what is not solved `help.unsolved` tells); its terms "
            "were named; it was handed on"
        ),
        changes="yes",
    )
    AGAIN = notice(
        "orders.again",
        mark("a second complaint about the same"),
        to="whoever has to put it right, and supervises it",
        when="a second cause while an order stands",
        changes="yes",
    )
    REPORTED = notice(
        "orders.reported",
        mark("something is reported put right"),
        to="whoever supervises it",
        when="it is reported as put right",
        changes="yes",
    )
    SENT_BACK = notice(
        "orders.sent_back",
        mark("a report was not enough"),
        to="whoever has to put it right, and reported it",
        when="the report is not enough",
        changes="yes",
    )
    SIGNED = notice(
        "orders.signed",
        mark("an order was signed off"),
        to="whoever had to put it right, and reported it",
        when="it is signed off",
    )
    LATE = notice(
        "orders.late",
        mark("an order is late"),
        to=(
            "whoever has to put it right (not while it is reported), and supervises it; the street"
        ),
        when="its date has come; still not signed off a working day later",
        detail="`late`, `street`",
        changes="yes",
    )
    VISIT = notice(
        "orders.visit",
        mark("return visit: is it still well?"),
        to="the resident",
        when="7 and 30 days after sign-off: is it still well?",
        detail="`late`",
        changes="yes",
    )
    SILENT = notice(
        "orders.silent",
        mark("no answer to a return visit"),
        to="the secretary where the owner put it right, else the owner",
        when="96 hours after a return visit asked without a word: to be called back",
        detail="`late`",
        changes="yes",
    )


VISIT_CARDS = (Notice.VISIT, Notice.SILENT)

CARDS = tuple(kind for kind in Notice if kind.declared.changes and kind not in VISIT_CARDS)
"""Cards of an order: they change in place with every move on it."""


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the order, of the last two the visit."""

    DUE = reminder(
        "orders.due",
        mark("an order's date has come"),
        Lateness.ESCALATE,
        about="the order",
        does="tells whoever is responsible, and the supervisor, that an order's date has come",
    )
    STREET = reminder(
        "orders.street",
        mark("tell the street of a late order"),
        Lateness.ESCALATE,
        about="the order",
        does=(
            "tells the street of an order that is still not signed off a working day after its date"
        ),
    )
    VISIT = reminder(
        "orders.visit",
        mark("ask the resident: still well?"),
        Lateness.SEND_LATE,
        about="the visit",
        does="asks the resident whether it is still well",
    )
    SILENT = reminder(
        "orders.silent",
        mark("ring about a return visit"),
        Lateness.SEND_LATE,
        about="the visit",
        does="puts a return visit without an answer on the call-back list, and tells the owner",
    )
