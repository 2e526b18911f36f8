"""Terms of a vote: how long, who, what it needs."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.hours.rules.local_time import first_showing
from models.policy.rules import Policy
from models.votes.rules.notices import Electorate, Majority
from models.votes.rules.outcomes import PlanOutcome

SHORTEST = timedelta(hours=1)
"""Less and who is at work, or asleep, has no vote."""
LONGEST = timedelta(days=92)
"""A quarter: after that the roll, which is fixed when it opens, is of another neighbourhood."""
FARTHEST = timedelta(days=366)
"""How far ahead a vote can be planned."""

SECRET_FROM = 3
"""Voices on the roll of a secret ballot. With one the count is the choice; with two each reads the
other's from it."""

OPENS_AT = time(9)
ENDS_AT = time(20)
"""Hours of a vote for which only days were named: it ends when people are home and still awake."""


@dataclass(frozen=True)
class VoteTerms:
    """Who votes on a proposal, in what way, and when. `opens_at` None: now."""

    electorate: Electorate
    secret: bool
    quorum: int
    """Per cent of the voices on the roll."""
    majority: Majority
    ends_at: datetime
    opens_at: datetime | None = None


def wrong_with(terms: VoteTerms, now: datetime) -> PlanOutcome | None:
    """Return what is wrong with terms; None for nothing."""
    opens_at = terms.opens_at or now
    if not now <= opens_at <= now + FARTHEST:
        return PlanOutcome.BAD_START
    if not SHORTEST <= terms.ends_at - opens_at <= LONGEST:
        return PlanOutcome.BAD_END
    return None if 0 <= terms.quorum <= 100 else PlanOutcome.BAD_QUORUM


def too_few(terms: VoteTerms, voices: int) -> PlanOutcome | None:
    """Return why so many voices cannot vote on these terms; None where they can."""
    if voices == 0:
        doors = terms.electorate is Electorate.HOUSEHOLDS
        return PlanOutcome.NO_DOORS if doors else PlanOutcome.NOBODY
    return PlanOutcome.TOO_FEW if terms.secret and voices < SECRET_FROM else None


def opening_of(day: date, zone: str) -> datetime:
    """Return when a vote opens of which only the day was named."""
    return first_showing(day, OPENS_AT, zone)


def end_of(day: date, zone: str) -> datetime:
    """Return when a vote ends of which only the day was named."""
    return first_showing(day, ENDS_AT, zone)


def remind_at(opens_at: datetime, ends_at: datetime, before: timedelta) -> datetime:
    """Give when those who have not voted are reminded: `before` the end, or halfway if shorter."""
    lasts = ends_at - opens_at
    return ends_at - before if before * 2 <= lasts else opens_at + lasts / 2


@dataclass(frozen=True)
class VotePolicy(Policy):
    """What votes are given, and what they need."""

    vote_for: timedelta = timedelta(days=7)
    """How long a vote is open, unless another end is named."""
    vote_reminder: timedelta = timedelta(days=1)
    """Before its end: when those who have not voted are reminded, once."""
    quorum: int = 50
    """Per cent of those on the roll who have to vote, unless another quorum is named."""
