"""What proposals are given, and what they need, as a community sets it."""

from dataclasses import dataclass
from datetime import timedelta

from models.policy.rules import Policy, Span


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
