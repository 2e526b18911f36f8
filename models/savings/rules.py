"""What is saved, on whose word, and where it may go; standard library only.

A minute is a minute, whoever gives it. It is thanks and no currency: it buys no place in a line, is
worth no money, and nobody is set against another by it.
"""

from dataclasses import dataclass
from datetime import timedelta
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
    GIFT = "gift"
    """To a relative, or to the pool."""
    REVERSAL = "reversal"
    """A move was wrong; it stands, and so does this one against it."""
    LEFT = "left"
    """Somebody left for good."""


EARNED = frozenset({CauseKind.HELP, CauseKind.CARE, CauseKind.SHIFT})
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
    """It is credited already, or the other side says otherwise: that is decided once."""
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

    GIVEN = "given"
    """To the pool."""
    OFFERED = "offered"
    """A relative was asked whether they take it."""
    TAKEN = "taken"
    DECLINED = "declined"
    NOT_ENOUGH = "not_enough"
    FULL = "full"
    """Whoever it is for would have more than one keeps."""
    NO_RELATIVE = "no_relative"
    NO_POOL = "no_pool"
    """They live in no community."""
    BAD_TIME = "bad_time"
    KEPT = "kept"
    """What was disputed is credited, or stays so."""
    DROPPED = "dropped"
    """What was disputed is not credited, or was taken back."""
    REVERSED = "reversed"
    GIVEN_ON = "given_on"
    """What would be taken back was given away meanwhile."""
    NOT_EARNED = "not_earned"


class DisputeState(StrEnum):
    """Where a dispute stands: one side says that time was given, the other that it was not well."""

    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"


class DisputeMove(StrEnum):
    """What is done about a dispute."""

    LOOK = "look"
    KEEP = "keep"
    DROP = "drop"


class DisputeRelation(StrEnum):
    """What somebody is to a dispute."""

    SECRETARY = "secretary"
    """Answers for its place, and is neither side."""
    SIDE = "side"
    """Gave the time or said that it was not well, or speaks for one of these."""


_SECRETARY = frozenset({DisputeRelation.SECRETARY})
_OPEN = frozenset({DisputeState.OPEN})
DISPUTES = Lifecycle(
    DisputeState,
    Transition(DisputeMove.LOOK, _SECRETARY, frozenset(DisputeState)),
    Transition(DisputeMove.KEEP, _SECRETARY, _OPEN, DisputeState.KEPT),
    Transition(DisputeMove.DROP, _SECRETARY, _OPEN, DisputeState.DROPPED),
    barred={DisputeRelation.SIDE: Refusal.OWN},
)
"""Decided once, by somebody who is neither side."""


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
    """By leaving alone."""


class TransferRelation(StrEnum):
    """What somebody is to time that is passed on."""

    GIVER = "giver"
    RECEIVER = "receiver"


_RECEIVER = frozenset({TransferRelation.RECEIVER})
_OFFERED = frozenset({TransferState.OFFERED})
GIFTS = Lifecycle(
    TransferState,
    Transition(TransferMove.LOOK, frozenset(TransferRelation), frozenset(TransferState)),
    Transition(TransferMove.TAKE, _RECEIVER, _OFFERED, TransferState.TAKEN),
    Transition(TransferMove.DECLINE, _RECEIVER, _OFFERED, TransferState.DECLINED),
    Transition(TransferMove.WITHDRAW, frozenset(), _OFFERED, TransferState.WITHDRAWN),
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
        to="whoever answers for the place, none of both sides",
        when="somebody says that time was given, and the other side says that it was not well",
        changes="yes",
    )
    DECIDED = notice(
        "savings.decided",
        mark("how a dispute was decided"),
        to="whoever gave the time",
        when="it was decided; the subject is the dispute",
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
        when="a secretary took credited time back, with the reason; the subject is that time",
    )


class Reminder(ReminderKind):
    """Kinds of reminder."""

    CARRY = reminder(
        "savings.carry",
        mark("credit what was confirmed before"),
        Lateness.SEND_LATE,
        about="nothing: all of what is on record",
        does="credits help that was confirmed before there were savings, some at a time",
    )
