"""Kinds of notice and reminder of votes."""

from enum import StrEnum


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


class Choice(StrEnum):
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


class Notice(StrEnum):
    """Kinds of notice; the subject is the vote."""

    BALLOT = "votes.ballot"
    REMIND = "votes.remind"
    OFF = "votes.off"
    RESULT = "votes.result"


CARDS = (Notice.BALLOT, Notice.REMIND)


class Reminder(StrEnum):
    """Kinds of reminder; the subject is the vote."""

    OPEN = "votes.open"
    REMIND = "votes.remind"
    """One reminder to those who have not voted."""
    END = "votes.end"
    COUNT = "votes.count"
    """Open cards show how many have voted."""
