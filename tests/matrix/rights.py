"""The table of rights: who may do what, one line an act; what is not in it fails."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

from tests.matrix.everybody import Who
from tests.matrix.trying import Came
from tests.profile import length

TABLE = Path(__file__).parent / "rights.txt"

TRIED: tuple[Who, ...] = tuple(
    who
    for who in Who
    if who not in {Who.STRANGER, Who.NEWCOMER, Who.OUTSIDER, Who.STAFF_BESIDE, Who.NEIGHBOUR}
)
"""Who tries each act. Whoever has not registered is kept out by one gate, tried by itself; whoever
lives beside may no more than their secretary; the revoked one is a neighbour like any other."""


OF_NOBODY = (Who.SECRETARY_BESIDE, Who.REVOKED)
"""Who tries what others may: whoever has the right elsewhere, and whoever had it."""


@dataclass(frozen=True)
class Right:
    """One act: what a button carries that says it, and to whom it does what."""

    act: str
    data: str
    changes: frozenset[Who]
    """For whom something changes: a row beyond the bookkeeping, or somebody is told."""
    asks: frozenset[Who]
    """Whom a form asks on."""
    tells: frozenset[Who]
    """To whom something is told that is not everybody's."""

    def tried_by(self) -> tuple[Who, ...]:
        """Return who tries it: in a soak everybody, else one of those to whom it does the same.

        That is the first of them, who has the least right to it; of those to whom it does nothing
        one more, from act to act another, so that no role is passed over. What does nothing to
        anybody is tried by the secretary alone.
        """
        if not self.changes | self.asks | self.tells:
            return length((Who.SECRETARY,), TRIED)
        first: dict[tuple[bool, ...], Who] = {}
        for who in TRIED:
            first.setdefault(self._does(who), who)
        nothing = [who for who in TRIED if not any(self._does(who))]
        by_turns = nothing[crc32(self.act.encode()) % len(nothing) :][:1] if nothing else []
        one_of_each = {*first.values(), *by_turns, *(who for who in OF_NOBODY if who in nothing)}
        return length(tuple(who for who in TRIED if who in one_of_each), TRIED)

    def _does(self, who: Who) -> tuple[bool, ...]:
        return tuple(who in people for people in (self.changes, self.asks, self.tells))

    def to(self, people: Iterable[Who]) -> "Right":
        """Return what it does to some of those who try it."""
        some = frozenset(people)
        return replace(
            self, changes=self.changes & some, asks=self.asks & some, tells=self.tells & some
        )

    def line(self) -> str:
        """Write it as it stands in the table."""
        parts = (self.act, self.data, *map(_names, (self.changes, self.asks, self.tells)))
        return " | ".join(parts)


def read_rights(text: str) -> list[Right]:
    """Read the table; lines that begin with '#' are remarks."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [_read(line) for line in lines]


def right_of(act: str, data: str, came: Mapping[Who, Came]) -> Right:
    """Return what came of an act as a line of the table."""
    return Right(
        act,
        data,
        frozenset(who for who, one in came.items() if one.changed),
        frozenset(who for who, one in came.items() if one.asks),
        frozenset(who for who, one in came.items() if one.told),
    )


def _read(line: str) -> Right:
    act, data, *who = (part.strip() for part in line.split("|"))
    changes, asks, tells = (frozenset(_people(part)) for part in who)
    return Right(act, data, changes, asks, tells)


def _people(names: str) -> Iterable[Who]:
    if names == "all":
        return TRIED
    return (Who(name) for name in names.split() if name != "-")


def _names(people: frozenset[Who]) -> str:
    if people == set(TRIED):
        return "all"
    return " ".join(who for who in TRIED if who in people) or "-"
