"""Counting: majorities, quorum, one vote a household."""

import re
import unicodedata
from dataclasses import dataclass, replace

from models.places.rules import read_numeral
from models.votes.rules.notices import Majority, Result, VoteChoice


@dataclass(frozen=True)
class VoteTally:
    """How many voices said what; ValueError below nought."""

    yes: int = 0
    no: int = 0
    abstain: int = 0

    def __post_init__(self) -> None:
        if min(self.yes, self.no, self.abstain) < 0:
            raise ValueError(f"{self} counts below nought")

    @property
    def voted(self) -> int:
        """How many voices were given."""
        return self.yes + self.no + self.abstain

    def of(self, choice: VoteChoice) -> int:
        """Return how many said this."""
        return int(getattr(self, choice.value))

    def put(self, choice: VoteChoice) -> "VoteTally":
        """Return it with one voice more."""
        return replace(self, **{choice.value: self.of(choice) + 1})

    def take(self, choice: VoteChoice) -> "VoteTally":
        """Return it with one voice less; ValueError where nobody said so."""
        return replace(self, **{choice.value: self.of(choice) - 1})


def has_quorum(voted: int, eligible: int, quorum: int) -> bool:
    """Tell whether enough of those on the roll have voted: `quorum` per cent, and one at least."""
    return voted >= 1 and voted * 100 >= quorum * eligible


def has_majority(tally: VoteTally, majority: Majority) -> bool:
    """Return whether there is enough of yes among yes and no; who abstains is in neither."""
    if majority is Majority.TWO_THIRDS:
        return tally.yes >= 1 and tally.yes * 3 >= (tally.yes + tally.no) * 2
    return tally.yes > tally.no


def outcome(tally: VoteTally, eligible: int, quorum: int, majority: Majority) -> Result:
    """Return what a vote comes to, of so many `eligible` voices, at a `quorum` in per cent.

    Abstentions count for the quorum and for nothing else. A tie has not passed. A vote in which
    nobody took part decides nothing, whatever the quorum. ValueError where more have voted than
    may, or for a quorum that is no share.
    """
    if not 0 <= quorum <= 100 or tally.voted > eligible:
        raise ValueError(f"{tally.voted} of {eligible} voices at a quorum of {quorum} %")
    if not has_quorum(tally.voted, eligible, quorum):
        return Result.NO_QUORUM
    return Result.PASSED if has_majority(tally, majority) else Result.FAILED


LONGEST = 120
"""Characters that are read; a door has forty (`models.people.rules.FIELD_LENGTH`)."""


NUMERAL = re.compile("[〇零一二两三四五六七八九十百]+")


HOUSE = re.compile(
    r"\d+[a-z]?(?:号楼|楼栋|栋|幢|座)|\b(?:building|bldg|block|tower|house)\.? *#?\d+[a-z]?\b"
)
"""The building, named once more in front of the door."""


FLOOR = re.compile(r"\d+(?:楼|层)|\b(?:floor|level)\.? *\d+\b|\b\d+(?:st|nd|rd|th) +floor\b")
"""The floor, which the number of the room says as well."""


WORDS = re.compile(
    r"单元|门牌|号|室|房|户|门|第|之"
    r"|(?<![a-z])(?:unit|room|rm|apartment|apt|flat|door|number|no|suite|ste)(?![a-z])"
)
"""Left out wherever they stand, right behind a number too: '301room' is 301."""


PIECE = re.compile(r"\d+|[a-z]+|[^\W\d_a-z]+")


def same_door(text: str, *, in_building: bool) -> str:
    """Return the one spelling of a door: '2单元301室', 'Unit 2, 301' and '二-301' become '2-301'.

    Of people who belong to a building, building and floor are left out where something else is
    left; of others they tell doors apart. Numbers stay apart, so that 1-1101 is not 11-101. ''
    where there is nothing to go by.
    """
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    folded = NUMERAL.sub(lambda found: str(read_numeral(found[0])), folded)
    whole = _pieces(folded)
    for part in (HOUSE, FLOOR) if in_building else ():
        shorter = part.sub(" ", folded)
        folded = shorter if _pieces(shorter) else folded
    return "-".join(_pieces(folded) or whole)


def _pieces(folded: str) -> list[str]:
    found = PIECE.findall(WORDS.sub(" ", folded))
    return [piece.lstrip("0") or "0" if piece.isdecimal() else piece for piece in found]
