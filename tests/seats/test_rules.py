"""Parties, who fits, who gives way."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.rules import Refusal
from models.seats.rules import (
    MOST_BEYOND,
    Party,
    SeatState,
    beyond_number,
    may_ask_beyond,
    party_refusal,
    ran_out,
    who_fits,
    who_gives_way,
)

sizes = st.lists(st.integers(1, 4), max_size=8)
free = st.integers(-3, 12)


@pytest.mark.parametrize(
    "party",
    [
        Party(0),
        Party(-1),
        Party(5),
        Party(2, children=3),
        Party(2, children=-1),
        Party(1, children=1),
        Party(3, children=3, brought_by="  "),
        Party(3, children=3, brought_by="\u3164\u200b"),
    ],
)
def test_a_party_that_nobody_answers_for_is_refused(party: Party) -> None:
    assert party_refusal(party, 4) is Refusal.BAD_CHOICE


@given(st.integers(-2, 6), st.integers(-2, 6), st.sampled_from(["", "外婆"]), st.integers(1, 4))
def test_children_come_with_a_grown_up_or_with_who_brings_them(
    size: int, children: int, brought_by: str, most: int
) -> None:
    allowed = party_refusal(Party(size, children, brought_by=brought_by), most) is None
    assert allowed == (
        size in range(1, most + 1)
        and children in range(size + 1)
        and (children < size or brought_by != "")
    )


@given(free, sizes)
def test_no_more_are_asked_than_fit_and_nobody_is_left_who_would(
    free: int, line: list[int]
) -> None:
    fits = who_fits(free, line)
    left = free - sum(line[place] for place in fits)
    assert fits == sorted(set(fits))
    assert left >= min(free, 0)
    assert all(size > left for place, size in enumerate(line) if place not in fits)


@given(free, sizes)
def test_of_two_of_one_size_the_earlier_is_asked_first(free: int, line: list[int]) -> None:
    fits = who_fits(free, line)
    for later in fits:
        earlier = [place for place in range(later) if line[place] <= line[later]]
        assert set(earlier) <= set(fits)


@given(sizes)
def test_without_a_limit_everybody_fits_and_nobody_gives_way(line: list[int]) -> None:
    assert who_fits(None, line) == [*range(len(line))]
    assert who_gives_way(None, line, line) == []


@given(free, sizes, sizes)
def test_who_gives_way_makes_room_for_somebody_who_would_wait(
    free: int, late: list[int], line: list[int]
) -> None:
    ways = who_gives_way(free, late, line)
    room = free + sum(late[place] for place in ways)
    before, after = (sum(line[place] for place in who_fits(n, line)) for n in (free, room))
    assert ways == sorted(set(ways))
    assert after > before if ways else after == before


@given(free, sizes)
def test_where_nobody_waits_nobody_gives_way(free: int, late: list[int]) -> None:
    assert who_gives_way(free, late, []) == []


def test_an_empty_chair_helps_nobody() -> None:
    assert who_gives_way(0, [1], [3]) == []
    assert who_gives_way(2, [1], [3]) == [0]
    assert who_gives_way(0, [1, 1], [1]) == [0]
    assert who_gives_way(1, [1], [1]) == []
    assert who_gives_way(0, [2], [1, 1]) == [0]
    assert who_gives_way(-1, [1], [1]) == []


@given(st.integers(1, 500), st.integers(0, 500))
def test_beyond_the_number_are_few_and_no_more_than_are_not_sure(seats: int, unsure: int) -> None:
    many = may_ask_beyond(seats, unsure)
    assert many * 100 <= seats * MOST_BEYOND
    assert many <= unsure


@given(st.none() | st.integers(1, 50), st.integers(0, 60))
def test_what_is_beyond_is_what_the_seats_do_not_hold(seats: int | None, taken: int) -> None:
    beyond = beyond_number(seats, taken)
    assert beyond >= 0
    assert seats is None or taken <= seats + beyond
    assert beyond == 0 or (seats is not None and taken == seats + beyond)


@given(st.sampled_from([None, *SeatState]), st.none() | st.datetimes(), st.datetimes())
def test_only_a_seat_that_was_offered_runs_out(
    state: SeatState | None, until: datetime | None, now: datetime
) -> None:
    offered = state is SeatState.ASKED and until is not None
    assert ran_out(state, until, now) == (offered and until is not None and not now < until)
