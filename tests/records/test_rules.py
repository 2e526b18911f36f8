"""What a lifecycle promises, whatever its rows."""

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.rules import Lifecycle, Refusal, Transition, page_bounds


class Stands(StrEnum):
    A = "a"
    B = "b"
    C = "c"


class Does(StrEnum):
    LOOK = "look"
    GO = "go"
    BACK = "back"


class Is(StrEnum):
    NEAR = "near"
    FAR = "far"
    BARRED = "barred"


subsets = st.frozensets(st.sampled_from(Is))


@st.composite
def rows(draw: st.DrawFn) -> list[Transition[Stands, Does, Is]]:
    """Draw rows that lead each move and state to one place."""
    keys = st.tuples(st.sampled_from(Does), st.sampled_from(Stands))
    drawn = draw(st.lists(keys, unique=True))
    return [
        Transition(
            move,
            draw(st.frozensets(st.sampled_from([Is.NEAR, Is.FAR]), min_size=1)),
            frozenset({state}),
            draw(st.none() | st.sampled_from(Stands)),
        )
        for move, state in drawn
    ]


def cycle(table: list[Transition[Stands, Does, Is]]) -> Lifecycle[Stands, Does, Is]:
    return Lifecycle(Stands, *table, barred={Is.BARRED: Refusal.OWN})


@given(rows(), st.sampled_from(Stands), subsets)
def test_exactly_the_moves_that_are_open_are_not_refused(
    table: list[Transition[Stands, Does, Is]], state: Stands, mine: frozenset[Is]
) -> None:
    life = cycle(table)
    free = {move for move in Does if life.why_not(state, move, mine) is None}
    assert free == life.open_to(state, mine)


@given(rows(), st.sampled_from(Stands), subsets)
def test_every_open_move_leads_where_its_row_says(
    table: list[Transition[Stands, Does, Is]], state: Stands, mine: frozenset[Is]
) -> None:
    life = cycle(table)
    for move in life.open_to(state, mine):
        (row,) = [one for one in table if one.move is move and state in one.frm]
        assert life.after(state, move) is (row.to or state)


@given(rows(), st.sampled_from(Stands), st.sampled_from(Does), subsets)
def test_more_relations_never_take_a_move_away(
    table: list[Transition[Stands, Does, Is]], state: Stands, move: Does, mine: frozenset[Is]
) -> None:
    life = cycle(table)
    if life.why_not(state, move, mine) is None:
        assert life.why_not(state, move, mine | set(Is)) is None


@given(rows(), st.sampled_from(Stands), st.sampled_from(Does))
def test_a_stranger_is_never_told_how_it_stands(
    table: list[Transition[Stands, Does, Is]], state: Stands, move: Does
) -> None:
    life = cycle(table)
    assert life.why_not(state, move, ()) is Refusal.NOT_ALLOWED
    assert life.why_not(state, move, {Is.BARRED}) is Refusal.OWN


def test_what_has_been_done_is_said_to_be_so_already() -> None:
    go = Transition(Does.GO, frozenset({Is.NEAR}), frozenset({Stands.A}), Stands.B)
    life = cycle([go])
    assert life.why_not(Stands.B, Does.GO, {Is.NEAR}) is Refusal.ALREADY
    assert life.why_not(Stands.C, Does.GO, {Is.NEAR}) is Refusal.WRONG_TIME
    with pytest.raises(KeyError):
        life.after(Stands.C, Does.GO)


def test_a_move_that_says_something_may_not_be_so_already() -> None:
    by, frm = frozenset({Is.NEAR}), frozenset({Stands.A})
    life = cycle([Transition(Does.GO, by, frm, Stands.B, again=Refusal.WRONG_TIME)])
    assert life.why_not(Stands.A, Does.GO, by) is None
    assert life.why_not(Stands.B, Does.GO, by) is Refusal.WRONG_TIME


def test_rows_that_lead_to_two_places_are_refused() -> None:
    by, frm = frozenset({Is.NEAR}), frozenset({Stands.A})
    with pytest.raises(ValueError, match="two places"):
        Lifecycle(
            Stands,
            Transition(Does.GO, by, frm, Stands.B),
            Transition(Does.GO, frozenset({Is.FAR}), frm, Stands.C),
        )


@given(st.integers(0, 10_000), st.integers(-5, 10_000), st.integers(1, 50))
def test_a_page_is_always_one_that_there_is(count: int, page: int, size: int) -> None:
    shown, pages = page_bounds(count, page, size)
    assert 0 <= shown < pages
    assert (pages - 1) * size < count or pages == 1
    assert pages * size >= count
    if 0 <= page < pages:
        assert shown == page
