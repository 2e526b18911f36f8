"""What the desk searches for and takes along as spreadsheets."""

from dataclasses import dataclass
from enum import StrEnum

from models.people.rules import clean_phone
from models.places.rules import fold, house_in
from models.text import clean_line, clean_number

SEARCH_LENGTH = 100
WORDS_READ = 6
NUMBER_DIGITS = 9


@dataclass(frozen=True)
class SearchTerm:
    """One word, or all that was typed, in every meaning it may have."""

    words: str
    number: int | None
    """A receipt's."""
    phone: str | None
    place: str | None
    """As places are looked up: with spaces around a building's number."""


def read_search(text: str) -> list[list[SearchTerm]]:
    """Read what was typed: any of the lists has to hold, each by all of its terms.

    All that was typed may be one name, phone or building; else each word is found somewhere.
    """
    whole = clean_line(text, SEARCH_LENGTH)
    words = whole.split()[:WORDS_READ]
    if not words:
        return []
    ways = [[_term(whole)]]
    if len(words) > 1:
        ways.append([_term(word) for word in words])
    return ways


def _term(words: str) -> SearchTerm:
    folded = fold(words)
    house = house_in(folded)
    bare = words.lstrip("#№").removesuffix("号").removeprefix("No.").strip()
    return SearchTerm(
        words=words,
        number=clean_number(bare) if bare.isdecimal() else None,
        phone=clean_phone(words),
        place=f" {house} " if house and (house == folded or bare.isdecimal()) else folded or None,
    )


class Sheet(StrEnum):
    """What a spreadsheet is about."""

    REQUESTS = "requests"
    HOURS = "hours"
    CALLS = "calls"
