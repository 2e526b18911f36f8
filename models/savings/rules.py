"""What is saved, on whose word, and where it may go; standard library only.

A minute is a minute, whoever gives it. It is thanks and no currency: it buys no place in a line, is
worth no money, and nobody is set against another by it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.outbox.kinds import NoticeKind, Waits, notice
from models.policy.rules import Policy
from models.records.rules import Lifecycle, Refusal, Transition
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark

MOST_AT_ONCE = 24 * 60
"""Minutes of one piece of help: a day has no more."""
REASON_LENGTH = 300
LEAST_SHOWN = 5
"""People of whom a sum is told: one of fewer tells of each."""
CODE_LENGTH = 12
"""Letters of a certificate's code: 60 bits, which nobody guesses."""


@dataclass(frozen=True)
class SavingsPolicy(Policy):
    """Time given to neighbours, and what may be kept of it."""

    most_saved: timedelta = timedelta(hours=1500)
    """As much one person keeps; what they give beyond goes to the pool (Nanjing, 2019)."""
    visit_counts: timedelta = timedelta(minutes=30)
    """What looking in at a door counts, where the home says that somebody came."""
    call_counts: timedelta = timedelta(minutes=10)
    """What looking in by telephone counts, where the home says that somebody rang."""


class AccountKind(StrEnum):
    """Whose an account is."""

    PERSON = "person"
    POOL = "pool"
    """Of a community: what people gave away, or gave beyond what one keeps."""
    ISSUED = "issued"
    """Where minutes come from when help is confirmed, and go back to when that is reversed."""
    VOID = "void"
    """What nobody has any more: whoever had it has left."""


class CauseKind(StrEnum):
    """Why minutes moved; with the number of what it was, each moves them once."""

    HELP = "help"
    """A claim on a request."""
    CARE = "care"
    """A call-on."""
    SHIFT = "shift"
    """A seat of a shift."""
    CALLUP = "callup"
    """A seat of a part of a call-up."""
    GIFT = "gift"
    """To a relative, or to the pool."""
    REVERSAL = "reversal"
    """A move was wrong; it stands, and so does this one against it."""
    CORRECTION = "correction"
    """What counts instead of a move that was wrong; the number is that of its first line."""
    LEFT = "left"
    """Somebody left for good."""


GIVEN = frozenset({CauseKind.HELP, CauseKind.CARE, CauseKind.SHIFT, CauseKind.CALLUP})
"""What is done for others."""
EARNED = GIVEN | {CauseKind.CORRECTION}
"""What minutes are credited for; all other kinds only move what was credited."""


class MovePart(StrEnum):
    """Which part of a cause a move is."""

    SAVED = "saved"
    POOL = "pool"
    """What was beyond what one person keeps."""


class Confirmer(StrEnum):
    """As what somebody gave their word; all that is shown of them."""

    HELPED = "helped"
    """Whoever was helped."""
    SPEAKS = "speaks"
    """Whoever speaks for them."""
    DESK = "desk"
    """Staff, who wrote down what was said on the telephone."""
    LEAD = "lead"
    """Whoever led the shift."""
    SECRETARY = "secretary"
    """After both sides were heard."""


class CreditOutcome(StrEnum):
    """What became of crediting minutes."""

    SAVED = "saved"
    CAPPED = "capped"
    """They have as much as one keeps: the rest, or all, went to the pool."""
    KNOWN = "known"
    """It is credited already: one cause, one credit."""
    OWN_WORD = "own_word"
    """Nobody confirms their own time."""
    PROXY_WORD = "proxy_word"
    """Nor does whoever speaks for them, or whom they speak for."""
    BAD_MINUTES = "bad_minutes"
    GONE = "gone"
    """Whoever gave it has left."""


@dataclass(frozen=True)
class Credited:
    """What became of crediting minutes, and how many went where."""

    outcome: CreditOutcome
    saved: int = 0
    pooled: int = 0


