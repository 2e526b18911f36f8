"""When a broadcast needs a second pair of eyes, as a community sets it."""

from dataclasses import dataclass

from models.policy.rules import Policy


@dataclass(frozen=True)
class BroadcastPolicy(Policy):
    """When a broadcast needs a second pair of eyes."""

    second_pair_over: int = 200
    """Recipients above which a second person has to approve a broadcast; an emergency's always."""
