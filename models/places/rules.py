"""What a place is, who stands above whom in the tree, how places are called and sought."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

NAME_LENGTH = 80
"""Characters that a place's name may have."""


class PlaceKind(StrEnum):
    """The storeys of the tree, widest first."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    BUILDING = "building"


class Planting(StrEnum):
    """Why a place was not added or renamed."""

    NOT_ALLOWED = "not_allowed"
    NO_SUCH_PLACE = "no_such_place"
    TOO_LOW = "too_low"
    """The kind does not stand below the parent's."""
    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    RENAMED = "renamed"


class Verb(StrEnum):
    """How the tree's shape can be changed."""

    MOVE = "move"
    """With all below it, to stand below another place."""
    MERGE = "merge"
    """Into another of its kind, which takes over all that hangs on it."""
    REMOVE = "remove"


@dataclass(frozen=True)
class Change:
    """A change of the tree's shape."""

    verb: Verb
    place_id: int
    to_id: int | None = None
    """Below which place it moves, or into which it is merged."""


class Reshaping(StrEnum):
    """What came of a change of the tree's shape."""

    MOVED = "moved"
    MERGED = "merged"
    REMOVED = "removed"
    NOT_ALLOWED = "not_allowed"
    NO_SUCH_PLACE = "no_such_place"
    TOO_LOW = "too_low"
    """The kind does not stand below the place it would move to."""
    THERE_ALREADY = "there_already"
    NAME_TAKEN = "name_taken"
    """Another of this name stands there: two could not be told apart."""
    NOT_ALIKE = "not_alike"
    """Merged are buildings, or grids, of one community alone."""
    TOP = "top"
    """Nothing stands above it."""
    IN_USE = "in_use"
    """Something goes on there that has to be seen through, moved or merged first."""
    TOO_DEEP = "too_deep"


MERGED_KINDS = frozenset({PlaceKind.GRID, PlaceKind.BUILDING})
"""Communities and what is above them count requests and proposals by numbers of their own."""

PATH_LENGTH = 255


class NoSuchPlaceError(LookupError):
    """A place that is not in the tree, or where nobody can live."""


def child_path(parent_path: str, place_id: int) -> str:
    """Give the path of a place below another: '/1/4/' and 9 make '/1/4/9/'; a root is below '/'."""
    return f"{parent_path}{place_id}/"


def covers(upper: str, lower: str) -> bool:
    """Return whether the place at path `upper` is the one at `lower` or stands above it."""
    return lower.startswith(upper)


def outermost(paths: Iterable[str]) -> list[str]:
    """Return those of some paths that lie below no other of them, each once, in their order."""
    each = sorted(set(paths))
    return [one for one in each if not any(covers(o, one) for o in each if o != one)]


def ancestors(path: str) -> list[int]:
    """List the ids on a path from the root down, the place itself last."""
    return [int(part) for part in path.strip("/").split("/") if part]


def distance(one: str, other: str) -> int:
    """Count the steps up and down the tree from one place to the other; 0 is the same place."""
    ours, theirs = ancestors(one), ancestors(other)
    shared = sum(1 for a, b in zip(ours, theirs, strict=False) if a == b)
    return len(ours) + len(theirs) - 2 * shared


def kinds_below(kind: PlaceKind) -> list[PlaceKind]:
    """List the kinds that may stand below one, the next storey first; storeys may be left out."""
    storeys = list(PlaceKind)
    return storeys[storeys.index(kind) + 1 :]


def same_name(name: str) -> str:
    """Return a name without what the eye passes over: widths, spaces, large or small letters."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_home(kind: PlaceKind, *, leaf: bool) -> bool:
    """Tell whether people can belong to a place: a building, a grid, or whatever is the lowest."""
    return leaf or kind in {PlaceKind.GRID, PlaceKind.BUILDING}


DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100}
NUMERAL = re.compile("[零〇一二两三四五六七八九十百]+")


def read_numeral(text: str) -> int:
    """Read Chinese digits below 1,000: '十二' 12, '一百零三' 103, '二〇五' 205."""
    if not TENS.keys() & set(text):
        return int("".join(str(DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in TENS:
            total += (digit or 1) * TENS[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit


HOUSE = "楼"
"""The one sign that every word for a building is folded to."""

WORDS = {"community": "社区", "grid": "网格", "street": "街道", "district": "区", "city": "市"}
BUILDING_FIRST = re.compile(r"(?:\b(?:building|bldg|block|tower|house|no)\.?|#) *(\d+[a-z]?)\b")
BUILDING_LAST = re.compile(r"(\d+[a-z]?) *(?:号楼|号|楼栋|楼|栋|幢|座|#|building\b|bldg\b|block\b)")
WORD_FIRST = re.compile(r"\b(grid) *(\d+)")
ORDINAL = re.compile(r"第(?=\d)")
TOKEN = re.compile(rf"\d+[a-z]?{HOUSE}|\d+|[a-z]+|[^\W\d_a-z]+")
READ_AT_MOST = 200
"""Characters of a typed text that are read: more never names a place."""


def fold(text: str) -> str:
    """Bring the ways of writing one place to one spelling, as words with single spaces between.

    '3号楼', '3 号', '３栋', '三号楼', 'Building 3' and '#3' all become '3楼'.
    """
    text = unicodedata.normalize("NFKC", text[:READ_AT_MOST]).casefold()
    text = NUMERAL.sub(lambda found: str(read_numeral(found[0])), text)
    text = BUILDING_FIRST.sub(rf" \1{HOUSE} ", text)
    text = BUILDING_LAST.sub(rf" \1{HOUSE} ", text)
    text = WORD_FIRST.sub(r" \2\1 ", ORDINAL.sub("", text))
    for english, chinese in WORDS.items():
        text = re.sub(rf"\b(\d*){english}\b", rf"\1{chinese}", text)
    return " ".join(TOKEN.findall(text))


def sought(name: str, name_en: str | None, code: str) -> str:
    """Return what a place is found by: its names and code folded, between bars: '| 3楼 | b 3 |'.

    Every word has a space on either side, so ' 3楼 ' never finds building 13.
    """
    folded = [fold(name), fold(name_en or ""), fold(code)]
    return "".join(f"| {part} " for part in dict.fromkeys(folded) if part) + "|"


def house_in(folded: str) -> str | None:
    """Give the building that a folded text names, if it names one; a bare number counts as one."""
    tokens = folded.split()
    named = [token for token in tokens if token.endswith(HOUSE) and token[0].isdigit()]
    if named:
        return named[0]
    return f"{folded}{HOUSE}" if folded.isdecimal() else None


def place_name(name: str, name_en: str | None, language: str) -> str:
    """Call a place in a reader's language; without an English name it keeps its own."""
    return name if language.startswith("zh") else name_en or name


def path_name(names: Sequence[tuple[str, str | None]], language: str) -> str:
    """Call a place by the line of (name, English name) from above down to itself.

    Chinese goes from the wide to the narrow, English the other way.
    """
    called = [place_name(name, name_en, language) for name, name_en in names]
    return " ".join(called) if language.startswith("zh") else ", ".join(reversed(called))


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts names as people count: 2 before 10, 二 before 三."""
    parts = re.findall(r"\d+|\D+", fold(name))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