class SavingsOutcome(StrEnum):
    """What became of the other use cases, beside what refusals say."""

    SAID = "said"
    """How long it took is noted, until the other side says that it was well."""
    CONFIRMED = "confirmed"
    """The other side has spoken already: nothing is added any more."""
    GIVEN = "given"
    """To the pool."""
    OFFERED = "offered"
    """A relative was asked whether they take it."""
    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    GONE_MEANWHILE = "gone_meanwhile"
    """Whoever offered it has not got it any more."""
    NOT_ENOUGH = "not_enough"
    NO_RELATIVE = "no_relative"
    NO_POOL = "no_pool"
    """They live in no community."""
    BAD_TIME = "bad_time"
    KEPT = "kept"
    """What was disputed is credited."""
    DROPPED = "dropped"
    """What was disputed is not credited."""
    REVERSED = "reversed"
    PUT_RIGHT = "put_right"
    """Other minutes count instead."""
    SAME_TIME = "same_time"
    """As many count already."""
    GIVEN_ON = "given_on"
    """What would be taken back was given away meanwhile."""
    NOT_EARNED = "not_earned"


class TimeState(StrEnum):
    """Where time stands that somebody says they gave."""

    REPORTED = "reported"
    DISPUTED = "disputed"
    """The other side says that it was not so: a secretary decides."""
    SAVED = "saved"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"


class TimeMove(StrEnum):
    """What is done about time that somebody says they gave."""

    LOOK = "look"
    CONFIRM = "confirm"
    """By the other side's word, which the subject asks for."""
    DISPUTE = "dispute"
    """The same."""
    KEEP = "keep"
    DROP = "drop"
    WITHDRAW = "withdraw"
    END = "end"
    """One of both leaves for good."""


class TimeRelation(StrEnum):
    """What somebody is to it."""

    SECRETARY = "secretary"
    """Answers for its place, and is neither side."""
    GIVER = "giver"
    SIDE = "side"
    """Gave it or was served, or speaks for one of these, or one of these for them."""


_SECRETARY = frozenset({TimeRelation.SECRETARY})
_GIVER = frozenset({TimeRelation.GIVER})
_DISPUTED = frozenset({TimeState.DISPUTED})
UNSAVED = frozenset({TimeState.REPORTED, TimeState.DISPUTED})
TIMES = Lifecycle(
    TimeState,
    Transition(TimeMove.LOOK, _SECRETARY | _GIVER, frozenset(TimeState)),
    Transition(TimeMove.CONFIRM, frozenset(), UNSAVED, TimeState.SAVED),
    Transition(TimeMove.DISPUTE, frozenset(), frozenset({TimeState.REPORTED}), TimeState.DISPUTED),
    Transition(TimeMove.END, frozenset(), UNSAVED, TimeState.DROPPED),
    Transition(TimeMove.KEEP, _SECRETARY, _DISPUTED, TimeState.SAVED),
    Transition(TimeMove.DROP, _SECRETARY, _DISPUTED, TimeState.DROPPED),
    Transition(TimeMove.WITHDRAW, _GIVER, UNSAVED, TimeState.WITHDRAWN),
    barred={TimeRelation.SIDE: Refusal.OWN},
)
"""A dispute is decided once, by somebody who is neither side, or whoever gave it withdraws it."""


class TransferState(StrEnum):
    """Where time stands that somebody passes on."""

    OFFERED = "offered"
    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class TransferMove(StrEnum):
    """What is done about time that somebody passes on."""

    LOOK = "look"
    TAKE = "take"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


class TransferRelation(StrEnum):
    """What somebody is to time that is passed on."""

    GIVER = "giver"
    RECEIVER = "receiver"


