"""Kinds of notice and reminder of votes."""

from enum import StrEnum

from models.outbox.kinds import NoticeKind, Waits, notice
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class State(StrEnum):
    """Where a vote stands."""

    PLANNED = "planned"
    OPEN = "open"
    COUNTED = "counted"
    OFF = "off"


class Electorate(StrEnum):
    """Who votes."""

    MEMBERS = "members"
    """Party members of the branch at the place, or below it."""
    RESIDENTS = "residents"
    HOUSEHOLDS = "households"
    """One household, one vote."""


class VoteChoice(StrEnum):
    """What one voice says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Majority(StrEnum):
    """How much of yes among yes and no a vote needs to pass."""

    SIMPLE = "simple"
    """More than half."""
    TWO_THIRDS = "two_thirds"
    """Two thirds or more."""


class Result(StrEnum):
    """What a vote came to."""

    PASSED = "passed"
    FAILED = "failed"
    NO_QUORUM = "no_quorum"


class Notice(NoticeKind):
    """Kinds of notice; the subject is the vote."""

    BALLOT = notice(
        "votes.ballot",
        mark("a ballot"),
        to="everybody on the roll, and whoever put it to the vote",
        when=(
            "a vote opens; the subject of every `votes` notice is the vote; its turnout changes "
            "in lane `bulk`; a card on which its reader has voted is let be until the end"
        ),
        changes="yes",
        waits=Waits.ALWAYS,
    )
    REMIND = notice(
        "votes.remind",
        mark("a vote ends soon"),
        to="everybody on the roll whose voice has not been given, once",
        when="a day before the end, halfway in a shorter vote",
        detail="`late`",
        changes="yes",
        waits=Waits.AT_NIGHT,
    )
    OFF = notice(
        "votes.off",
        mark("a vote was called off"),
        to="everybody on the roll, and whoever put it to the vote",
        when="a vote is called off, or nobody is left who could vote",
        waits=Waits.ALWAYS,
    )
    RESULT = notice(
        "votes.result",
        mark("the result of a vote"),
        to=(
            "everybody on the roll, the author, those who back the proposal, whoever put it to "
            "the vote, the secretaries, each once"
        ),
        when="a vote has been counted",
        waits=Waits.ALWAYS,
    )


CARDS = tuple(kind for kind in Notice if kind.declared.changes)


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the vote."""

    OPEN = reminder(
        "votes.open",
        mark("open a vote"),
        Lateness.SEND_LATE,
        about="the vote",
        does=(
            "opens a vote that was planned and fixes its roll; one that opens late lasts as "
            "long as it was to; with nobody on the roll it is called off"
        ),
    )
    REMIND = reminder(
        "votes.remind",
        mark("remind who has not voted"),
        Lateness.SEND_LATE,
        about="the vote",
        does="reminds those who have not voted, once; after the end nobody",
    )
    END = reminder(
        "votes.end",
        mark("count a vote"),
        Lateness.SEND_LATE,
        about="the vote",
        does=(
            "counts a vote whose time is over, moves its proposal, tells the result; what is "
            "given after the end is not counted, however late this comes"
        ),
    )
    COUNT = reminder(
        "votes.count",
        mark("show how many have voted"),
        Lateness.SEND_LATE,
        about="the vote",
        does="shows on open cards how many have voted by now",
    )
