"""From instants to figures."""

import pytest

from benchmarks.figures import (
    longest_gap,
    milliseconds,
    most_within,
    number,
    per_second,
    percentile,
    spread,
    table,
)


def test_a_spread_is_the_median_between_the_extremes():
    assert str(spread([30.0, 10.0, 20.0])) == "20.0 (10.0 to 30.0)"
    assert str(spread([20.0])) == "20.0"


def test_nothing_measured_is_no_figure():
    assert spread([]) is None
    assert table(["bot", "turns"], [["none", None]])[-1] == "| none | – |"


@pytest.mark.parametrize(("share", "found"), [(0.5, 51), (0.99, 100), (1.0, 100)])
def test_a_percentile_is_the_nearest_rank(share, found):
    assert percentile(range(1, 101), share) == found


def test_a_sliding_window_does_not_hold_its_end():
    assert most_within([0.0, 0.5, 0.99, 1.0, 1.2], 1.0) == 4
    assert most_within([0.0, 1.0], 1.0) == 1
    assert most_within([], 1.0) == 0


def test_a_rate_counts_the_steps_between_instants():
    assert per_second([0.0, 0.5, 1.0, 1.5, 2.0]) == pytest.approx(2.0)
    assert per_second([1.0]) == 0.0


def test_the_longest_gap_is_between_neighbours():
    assert longest_gap([3.0, 0.0, 1.0]) == 2.0


def test_delays_are_in_milliseconds():
    assert milliseconds([(1.0, 1.25)]) == [250.0]


@pytest.mark.parametrize(
    ("value", "written"), [(1234.5, "1,234"), (12.34, "12.3"), (1.234, "1.23"), (0.0, "0.00")]
)
def test_numbers_have_three_digits_that_count(value, written):
    assert number(value) == written
