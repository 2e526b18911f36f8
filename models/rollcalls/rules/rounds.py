"""Rounds: what an answer needs, when the silent are asked once more, and when it ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from models.broadcasts.rules.notices import Answer
from models.policy.rules import Policy
from models.rollcalls.rules.notices import BoardStanding
from models.rollcalls.rules.outcomes import Answering

COME_LENGTH = 300
"""Characters of what helpers are asked to do."""


def judge(before: Answer | None, said: Answer, *, over: bool) -> Answering:
    """Return what an answer comes to after the one before it, if any."""
    if over:
        return Answering.OVER
    if before is None:
        return Answering.ANSWERED
    return Answering.ALREADY if before is said else Answering.CHANGED


def files_request(said: Answer, *, drill: bool, has_open: bool) -> bool:
    """Return whether an answer files an emergency: never in a drill, never beside one that is open.

    One who needs help once more after their request was closed gets a new one.
    """
    return said is Answer.NEED_HELP and not drill and not has_open


def asks_to_close(said: Answer, *, has_open: bool) -> bool:
    """Return whether somebody is asked if the request they had filed can be closed.

    It is never closed by itself: 'safe' may have been tapped by mistake.
    """
    return said is not Answer.NEED_HELP and has_open


class Next(StrEnum):
    """What the clock does when it comes round."""

    ASK = "ask"
    LIST = "list"
    """Nobody is asked any more: those who answer for the buildings are told whom to look for."""
    NOTHING = "nothing"


def next_of(rounds: int, most: int, *, silent: int, listed: bool) -> Next:
    """Return what comes after so many rounds of at most `most`, with so many still silent."""
    if listed or silent == 0:
        return Next.NOTHING
    return Next.ASK if rounds < most else Next.LIST


@dataclass(frozen=True)
class BoardCounts:
    """How many stand where; all together they are everybody who was asked."""

    by: dict[BoardStanding, int]

    @property
    def heads(self) -> int:
        """Return how many are asked."""
        return sum(self.by.values())

    @property
    def answered(self) -> int:
        """Return of how many there is an answer."""
        return self.heads - self.of(BoardStanding.SILENT)

    def of(self, standing: BoardStanding) -> int:
        """Return how many stand so."""
        return self.by.get(standing, 0)


def standing_of(answer: Answer | None) -> BoardStanding:
    """Return where somebody stands by what they last answered."""
    return BoardStanding.SILENT if answer is None else BoardStanding(answer.value)


def total(counts: Iterable[BoardCounts]) -> BoardCounts:
    """Add counts up."""
    every = list(counts)
    return BoardCounts({each: sum(one.of(each) for one in every) for each in BoardStanding})


def nearest(steps: Sequence[int], held: dict[int, list[int]]) -> list[int]:
    """Return whoever answers for a place: of the places above it, itself first, the first held.

    `steps` are the places from the building up; `held` whoever holds each. Empty where nobody does.
    """
    return next((held[step] for step in steps if held.get(step)), [])


@dataclass(frozen=True)
class RollCallPolicy(Policy):
    """How often the silent are asked once more."""

    roll_call_every: timedelta = timedelta(minutes=15)
    """How long after a roll-call went out, and then again, the silent are asked once more."""
    roll_call_rounds: int = 3
    """How often they are; after the last their building leaders are given the list."""
