"""Rules of care: who leads a home where, what the clock cannot say, plans, door words, days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.care.rules.plans import (
    DOOR_WORDS,
    CarePolicy,
    CareRhythm,
    days_left,
    plan_of,
    word_of_day,
)
from models.care.rules.states import (
    CONCERNS,
    HOMES,
    NEEDS,
    PAIRS,
    SEEN,
    CareFound,
    CareReason,
    HomeMove,
    HomeRelation,
    HomeState,
    NeedMove,
    PairMove,
    PairRelation,
    PairState,
    read_reasons,
    written_reasons,
)
from models.routines.lunar import festival_day
from models.routines.rules import OCCASIONS, Move, OccasionState, next_window, wrong_plan

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
HERS = {HomeRelation.SELF, HomeRelation.PROXY}


def spans(least: int, most: int) -> st.SearchStrategy[timedelta]:
    return st.integers(least, most).map(lambda days: timedelta(days=days))


POLICIES = st.builds(
    CarePolicy,
    call_weekly=spans(1, 7),
    call_monthly=spans(1, 28),
    call_quarterly=spans(1, 84),
)


@given(
    st.sampled_from([*HomeState]),
    st.sampled_from([*HomeMove]),
    st.frozensets(st.sampled_from([*HomeRelation])),
)
def test_nobody_but_she_or_her_proxy_leads_a_home_anywhere_but_out_of_a_proposal(
    state: HomeState, move: HomeMove, relations: frozenset[HomeRelation]
) -> None:
    if HOMES.why_not(state, move, relations) is not None:
        return
    after = HOMES.after(state, move)
    if after == state or relations & HERS:
        return
    if HomeRelation.WRITES in relations and state != HomeState.PROPOSED:
        assert move in {HomeMove.END, HomeMove.TAKE_BACK}
        return
    assert (state, after) == (HomeState.PROPOSED, HomeState.ENDED)
    assert HomeRelation.KEEPER in relations


@given(st.sampled_from([*PairState]), st.sampled_from([*PairMove]))
def test_a_pair_stands_only_by_a_yes_of_both(state: PairState, move: PairMove) -> None:
    if PAIRS.why_not(state, move, frozenset(PairRelation)) is not None:
        return
    after = PAIRS.after(state, move)
    if (state, after) == (PairState.PROPOSED, PairState.ASKED):
        assert PAIRS.why_not(state, move, frozenset(PairRelation) - {PairRelation.HOME})
    if after == PairState.AGREED and state != PairState.AGREED:
        assert state in {PairState.ASKED, PairState.RESTING}
        assert PAIRS.why_not(state, move, frozenset(PairRelation) - {PairRelation.NEIGHBOUR})


def test_no_move_by_the_clock_leads_to_seen() -> None:
    clocks = [row for row in OCCASIONS.rows if not row.by]
    assert [(row.move, row.to) for row in clocks] == [(Move.MISS, OccasionState.MISSED)]
    closes = [row for row in HOMES.rows if not row.by]
    assert [(row.frm, row.to) for row in closes] == [({HomeState.ENDING}, HomeState.ENDED)]
    for kind in (PAIRS, NEEDS, CONCERNS):
        assert all(row.by for row in kind.rows), "the clock moves none of them"


def test_only_who_was_seen_or_spoken_with_counts_as_seen() -> None:
    assert {CareFound.WELL, CareFound.NEEDS} == SEEN


@given(st.sampled_from([*CareRhythm]), st.integers(0, 6), DAYS, POLICIES)
def test_plans_are_sound_for_every_rhythm_weekday_and_policy(
    rhythm: CareRhythm, weekday: int, starts_on: date, policy: CarePolicy
) -> None:
    plan = plan_of(rhythm, weekday, starts_on, policy)
    assert wrong_plan(plan) is None
    window = next_window(plan, starts_on, festival_day)
    assert window is not None
    assert starts_on <= window.opens_on <= window.ends_on
    if rhythm is CareRhythm.WEEKLY:
        assert window.opens_on.weekday() == weekday
        assert window.opens_on - starts_on < timedelta(days=7)
    following = next_window(plan, window.opens_on + timedelta(days=1), festival_day)
    assert following is not None
    assert following.opens_on > window.ends_on


@given(st.integers(0, 2**64 - 1))
def test_the_word_of_a_door_is_two_characters_that_everybody_can_say(drawn: int) -> None:
    word = word_of_day(drawn)
    assert word in DOOR_WORDS
    assert len(word) == 2


def test_no_word_of_a_door_is_there_twice() -> None:
    assert len({*DOOR_WORDS}) == len(DOOR_WORDS)


@given(DAYS, st.integers(0, 60), st.integers(-90, 90))
def test_days_left_are_those_of_the_window_from_today_on(
    opens_on: date, lasts: int, ahead: int
) -> None:
    ends_on, today = opens_on + timedelta(days=lasts), opens_on + timedelta(days=ahead)
    days = days_left(opens_on, ends_on, today)
    assert list(days) == sorted({*days})
    assert all(max(opens_on, today) <= day <= ends_on for day in days)
    assert bool(days) == (today <= ends_on)


@given(st.frozensets(st.sampled_from([*CareReason])))
def test_reasons_are_read_as_they_were_sealed(reasons: frozenset[CareReason]) -> None:
    assert {*read_reasons(written_reasons(reasons))} == reasons
    assert {*read_reasons(written_reasons(reasons) + " of_a_later_version")} == reasons


def test_only_she_says_that_something_is_needed_no_more() -> None:
    others = frozenset(HomeRelation) - HERS
    assert all(NEEDS.why_not(state, NeedMove.DROP, others) for state in NEEDS.states)


def test_what_was_told_in_confidence_is_of_nobody_but_whom_it_belongs_to() -> None:
    for row in CONCERNS.rows:
        assert all(CONCERNS.why_not(state, row.move, frozenset()) for state in CONCERNS.states)
