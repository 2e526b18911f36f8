"""What each rate counts, by its properties."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.digests.rules.rates import (
    NOTHING,
    SILENT,
    VERDICTS,
    Count,
    Facts,
    Rate,
    RateCounts,
    Word,
    by,
    part_of,
    response,
    satisfaction,
    solution,
    tally,
)
from models.digests.rules.times import Period, week_before
from models.help.rules.limits import Line
from models.places.rules import PlaceKind

START = datetime(2026, 11, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEKS = [
    Period(START + timedelta(days=7 * n), START + timedelta(days=7 * (n + 1))) for n in range(4)
]
WHOLE = Period(START, WEEKS[-1].end)

instants = st.integers(0, 4 * 7 * 24 - 1).map(lambda hours: START + hours * HOUR)
words = st.builds(
    Word,
    at=instants,
    what=st.sampled_from([*VERDICTS, Line.RATED]),
    stars=st.integers(1, 5),
)
facts = st.builds(
    Facts,
    path=st.sampled_from(["/1/2/3/", "/1/2/4/", "/1/2/", "/1/5/"]),
    category=st.sampled_from(["errands", "repairs", "public.noise"]),
    answer_by=instants,
    answered_at=st.none() | instants,
    promised_by=instants,
    called_off_at=st.none() | instants,
    waiting=st.booleans(),
    words=st.lists(words, max_size=6).map(
        lambda found: tuple(sorted(found, key=lambda word: word.at))
    ),
)
counts = st.builds(
    lambda good, other, apart: Count(good, good + other, min(apart, other)),
    st.integers(0, 500),
    st.integers(0, 500),
    st.integers(0, 500),
)


def whole(*, words: tuple[Word, ...] = (), **changes: object) -> Facts:
    """Make a request that nothing has happened to, due in the second week."""
    given = {
        "path": "/1/2/3/",
        "category": "errands",
        "answer_by": WEEKS[1].start + HOUR,
        "answered_at": None,
        "promised_by": WEEKS[1].start + HOUR,
        "called_off_at": None,
        "waiting": False,
        "words": words,
    }
    return Facts(**(given | changes))  # type: ignore[arg-type]  # the caller names real fields


@given(facts)
def test_a_request_counts_for_the_response_rate_in_one_week_at_most(one: Facts) -> None:
    weekly = [response(one, week) for week in WEEKS]
    assert sum(count.all for count in weekly) <= 1
    assert sum(weekly, Count()) == response(one, WHOLE)


@given(facts)
def test_answered_in_time_is_good_and_nothing_else_is(one: Facts) -> None:
    in_time = one.answered_at is not None and one.answered_at <= one.answer_by
    assert response(one, WHOLE).good == int(in_time)


@given(facts)
def test_a_late_answer_never_counts_as_good(one: Facts) -> None:
    for week in WEEKS:
        counted = response(one, week)
        assert counted.good <= counted.all <= 1
        if counted.all and not counted.good:
            assert one.answer_by in week


@given(facts)
def test_solved_is_the_residents_word_alone(one: Facts) -> None:
    for week in WEEKS:
        counted = solution(one, week)
        said = [word for word in one.words if word.what in VERDICTS and word.at in week]
        assert bool(counted.good) == bool(said and said[-1].what is Line.SOLVED)
        assert bool(counted.apart) == bool(said and said[-1].what in SILENT)
        assert counted.good + counted.apart <= counted.all <= 1
        if said:
            assert counted.all == 1


@given(facts, words)
def test_what_is_said_later_does_not_change_a_week_that_is_over(one: Facts, later: Word) -> None:
    with_more = Facts(**{**vars(one), "words": (*one.words, later)})
    for week in WEEKS:
        if later.at >= week.end:
            assert tally([one], week) == tally([with_more], week)


@given(facts)
def test_satisfaction_counts_a_request_once_a_week_by_its_last_stars(one: Facts) -> None:
    for week in WEEKS:
        stars = [w.stars for w in one.words if w.what is Line.RATED and w.at in week]
        expected = Count(int(stars[-1] >= 4), 1) if stars else Count()
        assert satisfaction(one, week) == expected


@given(st.lists(facts, max_size=12))
def test_parts_add_up_to_the_whole(many: list[Facts]) -> None:
    for key in (lambda one: one.path, lambda one: one.category, lambda one: one.promised_by):
        parts = by(many, key, WEEKS[1])
        assert sum(parts.values(), NOTHING) == tally(many, WEEKS[1])
        assert NOTHING not in parts.values()


@given(counts)
def test_a_percentage_is_of_something_and_never_flatters(count: Count) -> None:
    if not count.all:
        assert count.percent is None
        return
    assert count.percent is not None
    assert 0 <= count.percent <= 100
    assert (count.percent == 100) == (count.good == count.all)
    assert (count.percent == 0) == (count.good == 0)
    assert abs(count.percent - 100 * count.good / count.all) <= 1


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (whole(), Count(0, 1)),
        (whole(words=(Word(WEEKS[1].start + 50 * HOUR, Line.SOLVED),)), Count(1, 1)),
        (whole(words=(Word(WEEKS[0].start, Line.SOLVED),)), Count()),
        (whole(words=(Word(WEEKS[0].start, Line.UNSOLVED),)), Count(0, 1)),
        (whole(words=(Word(WEEKS[2].start, Line.SOLVED),)), Count(0, 1)),
        (whole(words=(Word(WEEKS[1].start, Line.UNCONFIRMED),)), Count(0, 1, 1)),
        (whole(words=(Word(WEEKS[1].start, Line.GIVEN_UP),)), Count(0, 1, 1)),
        (whole(words=(Word(WEEKS[0].start, Line.REOPENED),)), Count(0, 1)),
        (whole(called_off_at=WEEKS[1].start), Count()),
        (whole(called_off_at=WEEKS[1].start + 2 * HOUR), Count(0, 1)),
        (whole(waiting=True), Count()),
    ],
)
def test_what_is_due_and_what_was_said(one: Facts, expected: Count) -> None:
    assert solution(one, WEEKS[1]) == expected


def test_called_off_before_the_answer_was_due_does_not_count() -> None:
    assert response(whole(called_off_at=WEEKS[1].start), WEEKS[1]) == Count()
    late = whole(called_off_at=WEEKS[1].start + 2 * HOUR)
    assert response(late, WEEKS[1]) == Count(0, 1)


def test_each_rate_is_found_by_its_name() -> None:
    counted = RateCounts(Count(1, 2), Count(3, 4), Count(5, 6))
    assert [counted.of(rate) for rate in Rate] == [Count(1, 2), Count(3, 4), Count(5, 6)]


KINDS = {
    1: PlaceKind.STREET,
    2: PlaceKind.COMMUNITY,
    3: PlaceKind.GRID,
    4: PlaceKind.BUILDING,
    5: PlaceKind.BUILDING,
}


@pytest.mark.parametrize(
    ("path", "upper", "expected"),
    [
        ("/1/2/3/4/", "/1/", 2),
        ("/1/2/", "/1/", 2),
        ("/1/", "/1/", 1),
        ("/1/2/3/4/", "/1/2/", 3),
        ("/1/2/5/", "/1/2/", 2),
        ("/1/2/3/4/", "/1/2/3/", 3),
    ],
)
def test_parts_of_a_place(path: str, upper: str, expected: int) -> None:
    assert part_of(path, upper, KINDS) == expected


@given(
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin"]),
)
def test_weeks_follow_one_another_without_a_gap(day: date, zone: str) -> None:
    assert week_before(day, zone).start == week_before(day - timedelta(days=7), zone).end
    assert week_before(day, zone).end - week_before(day, zone).start >= timedelta(days=7, hours=-1)
