"""When an early item opens, where it stands, how acts on it turn out."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from models.outbox.kinds import NoticeKind, Waits, notice
from models.policy.rules import Policy
from models.text import mark


@dataclass(frozen=True)
class EarlyPolicy(Policy):
    """When alike requests become an early item."""

    early_count: int = 3
    """So many requests of one category in one building …"""
    early_window: timedelta = timedelta(days=30)
    """… within this much open an early item 未诉先办."""


WORDS_LENGTH = 500
"""Characters for what was done about it."""


class State(StrEnum):
    """Where an item stands."""

    OPEN = "open"
    TAKEN = "taken"
    """Somebody sees to it."""
    SETTLED = "settled"


class Notice(NoticeKind):
    """Kinds of notice; the subject of each is the item."""

    OPENED = notice(
        "early.opened",
        mark("the same trouble again in one building"),
        to="whoever answers for the place",
        when=(
            "the same kind of help was asked for so often in one building; the subject is the item"
        ),
        changes="yes",
    )
    SETTLED = notice(
        "early.settled",
        mark("an early item was settled"),
        to="the residents of an item's requests, each once",
        when="it is put right, in the words of whoever did it",
        waits=Waits.ALWAYS,
    )


class EarlyOutcome(StrEnum):
    """What became of an act on an item."""

    TAKEN = "taken"
    SETTLED = "settled"
    ALREADY = "already"
    """Somebody sees to it already, or it was settled before."""
    WORDS_NEEDED = "words_needed"
    MISSING = "missing"
    NOT_ALLOWED = "not_allowed"


def opens(alike: int, policy: EarlyPolicy) -> bool:
    """Tell whether so many requests of one kind at one place, within the window, are a pattern."""
    return alike >= policy.early_count
