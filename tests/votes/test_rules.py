"""What a vote comes to, when it may run, which doors are one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from models.votes.rules.counting import LONGEST as DOOR_LENGTH
from models.votes.rules.counting import VoteTally, outcome, same_door
from models.votes.rules.notices import Electorate, Majority, Result, VoteChoice
from models.votes.rules.outcomes import PlanOutcome
from models.votes.rules.terms import (
    FARTHEST,
    LONGEST,
    SECRET_FROM,
    SHORTEST,
    VoteTerms,
    end_of,
    opening_of,
    remind_at,
    too_few,
    wrong_with,
)
from tests.conftest import NOON

COUNTS = st.integers(0, 10_000)
TALLIES = st.builds(VoteTally, COUNTS, COUNTS, COUNTS)
QUORUMS = st.integers(0, 100)
MAJORITIES = st.sampled_from(Majority)
ABSENT = st.integers(0, 10_000)
"""Voices on the roll that were not given."""


@given(TALLIES, ABSENT, QUORUMS, MAJORITIES)
def test_more_yes_never_turns_passed_into_failed(
    tally: VoteTally, absent: int, quorum: int, majority: Majority
) -> None:
    eligible = tally.voted + absent + 1
    before = outcome(tally, eligible, quorum, majority)
    after = outcome(tally.put(VoteChoice.YES), eligible, quorum, majority)
    order = [Result.NO_QUORUM, Result.FAILED, Result.PASSED]
    if before is not Result.NO_QUORUM:
        assert order.index(after) >= order.index(before)


@given(TALLIES, ABSENT, QUORUMS, MAJORITIES)
def test_more_no_never_turns_failed_into_passed(
    tally: VoteTally, absent: int, quorum: int, majority: Majority
) -> None:
    eligible = tally.voted + absent + 1
    if outcome(tally, eligible, quorum, majority) is Result.FAILED:
        after = outcome(tally.put(VoteChoice.NO), eligible, quorum, majority)
        assert after is Result.FAILED


@given(TALLIES, ABSENT, QUORUMS, MAJORITIES)
def test_who_abstains_counts_for_the_quorum_alone(
    tally: VoteTally, absent: int, quorum: int, majority: Majority
) -> None:
    eligible = tally.voted + absent
    found = outcome(tally, eligible, quorum, majority)
    if found is not Result.NO_QUORUM:
        without = replace(tally, abstain=0)
        assert found is outcome(without, max(without.voted, 1), 0, majority) or not without.voted
    more = outcome(tally.put(VoteChoice.ABSTAIN), eligible + 1, 0, majority)
    assert more is (found if found is not Result.NO_QUORUM else more)


@given(TALLIES, ABSENT, MAJORITIES, QUORUMS, QUORUMS)
def test_a_higher_quorum_is_never_met_more_easily(
    tally: VoteTally, absent: int, majority: Majority, one: int, other: int
) -> None:
    eligible, low, high = tally.voted + absent, min(one, other), max(one, other)
    if outcome(tally, eligible, low, majority) is Result.NO_QUORUM:
        assert outcome(tally, eligible, high, majority) is Result.NO_QUORUM


@given(TALLIES, ABSENT, QUORUMS)
def test_what_two_thirds_pass_more_than_half_pass_too(
    tally: VoteTally, absent: int, quorum: int
) -> None:
    eligible = tally.voted + absent
    if outcome(tally, eligible, quorum, Majority.TWO_THIRDS) is Result.PASSED:
        assert outcome(tally, eligible, quorum, Majority.SIMPLE) is Result.PASSED


@given(TALLIES, st.integers(1, 10**18), MAJORITIES)
def test_however_many_they_are_counts_are_exact(
    tally: VoteTally, times: int, majority: Majority
) -> None:
    many = VoteTally(tally.yes * times, tally.no * times, tally.abstain * times)
    assert outcome(many, many.voted, 0, majority) is outcome(tally, tally.voted, 0, majority)


@given(TALLIES, st.sampled_from(VoteChoice))
def test_what_is_put_in_can_be_taken_out(tally: VoteTally, choice: VoteChoice) -> None:
    assert tally.put(choice).take(choice) == tally
    assert tally.put(choice).voted == tally.voted + 1


@pytest.mark.parametrize(
    ("tally", "eligible", "quorum", "majority", "result"),
    [
        (VoteTally(5, 4, 1), 20, 50, Majority.SIMPLE, Result.PASSED),
        (VoteTally(5, 4, 0), 20, 50, Majority.SIMPLE, Result.NO_QUORUM),
        (VoteTally(5, 5, 0), 20, 50, Majority.SIMPLE, Result.FAILED),
        (VoteTally(67, 33, 0), 100, 100, Majority.TWO_THIRDS, Result.PASSED),
        (VoteTally(66, 34, 0), 100, 100, Majority.TWO_THIRDS, Result.FAILED),
        (VoteTally(2, 1, 0), 3, 0, Majority.TWO_THIRDS, Result.PASSED),
        (VoteTally(0, 0, 9), 9, 50, Majority.TWO_THIRDS, Result.FAILED),
        (VoteTally(0, 0, 0), 9, 0, Majority.SIMPLE, Result.NO_QUORUM),
        (VoteTally(1, 0, 0), 1000, 0, Majority.SIMPLE, Result.PASSED),
        (VoteTally(2, 0, 0), 3, 67, Majority.SIMPLE, Result.NO_QUORUM),
    ],
)
def test_the_rule_in_examples(
    tally: VoteTally, eligible: int, quorum: int, majority: Majority, result: Result
) -> None:
    assert outcome(tally, eligible, quorum, majority) is result


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="voices"):
        outcome(VoteTally(2), 1, 50, Majority.SIMPLE)
    with pytest.raises(ValueError, match="quorum"):
        outcome(VoteTally(1), 1, 101, Majority.SIMPLE)
    with pytest.raises(ValueError, match="below nought"):
        VoteTally().take(VoteChoice.NO)


def terms(opens_at: datetime | None, ends_at: datetime, quorum: int = 50) -> VoteTerms:
    return VoteTerms(
        Electorate.RESIDENTS,
        secret=True,
        quorum=quorum,
        majority=Majority.SIMPLE,
        ends_at=ends_at,
        opens_at=opens_at,
    )


def test_a_vote_runs_for_an_hour_to_a_quarter_within_a_year() -> None:
    assert wrong_with(terms(None, NOON + SHORTEST), NOON) is None
    assert wrong_with(terms(None, NOON + LONGEST), NOON) is None
    too_short, too_long = NOON + SHORTEST / 2, NOON + LONGEST + SHORTEST
    assert wrong_with(terms(None, too_short), NOON) is PlanOutcome.BAD_END
    assert wrong_with(terms(None, too_long), NOON) is PlanOutcome.BAD_END
    past, far = NOON - SHORTEST, NOON + FARTHEST + SHORTEST
    assert wrong_with(terms(past, NOON + SHORTEST), NOON) is PlanOutcome.BAD_START
    assert wrong_with(terms(far, far + SHORTEST), NOON) is PlanOutcome.BAD_START
    assert wrong_with(terms(None, NOON + SHORTEST, 101), NOON) is PlanOutcome.BAD_QUORUM


def test_a_day_begins_in_the_morning_and_ends_in_the_evening_of_the_place() -> None:
    day = date(2026, 11, 30)
    assert opening_of(day, "Asia/Shanghai") == datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    assert end_of(day, "Asia/Shanghai") == datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


@given(st.timedeltas(SHORTEST, LONGEST), st.timedeltas(timedelta(minutes=1), timedelta(days=7)))
def test_the_reminder_comes_within_the_vote_and_never_in_its_first_half(
    lasts: timedelta, before: timedelta
) -> None:
    due = remind_at(NOON, NOON + lasts, before)
    assert NOON + lasts / 2 <= due < NOON + lasts


@pytest.mark.parametrize(
    "door",
    [
        "2单元301室",
        "Unit 2, 301",
        "二-301",
        "２—３０１",
        "5号楼2单元301",
        "2单元3楼301室",
        "2 - 0301",
        "第二单元 三〇一",
        "unit 2 room no. 301",
        "2之301",
    ],
)
def test_ways_of_writing_one_door(door: str) -> None:
    assert same_door(door, in_building=True) == "2-301"


@pytest.mark.parametrize(
    ("one", "other"),
    [("1-1101", "11-101"), ("301", "302"), ("东户", "西户"), ("12A", "12B"), ("1-301", "301")],
)
def test_doors_that_are_not_one(one: str, other: str) -> None:
    assert same_door(one, in_building=True) != same_door(other, in_building=True)


def test_who_belongs_to_no_building_is_told_apart_by_it() -> None:
    one, other = "3号楼502", "4号楼502"
    assert same_door(one, in_building=True) == same_door(other, in_building=True)
    assert same_door(one, in_building=False) != same_door(other, in_building=False)


@given(st.text(max_size=60) | st.from_regex(r"[0-9a-z一二单元号no -]{0,40}", fullmatch=True))
@example("0NO")
def test_any_text_has_a_spelling_that_stays(text: str) -> None:
    door = same_door(text, in_building=False)
    assume(len(door) <= DOOR_LENGTH)
    assert same_door(door, in_building=False) == door


@given(st.integers(0, 10_000), st.booleans(), st.sampled_from(Electorate))
def test_a_secret_ballot_takes_more_people_than_an_open_one(
    voices: int, secret: bool, electorate: Electorate
) -> None:
    terms = VoteTerms(electorate, secret, 0, Majority.SIMPLE, NOON)
    found = too_few(terms, voices)
    doors = electorate is Electorate.HOUSEHOLDS
    nobody = PlanOutcome.NO_DOORS if doors else PlanOutcome.NOBODY
    assert (found is nobody) == (voices == 0)
    assert (found is PlanOutcome.TOO_FEW) == (secret and 0 < voices < SECRET_FROM)
    assert too_few(terms, voices + SECRET_FROM) is None