_RECEIVER = frozenset({TransferRelation.RECEIVER})
_OFFERS = frozenset({TransferRelation.GIVER})
_OFFERED = frozenset({TransferState.OFFERED})
GIFTS = Lifecycle(
    TransferState,
    Transition(TransferMove.LOOK, frozenset(TransferRelation), frozenset(TransferState)),
    Transition(TransferMove.TAKE, _RECEIVER, _OFFERED, TransferState.TAKEN),
    Transition(TransferMove.DECLINE, _RECEIVER, _OFFERED, TransferState.DECLINED),
    Transition(TransferMove.WITHDRAW, _OFFERS, _OFFERED, TransferState.WITHDRAWN),
)


def wrong_minutes(minutes: int) -> bool:
    """Return whether that is no time that one piece of help can take."""
    return not 0 < minutes <= MOST_AT_ONCE


def whose_word(
    giver: int, proxy: int | None, by: int, by_proxy: int | None
) -> CreditOutcome | None:
    """Return why somebody's word does not count for a giver; None where it does.

    `proxy` speaks for the giver, `by_proxy` for whoever confirms.
    """
    if by == giver:
        return CreditOutcome.OWN_WORD
    return CreditOutcome.PROXY_WORD if by == proxy or giver == by_proxy else None


def split(balance: int, minutes: int, most: int) -> tuple[int, int]:
    """Return how many of some minutes a person keeps, and how many go to the pool."""
    saved = max(0, min(minutes, most - balance))
    return saved, minutes - saved


def most_of(policy: SavingsPolicy) -> int:
    """Return how many minutes one person keeps."""
    return int(policy.most_saved / timedelta(minutes=1))


class Notice(NoticeKind):
    """Kinds of notice."""

    CAPPED = notice(
        "savings.capped",
        mark("more than one keeps"),
        to="whoever gave the time",
        when="they have saved as much as one person keeps; the subject is the move to the pool",
        waits=Waits.ALWAYS,
    )

    DISPUTED = notice(
        "savings.disputed",
        mark("whether time is to be credited"),
        to="whoever answers for the place, none of both sides; after seven days the street",
        when="somebody says that time was given, and the other side says that it was not so",
        detail="`late`",
        changes="yes",
    )
    HEARD = notice(
        "savings.heard",
        mark("the other side says otherwise"),
        to="whoever gave the time",
        when="the other side says that it was not so; the subject is the time",
        changes="yes",
    )
    DECIDED = notice(
        "savings.decided",
        mark("how a dispute was decided"),
        to="whoever gave the time",
        when="it was decided; the subject is the time",
    )
    GIFT = notice(
        "savings.gift",
        mark("a relative offers time"),
        to="the relative",
        when="somebody of their family wants to pass on time that they gave to neighbours",
        changes="yes",
        waits=Waits.AT_NIGHT,
    )
    GIFT_SAID = notice(
        "savings.gift_said",
        mark("an answer about time that was offered"),
        to="whoever offered it",
        when="their relative took it, or said no",
    )
    REVERSED = notice(
        "savings.reversed",
        mark("a line was put right"),
        to="whoever gave the time",
        when="a secretary took credited time back, or had other minutes count instead, with the "
        "reason; the subject is that time",
    )


AGAIN_AFTER = timedelta(days=3)
"""After this a dispute that nobody has decided is brought again."""
ABOVE_AFTER = timedelta(days=7)
"""After this the street is told of it."""


class Reminder(ReminderKind):
    """Kinds of reminder."""

    DISPUTED = reminder(
        "savings.disputed",
        mark("a dispute is not decided"),
        Lateness.ESCALATE,
        about="the time",
        does="after three days tells the secretary once more, after seven the street",
    )
    MONTH = reminder(
        "savings.month",
        mark("write the public account of a month"),
        Lateness.SEND_LATE,
        about="nothing: all communities",
        does="writes the sums of the month that is over, once, where at least five gave time",
    )


def month_of(day: date) -> date:
    """Return the first day of a month."""
    return day.replace(day=1)


def month_before(day: date) -> date:
    """Return the first day of the month before that of a day."""
    return month_of(month_of(day) - timedelta(days=1))


def month_after(day: date) -> date:
    """Return the first day of the month after that of a day."""
    return month_of(month_of(day) + timedelta(days=31))
