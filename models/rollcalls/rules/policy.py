"""How often the silent are asked once more, as a community sets it."""

from dataclasses import dataclass
from datetime import timedelta

from models.policy.rules import Policy


@dataclass(frozen=True)
class RollCallPolicy(Policy):
    """How often the silent are asked once more."""

    roll_call_every: timedelta = timedelta(minutes=15)
    """How long after a roll-call went out, and then again, the silent are asked once more."""
    roll_call_rounds: int = 3
    """How often they are; after the last their building leaders are given the list."""
