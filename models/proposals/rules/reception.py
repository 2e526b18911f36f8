"""Reception and seconding: what is open to whom, in which time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from models.categories import OTHER
from models.policy.rules import Policy, Span
from models.proposals.rules.notices import ProposalTopic
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import State

TAKES_IN = frozenset(
    {State.SECONDING, State.DELIBERATION, State.VOTE, State.ADOPTED, State.UNDERWAY}
)
"""States in which a proposal takes others in: everybody may read it, and it is not done yet."""

REASON_LENGTH = 300
"""Characters of a reason that is ready: it is shown on a button's screen with others."""
MOST_REASONS = 20
"""Reasons that a place has ready; more nobody looks through."""

REQUEST_KIND: Mapping[ProposalTopic, str] = MappingProxyType(
    {
        ProposalTopic.SURROUNDINGS: "public.rubbish",
        ProposalTopic.FACILITIES: "public.light",
        ProposalTopic.SAFETY: "public",
        ProposalTopic.TRAFFIC: "public",
        ProposalTopic.ELDERLY: "company.visit",
        ProposalTopic.CHILDREN: "children.minding",
        ProposalTopic.CULTURE: OTHER,
        ProposalTopic.MANAGEMENT: "public",
        ProposalTopic.OTHER: OTHER,
    }
)
"""As what kind of request a proposal is offered first, by its topic; the desk taps another."""


class ReasonOutcome(StrEnum):
    """What became of an act on the reasons that a place has ready."""

    KEPT = "kept"
    REMOVED = "removed"
    EMPTY = "empty"
    TOO_MANY = "too_many"
    NO_PLACE = "no_place"
    MISSING = "missing"
    NOT_ALLOWED = "not_allowed"


def why_not_into(
    proposal_id: int, into_id: int, *, same_community: bool, into: State
) -> ProposalOutcome | None:
    """Return why a proposal cannot be merged into another that stands so; None where it can."""
    fits = proposal_id != into_id and same_community and into in TAKES_IN
    return None if fits else ProposalOutcome.BAD_TARGET


def as_request(title: str, problem: str, wish: str) -> str:
    """Return the words of a proposal as those of a request for help."""
    return "\n".join(part for part in (title, problem, wish) if part)


MOST_NEEDED = 10_000


MOST_DAYS = 366


NO_TEXT = 0
"""The version that somebody backs who came along with a second which was stale: none so far."""


@dataclass(frozen=True)
class ReceptionTerms:
    """What a place asks for. `needed` 0: what is accepted goes straight to its deliberation."""

    needed: int
    time: timedelta
    """How long it may be seconded."""


class TermsOutcome(StrEnum):
    """What became of setting terms."""

    SET = "set"
    BAD = "bad"
    NO_PLACE = "no_place"
    NOT_ALLOWED = "not_allowed"


def may_be(needed: int, days: int) -> bool:
    """Return whether a place can ask for this: 0 to MOST_NEEDED seconds in 1 to MOST_DAYS days."""
    return 0 <= needed <= MOST_NEEDED and 1 <= days <= MOST_DAYS


def in_time(now: datetime, second_by: datetime | None) -> bool:
    """Return whether a second comes in time: before its date, not at it."""
    return second_by is None or now < second_by


def is_reached(seconds: int, needed: int) -> bool:
    """Return whether enough neighbours back a proposal."""
    return seconds >= needed


def come_along(
    backing: Mapping[int, bool], others: Collection[int], other_author: int
) -> dict[int, bool]:
    """Return who comes along in a merger, and whether their second counts at once.

    `backing` says of everybody who backs the one that is merged whether it is in its present text:
    who has not said yet whether they still do has to say so of the other as well. Whoever backs
    the other already counts once, and its author does not second it.
    """
    known = {*others, other_author}
    return {person: fresh for person, fresh in backing.items() if person not in known}


@dataclass(frozen=True)
class ProposalPolicy(Policy):
    """What proposals are given, and what they need."""

    reception: Span = Span(days=3)
    """From submitting a proposal to the desk's answer, in working time."""
    seconds_needed: int = 10
    """Seconds 附议 that a proposal needs where its place has set no number of its own."""
    seconding_for: timedelta = timedelta(days=14)
    """How long it may be seconded, where its place has set no time of its own."""
    rate_for: timedelta = timedelta(days=14)
    """After the delivery: how long those who backed a proposal can rate it."""
    content_from: int = 3
    """Mean of stars from which they count as content; below, the secretary has to look again."""
    new_most_waiting: int = 2
    """Most proposals of somebody new that the office has not answered yet; five for all others."""
