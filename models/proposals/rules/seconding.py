"""Seconding: what a place asks for, when it is in time, who comes along in a merger."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_NEEDED = 10_000
MOST_DAYS = 366

NO_TEXT = 0
"""The version that somebody backs who came along with a second which was stale: none so far."""


@dataclass(frozen=True)
class Terms:
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
    """Tell whether a place can ask for this: 0 to MOST_NEEDED seconds in 1 to MOST_DAYS days."""
    return 0 <= needed <= MOST_NEEDED and 1 <= days <= MOST_DAYS


def in_time(now: datetime, second_by: datetime | None) -> bool:
    """Tell whether a second comes in time: before its date, not at it."""
    return second_by is None or now < second_by


def is_reached(seconds: int, needed: int) -> bool:
    """Tell whether enough neighbours back a proposal."""
    return seconds >= needed


def come_along(
    backing: Mapping[int, bool], others: Collection[int], other_author: int
) -> dict[int, bool]:
    """Give who comes along in a merger, and whether their second counts at once.

    `backing` says of everybody who backs the one that is merged whether it is in its present text:
    who has not said yet whether they still do has to say so of the other as well. Whoever backs
    the other already counts once, and its author does not second it.
    """
    known = {*others, other_author}
    return {person: fresh for person, fresh in backing.items() if person not in known}
