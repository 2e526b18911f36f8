"""What changed between two texts."""

import sys
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.proposals.rules.changes import ChangeKind, Piece, compare

MOST_STEPS = 2_000_000
"""Lines of Python that one comparison may take: a third of a second of the slowest machine's time.
Two texts that nobody bounds take a hundred times as many."""

TEXTS = st.text(alphabet=st.sampled_from("老人上下楼装电梯 ab 12,。\n"), max_size=60) | st.text()


def put_together(pieces: tuple[Piece, ...], *kinds: ChangeKind) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(TEXTS, TEXTS)
@example("", "x")
@example("同", "同")
def test_old_and_new_can_be_read_from_it(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert put_together(pieces, ChangeKind.SAME, ChangeKind.GONE) == old
    assert put_together(pieces, ChangeKind.SAME, ChangeKind.NEW) == new
    assert all(piece.text for piece in pieces)


@given(TEXTS, TEXTS)
def test_neighbours_differ_and_what_went_comes_first(old: str, new: str) -> None:
    kinds = [piece.kind for piece in compare(old, new)]
    assert all(one is not next_ for one, next_ in pairwise(kinds))
    assert (ChangeKind.NEW, ChangeKind.GONE) not in pairwise(kinds)
    assert (old == new) == (set(kinds) <= {ChangeKind.SAME})


def test_a_word_is_changed_as_a_word() -> None:
    assert compare("One lift for block 3", "Two lifts for block 3") == (
        Piece(ChangeKind.GONE, "One lift "),
        Piece(ChangeKind.NEW, "Two lifts "),
        Piece(ChangeKind.SAME, "for block 3"),
    )


def test_chinese_is_read_sign_by_sign() -> None:
    assert compare("请在三号楼装一部电梯", "请在三号楼和四号楼装两部电梯") == (
        Piece(ChangeKind.SAME, "请在三号楼"),
        Piece(ChangeKind.GONE, "装一"),
        Piece(ChangeKind.NEW, "和四号楼装两"),
        Piece(ChangeKind.SAME, "部电梯"),
    )


@pytest.mark.parametrize("old", ["的地" * 750, "的" * 1500, "ab " * 500])
@pytest.mark.parametrize("new", ["地的得" * 500, "的" * 1400 + "地", "ba " * 500])
def test_what_was_made_up_to_keep_us_busy_does_not(old: str, new: str) -> None:
    steps = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal steps
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        compare(old, new)
    finally:
        sys.settrace(before)
    assert steps < MOST_STEPS


def test_what_was_written_anew_stands_side_by_side() -> None:
    old, new = "老人上下楼很吃力", "想在院子里种几棵桂花树"
    assert compare(old, new) == (Piece(ChangeKind.GONE, old), Piece(ChangeKind.NEW, new))
