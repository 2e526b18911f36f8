"""Faults are named without their words."""

import json
from pathlib import Path

import pytest

from models.faults import named, where

HERE = Path(__file__).relative_to(Path(__file__).parents[2]).as_posix()


def fault_of(work: object) -> ValueError:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - its words are what must not show
        json.loads(str(work))
    return caught.value


def test_a_fault_in_a_library_is_placed_where_we_called_it() -> None:
    error = fault_of("Ann has lost her keys")
    place, _, line = where(error).rpartition(":")
    assert place == HERE
    assert "json.loads" in Path(__file__).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_its_words_are_left_out() -> None:
    error = fault_of("Ann has lost her keys")
    assert named(error) == f"JSONDecodeError at {where(error)}"


def test_what_never_was_raised_has_no_place() -> None:
    assert named(ValueError("Ann")) == "ValueError"
