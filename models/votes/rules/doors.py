"""Which door it is: the ways of writing one door brought to one spelling.

Doors are compared, never shown: two people of one building whose doors come to the same spelling
are one household.
"""

import re
import unicodedata

from models.places.rules import read_numeral

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
    """Give the one spelling of a door: '2单元301室', 'Unit 2, 301' and '二-301' become '2-301'.

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
