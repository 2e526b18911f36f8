"""Spelling, searching and naming of places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.places.rules import (
    READ_AT_MOST,
    PlaceKind,
    ancestors,
    child_path,
    covers,
    distance,
    fold,
    house_in,
    is_home,
    kinds_below,
    natural,
    outermost,
    path_name,
    read_numeral,
    sought,
)

paths = st.lists(st.integers(1, 99), min_size=1, max_size=6).map(
    lambda ids: "/" + "/".join(map(str, ids)) + "/"
)


@pytest.mark.parametrize(
    "typed",
    [
        "3号楼", "3 号", "３号楼", "三号楼", "3栋", "3幢", "3#", "#3", "No. 3", "no 3",
        "building 3", "Building3", "BLDG 3", "Block 3", "3 Building", " 3　号楼 ",
    ],
)  # fmt: skip
def test_one_building_is_spelt_in_many_ways(typed: str) -> None:
    assert fold(typed) == "3楼"


@pytest.mark.parametrize(
    ("typed", "house"),
    [
        ("3", "3楼"),
        ("桂花社区三号楼", "3楼"),
        ("5号楼2单元301室", "5楼"),
        ("十二号楼", "12楼"),
        ("35弄8号", "8楼"),
        ("3A栋", "3a楼"),
        ("桂花社区", None),
        ("🙂" * 5000, None),
        ("", None),
    ],
)
def test_the_building_is_read_out_of_what_was_typed(typed: str, house: str | None) -> None:
    assert house_in(fold(typed)) == house


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("一百零三", 103), ("二〇五", 205)],
)
def test_chinese_numerals(numeral: str, number: int) -> None:
    assert read_numeral(numeral) == number


@given(st.text(max_size=600))
def test_folding_takes_any_text_and_is_stable(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == fold(fold(folded))
    assert "%" not in folded
    assert folded == fold(text[:READ_AT_MOST])


def test_a_number_never_finds_another_that_contains_it() -> None:
    assert " 3楼 " not in sought("13号楼", "Building 13", "b13")
    assert " 3楼 " in sought("3号楼", "Building 3", "b3")


@given(paths, st.integers(1, 99))
def test_a_place_covers_what_is_below_it_and_not_the_other_way(path: str, below: int) -> None:
    child = child_path(path, below)
    assert covers(path, child)
    assert covers(path, path)
    assert not covers(child, path)
    assert ancestors(child) == [*ancestors(path), below]


@given(paths, paths)
def test_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


def test_people_live_in_buildings_grids_and_lowest_places() -> None:
    assert is_home(PlaceKind.BUILDING, leaf=True)
    assert is_home(PlaceKind.GRID, leaf=False)
    assert is_home(PlaceKind.COMMUNITY, leaf=True)
    assert not is_home(PlaceKind.COMMUNITY, leaf=False)


def test_only_lower_storeys_stand_below_a_place() -> None:
    assert kinds_below(PlaceKind.COMMUNITY) == [PlaceKind.GRID, PlaceKind.BUILDING]
    assert kinds_below(PlaceKind.BUILDING) == []


def test_names_run_from_wide_to_narrow_in_chinese_and_back_in_english() -> None:
    line = [("桂花社区", "Guihua Community"), ("3号楼", "Building 3"), ("乙单元", None)]
    assert path_name(line, "zh_Hans") == "桂花社区 3号楼 乙单元"
    assert path_name(line, "en") == "乙单元, Building 3, Guihua Community"


def test_buildings_sort_as_people_count() -> None:
    names = ["10号楼", "三号楼", "2号楼", "１号楼", "甲楼"]
    assert sorted(names, key=natural) == ["１号楼", "2号楼", "三号楼", "10号楼", "甲楼"]


@given(st.lists(paths, max_size=8))
def test_the_outermost_of_some_places_cover_them_all_and_none_another(some: list[str]) -> None:
    tops = outermost(some)
    assert all(any(covers(top, one) for top in tops) for one in some)
    assert not any(covers(one, other) for one in tops for other in tops if one != other)
    assert set(tops) <= set(some)
