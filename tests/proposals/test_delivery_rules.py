"""The rules of delivery, rating and the yearly list, by their properties."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.hours.rules.local_time import in_utc
from models.policy.rules import Policy
from models.proposals.rules.delivery import (
    FARTHEST,
    IN_DELIVERY,
    StarsTally,
    assign_by,
    ends_with,
    is_good_date,
    is_underway,
    may_still_rate,
    month_later,
    street_at,
)
from models.proposals.rules.limits import STARS
from models.proposals.rules.outcomes import ProposalOutcome
from models.proposals.rules.states import Move, Part, Relation, State, relations, why_not
from models.proposals.rules.yearly import BECAME, Totals, span_of, year_of

DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis takes bounds without a zone
ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Los_Angeles", "UTC"])
RATINGS = st.lists(st.sampled_from(list(STARS)))
CLOCK = Policy().desk_clock()


@given(DAYS, st.integers(1, 24))
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int
) -> None:
    later = month_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert later.day <= day.day


@given(DAYS, st.integers(1, 12), st.integers(1, 12))
def test_more_months_are_never_earlier(day: date, fewer: int, more: int) -> None:
    assert month_later(day, fewer) < month_later(day, fewer + more)


@given(INSTANTS, INSTANTS)
def test_a_date_lies_ahead_within_two_years(due_at: datetime, now: datetime) -> None:
    assert is_good_date(due_at, now) == (timedelta() < due_at - now <= FARTHEST)


@given(st.none() | st.integers(1), st.none() | INSTANTS)
def test_it_is_underway_once_person_and_date_are_named(
    person_id: int | None, due_at: datetime | None
) -> None:
    assert is_underway(person_id, due_at) == (None not in {person_id, due_at})


@given(INSTANTS)
def test_the_street_is_told_a_working_week_after_the_date(due_at: datetime) -> None:
    for later in (street_at(due_at, CLOCK), assign_by(due_at, CLOCK)):
        assert later - due_at >= timedelta(days=4)


@given(RATINGS, st.integers(1, 5))
def test_it_ends_badly_where_somebody_rated_and_the_mean_is_low(
    stars: list[int], content_from: int
) -> None:
    tally = StarsTally.of(stars)
    low = tally.mean is not None and tally.mean < content_from
    assert ends_with(tally, content_from) == (Move.END_BADLY if low else Move.END_WELL)
    assert (tally.mean is None) == (not stars)


@given(RATINGS, RATINGS, st.integers(1, 5))
def test_better_stars_never_end_worse(stars: list[int], more: list[int], content: int) -> None:
    if ends_with(StarsTally.of(stars), content) is Move.END_WELL:
        better = [*stars, *(max(one, content) for one in more)]
        assert ends_with(StarsTally.of(better), content) is Move.END_WELL


@given(st.integers().filter(lambda one: one not in STARS))
def test_stars_that_nobody_can_give_are_refused(stars: int) -> None:
    with pytest.raises(ValueError, match="stars"):
        StarsTally.of([stars])


@given(INSTANTS, INSTANTS)
def test_rating_is_over_at_its_instant(rate_by: datetime, now: datetime) -> None:
    assert may_still_rate(rate_by, now) == (now < rate_by)
    assert not may_still_rate(None, now)


@given(st.builds(Part, *[st.booleans() for _ in range(7)]))
def test_nobody_rates_what_they_delivered(part: Part) -> None:
    may = why_not(State.DELIVERED, Move.RATE, part) is None
    concerned = part.author or part.supporter
    had_a_hand = part.owner or part.delivered
    assert may == (concerned and not had_a_hand) == (Relation.RATER in relations(part))
    if concerned and had_a_hand:
        assert why_not(State.DELIVERED, Move.RATE, part) is ProposalOutcome.HAD_A_HAND


@given(INSTANTS, ZONES)
def test_every_instant_lies_in_its_year_alone(at: datetime, zone: str) -> None:
    year = year_of(at, zone)
    for other in (year - 1, year, year + 1):
        starts, ends = span_of(other, zone)
        assert (starts <= at < ends) == (other == year)
        assert in_utc(starts) == starts


@given(st.dictionaries(st.sampled_from(State), st.integers(0, 50)))
def test_every_thing_adopted_is_counted_once(states: dict[State, int]) -> None:
    totals = Totals.of(states, overdue=0, ratings=0, mean=None)
    assert totals.promised == sum(states.get(one, 0) for one in IN_DELIVERY)
    assert frozenset().union(*BECAME.values()) == IN_DELIVERY
