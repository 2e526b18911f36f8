"""What is kept of some minutes, and whose word counts."""

from hypothesis import given
from hypothesis import strategies as st

from models.savings.rules import (
    MOST_AT_ONCE,
    CreditOutcome,
    SavingsPolicy,
    most_of,
    split,
    whose_word,
    wrong_minutes,
)

PEOPLE = st.integers(1, 6)
MAYBE = st.none() | PEOPLE


@given(st.integers(0, 100_000), st.integers(1, MOST_AT_ONCE), st.integers(0, 100_000))
def test_what_is_beyond_the_most_goes_to_the_pool_and_nothing_is_lost(
    balance: int, minutes: int, most: int
) -> None:
    saved, pooled = split(balance, minutes, most)
    assert saved + pooled == minutes
    assert min(saved, pooled) >= 0
    assert balance + saved <= max(balance, most)
    assert pooled == 0 or balance + saved >= most


@given(PEOPLE, MAYBE, PEOPLE, MAYBE)
def test_nobodys_own_word_counts_nor_that_of_whoever_is_bound_to_them(
    giver: int, proxy: int | None, by: int, by_proxy: int | None
) -> None:
    why = whose_word(giver, proxy, by, by_proxy)
    assert (why is CreditOutcome.OWN_WORD) == (giver == by)
    assert (why is None) == (by not in {giver, proxy} and giver != by_proxy)


@given(st.integers(-5000, 5000))
def test_a_piece_of_help_takes_from_a_minute_to_a_day(minutes: int) -> None:
    assert wrong_minutes(minutes) == (not 1 <= minutes <= 24 * 60)


def test_one_person_keeps_fifteen_hundred_hours() -> None:
    assert most_of(SavingsPolicy()) == 1500 * 60
