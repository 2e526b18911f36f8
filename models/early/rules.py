"""When an early item opens, where it stands, who moves it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from models.outbox.kinds import NoticeKind, Waits, notice
from models.policy.rules import Policy
from models.records.rules import Lifecycle, Transition
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


class Move(StrEnum):
    """What is done to an item."""

    LOOK = "look"
    TAKE = "take"
    SETTLE = "settle"


class Relation(StrEnum):
    """What somebody is to an item."""

    SUPERVISOR = "supervisor"
    """Answers for its place."""


_THEY = frozenset({Relation.SUPERVISOR})

LIFECYCLE = Lifecycle(
    State,
    Transition(Move.LOOK, _THEY, frozenset(State)),
    Transition(Move.TAKE, _THEY, frozenset({State.OPEN}), State.TAKEN),
    Transition(Move.SETTLE, _THEY, frozenset({State.OPEN, State.TAKEN}), State.SETTLED),
)


class EarlyOutcome(StrEnum):
    """What became of an act on an item, where it was done."""

    TAKEN = "taken"
    SETTLED = "settled"


def opens(alike: int, policy: EarlyPolicy) -> bool:
    """Return whether so many alike requests at one place, within the window, are a pattern."""
    return alike >= policy.early_count
