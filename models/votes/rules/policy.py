"""What votes are given, and what they need, as a community sets it."""

from dataclasses import dataclass
from datetime import timedelta

from models.policy.rules import Policy


@dataclass(frozen=True)
class VotePolicy(Policy):
    """What votes are given, and what they need."""

    vote_for: timedelta = timedelta(days=7)
    """How long a vote is open, unless another end is named."""
    vote_reminder: timedelta = timedelta(days=1)
    """Before its end: when those who have not voted are reminded, once."""
    quorum: int = 50
    """Per cent of those on the roll who have to vote, unless another quorum is named."""
