"""The reception: into what a proposal can be merged, and what it says as a request for help."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from models.categories import OTHER
from models.proposals.rules.kinds import Topic
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

REQUEST_KIND: Mapping[Topic, str] = MappingProxyType(
    {
        Topic.SURROUNDINGS: "public.rubbish",
        Topic.FACILITIES: "public.light",
        Topic.SAFETY: "public",
        Topic.TRAFFIC: "public",
        Topic.ELDERLY: "company.visit",
        Topic.CHILDREN: "children.minding",
        Topic.CULTURE: OTHER,
        Topic.MANAGEMENT: "public",
        Topic.OTHER: OTHER,
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
    """Tell why a proposal cannot be merged into another that stands so; None where it can."""
    fits = proposal_id != into_id and same_community and into in TAKES_IN
    return None if fits else ProposalOutcome.BAD_TARGET


def as_request(title: str, problem: str, wish: str) -> str:
    """Give the words of a proposal as those of a request for help."""
    return "\n".join(part for part in (title, problem, wish) if part)
