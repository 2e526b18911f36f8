"""What changed between two texts, word by word; of Chinese, sign by sign."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = re.compile(r"[^\W\d_\u3400-\u9fff]+[ ]?|\d+|.", re.DOTALL)
"""A word of letters with its space, a number, or any one sign, as each of Chinese is."""

TOO_SHORT = 2
"""What stays the same between two changes is part of the change unless it is longer: a sign that
two sentences share by chance tells nothing."""

ALIKE_FROM = 0.3
"""Below this likeness (0 to 1) a text was written anew: word by word nobody would follow."""

MOST_PAIRS = 30_000
"""Equal words of the two texts, each with each, up to which they are compared word by word: two
stories of 1,500 signs have about 15,000, and what somebody made up to keep us busy far more. With
so many it takes under a second (measured)."""


class ChangeKind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """A stretch of text and what became of it."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True)
class Text:
    """What a proposal says."""

    title: str
    problem: str
    wish: str


def tells(text: Text) -> bool:
    """Return whether a text says anything: a title, and a problem or a wish, with words in them."""
    title, *rest = (any(char.isalnum() for char in part) for part in _parts(text))
    return title and any(rest)


def _parts(text: Text) -> tuple[str, str, str]:
    return text.title, text.problem, text.wish


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """Return what changed. What stayed with what went is the old text, with what came the new one.

    Neighbouring pieces are of different kinds, what went before what came.
    """
    if old == new:
        return _pieces((ChangeKind.SAME, old))
    before, after = WORDS.findall(old), WORDS.findall(new)
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    first, last = "".join(before[:head]), "".join(before[len(before) - tail :])
    inner = _inner(before[head : len(before) - tail], after[head : len(after) - tail])
    return _pieces((ChangeKind.SAME, first), *inner, (ChangeKind.SAME, last))


def _alike(one: list[str], other: list[str]) -> int:
    """Count the words with which both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _inner(before: list[str], after: list[str]) -> Iterable[tuple[ChangeKind, str]]:
    """Compare what lies between the two ends that stayed."""
    counts = Counter(after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if sum(counts[word] for word in before) > MOST_PAIRS or matcher.ratio() < ALIKE_FROM:
        return [(ChangeKind.GONE, "".join(before)), (ChangeKind.NEW, "".join(after))]
    return _joined(matcher, before, after)


def _joined(
    matcher: SequenceMatcher[str], before: list[str], after: list[str]
) -> Iterator[tuple[ChangeKind, str]]:
    """Return what stayed, and between it what went and what came, as wide as is readable."""
    at, to = 0, 0
    for block in matcher.get_matching_blocks():
        same = "".join(before[block.a : block.a + block.size])
        if block.size and len(same.strip()) < TOO_SHORT:
            continue
        yield ChangeKind.GONE, "".join(before[at : block.a])
        yield ChangeKind.NEW, "".join(after[to : block.b])
        yield ChangeKind.SAME, same
        at, to = block.a + block.size, block.b + block.size


def _pieces(*given: tuple[ChangeKind, str]) -> tuple[Piece, ...]:
    """Leave out what is empty, and put together what follows its own kind."""
    found: list[Piece] = []
    for kind, text in given:
        if text and found and found[-1].kind is kind:
            found[-1] = Piece(kind, found[-1].text + text)
        elif text:
            found.append(Piece(kind, text))
    return tuple(found)
