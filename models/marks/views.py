"""What leaves the room of marks."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sums:
    """What many marks come to."""

    count: int
    by_mark: Mapping[int, int]
    """How many gave which mark; empty below LEAST_SHOWN."""
