"""Where a seat stands, what a party may be, who fits, who gives way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.records.rules import Refusal
from models.text import clean_line

MOST_BEYOND = 10
"""Percent of the seats that may be asked in beyond the number, shortly before: 114 of 130 came."""

BROUGHT_BY_LENGTH = 60
"""Characters for who brings the children."""

ERASED = "—"
"""Stands for who brings the children once those words are erased: somebody does."""


class SeatState(StrEnum):
    """Where one party's seat stands."""

    WAITING = "waiting"
    """In the line."""
    ASKED = "asked"
    """A seat is kept for them until they answer."""
    HELD = "held"
    CAME = "came"
    ABSENT = "absent"
    """Held a seat to the end and did not come."""
    LET_GO = "let_go"


def ran_out(state: SeatState | None, ask_until: datetime | None, now: datetime) -> bool:
    """Return whether a seat was offered, and the time to take it is over."""
    return state is SeatState.ASKED and ask_until is not None and ask_until <= now


OPEN = (SeatState.WAITING, SeatState.ASKED, SeatState.HELD, SeatState.CAME)
"""A person has at most one of these on a list."""

COUNTED = (SeatState.ASKED, SeatState.HELD, SeatState.CAME)
"""These count against the number of seats."""
SEATED = (*COUNTED, SeatState.ABSENT)
"""Whose seats a list counts as taken, at the end too: those who held one and did not come among
them."""


class Took(StrEnum):
    """What became of asking for a seat."""

    HELD = "held"
    WAITING = "waiting"


class SeatOutcome(StrEnum):
    """What became of an act on a seat."""

    HELD = "held"
    LET_GO = "let_go"
    CAME = "came"
    WALKED_IN = "walked_in"
    """Counted at the door without a seat."""
    UNTICKED = "unticked"
    NOT_SIGNED_UP = "not_signed_up"


@dataclass(frozen=True)
class Party:
    """Who comes together on one seat list, signed up by one person."""

    size: int = 1
    """All together."""
    children: int = 0
    """Of these."""
    ages: str = ""
    """The code of the children's age band; never a name or a school."""
    brought_by: str = ""
    """Who brings the children, where nobody of the party is grown up."""


ALONE = Party()


@dataclass(frozen=True)
class Moved:
    """Who was asked in from the line, by person, in the order of the line."""

    asked: tuple[int, ...] = ()
    passed: tuple[int, ...] = ()
    """Too many for what is free: they keep their place while somebody behind them was asked."""


def party_refusal(party: Party, most: int) -> Refusal | None:
    """Return BAD_CHOICE for a party of none or of more than `most`, and for children alone."""
    sound = 1 <= party.size <= most and 0 <= party.children <= party.size
    alone = party.children == party.size and not clean_line(party.brought_by, BROUGHT_BY_LENGTH)
    return None if sound and not alone else Refusal.BAD_CHOICE


def beyond_number(seats: int | None, taken: int) -> int:
    """Return how many are taken beyond the number of seats."""
    return 0 if seats is None else max(0, taken - seats)


def may_ask_beyond(seats: int, unsure: int) -> int:
    """Return how many may be expected beyond the number, while so many are not sure to come."""
    return min(seats * MOST_BEYOND // 100, unsure)


def who_fits(free: int | None, sizes: Sequence[int]) -> list[int]:
    """Return which of a line (by index) fit into what is free, strictly by line.

    One that is too big keeps its place, and the next that fits goes in. None: there is no limit.
    """
    if free is None:
        return [*range(len(sizes))]
    fits = []
    for place, size in enumerate(sizes):
        if size <= free:
            fits.append(place)
            free -= size
    return fits


def who_gives_way(free: int | None, late: Sequence[int], line: Sequence[int]) -> list[int]:
    """Return which of those that did not answer (by index of `late`) give way to the line.

    Only where somebody who waits gets a seat by it that they would not get otherwise: else that
    seat would stand empty. `late` and `line` are sizes, both by line.
    """
    if free is None:
        return []
    ways: list[int] = []
    served, free = _serve(free, line)
    waiting = _without(line, served)
    for place, size in enumerate(late):
        served, rest = _serve(free + size, waiting)
        if served:
            ways.append(place)
            waiting, free = _without(waiting, served), rest
    return ways


def _serve(free: int, line: Sequence[int]) -> tuple[list[int], int]:
    """Return who of a line gets in, and what is free then."""
    served = who_fits(free, line)
    return served, free - sum(line[place] for place in served)


def _without(line: Sequence[int], served: Sequence[int]) -> list[int]:
    return [size for place, size in enumerate(line) if place not in served]
