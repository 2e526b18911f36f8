"""The lifecycle of a record, why a use case did nothing, one page of a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

S = TypeVar("S", bound=StrEnum)
M = TypeVar("M", bound=StrEnum)
R = TypeVar("R", bound=StrEnum)
T = TypeVar("T")
U = TypeVar("U")


class Refusal(StrEnum):
    """Why a use case did nothing, whatever the subject."""

    MISSING = "missing"
    NOT_ALLOWED = "not_allowed"
    """Not for whoever tried; the try is in the audit log."""
    OWN = "own"
    """Nobody judges what they had a hand in."""
    ALREADY = "already"
    """It is so already."""
    WRONG_TIME = "wrong_time"
    """Not in the state that it is in."""
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    EMPTY = "empty"
    """Words are needed."""
    BAD_CHOICE = "bad_choice"
    """What was chosen is not among the choices, or not any more."""
    BAD_DATE = "bad_date"
    """It is past, or too far ahead."""


@dataclass(frozen=True)
class Transition(Generic[S, M, R]):
    """One row of a lifecycle: who (`by`) moves a record from where to where.

    `to` None leaves the state as it is: the move changes something else, or only looks.
    """

    move: M
    by: frozenset[R]
    frm: frozenset[S]
    to: S | None = None
    again: Refusal = Refusal.ALREADY
    """Why not, where the record stands where the move leads: WRONG_TIME for a move that says
    something, of which a second would say something else."""


class Lifecycle(Generic[S, M, R]):
    """The transition table of one kind of record.

    `barred` are relations that keep somebody from what others of their standing may do, each with
    the reason; they are reasons only, and bar nothing that a row of the table allows.

    ValueError for two rows that lead one move from one state to two places.
    """

    def __init__(
        self,
        states: type[S],
        *rows: Transition[S, M, R],
        barred: Mapping[R, Refusal] | None = None,
    ) -> None:
        """Lay the rows out by move and state."""
        self.states = states
        self.rows = rows
        self._barred = dict(barred or {})
        self._at: set[tuple[M, S, R]] = set()
        self._leads: dict[tuple[M, S], S] = {}
        for row in rows:
            for state in row.frm:
                to = row.to or state
                if self._leads.setdefault((row.move, state), to) is not to:
                    raise ValueError(f"{row.move} leads from {state} to two places")
                self._at |= {(row.move, state, one) for one in row.by}

    def why_not(self, state: str, move: M, relations: Iterable[R]) -> Refusal | None:
        """Return why a move is refused, None where it is allowed.

        Whoever may never make it is told so before anything about the state; where the record
        stands where the move leads, `again` of its row, which is ALREADY unless it says otherwise.
        """
        mine, stands = frozenset(relations), self.states(state)
        if any((move, stands, one) in self._at for one in mine):
            return None
        theirs = [row for row in self.rows if row.move is move and row.by & mine]
        if theirs:
            led = (row.again for row in theirs if row.to is stands and stands not in row.frm)
            return next(led, Refusal.WRONG_TIME)
        return next((why for one, why in self._barred.items() if one in mine), Refusal.NOT_ALLOWED)

    def open_to(self, state: str, relations: Iterable[R]) -> frozenset[M]:
        """Return the moves that somebody may make now."""
        mine, stands = frozenset(relations), self.states(state)
        return frozenset(move for move, frm, by in self._at if frm is stands and by in mine)

    def after(self, state: str, move: M) -> S:
        """Return the state that a move leads to; KeyError for one that nobody may make there."""
        return self._leads[move, self.states(state)]


@dataclass(frozen=True)
class PageOf(Generic[T]):
    """One page of a list; `page` counts from 0."""

    lines: tuple[T, ...]
    page: int
    pages: int
    count: int
    """On all pages."""

    def of(self, lines: Iterable[U]) -> "PageOf[U]":
        """Return the same page of other lines, such as the views of its rows."""
        return PageOf(tuple(lines), self.page, self.pages, self.count)


def page_bounds(count: int, page: int, size: int) -> tuple[int, int]:
    """Return (page, pages) for a list of `count`: a page too far is the last one."""
    pages = max(1, -(-count // size))
    return max(0, min(page, pages - 1)), pages
