"""Every rule of help, by its properties."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.categories import CATALOGUE, Skill, children, is_leaf
from models.help.rules.closing import contact_visible, is_overtaken
from models.help.rules.matching import Fit, Reason, may_be_asked, reliability, score
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import (
    ENDED,
    LIVE,
    TRANSITIONS,
    UNENDED,
    Hands,
    Move,
    Relation,
    State,
    allowed,
    is_finished,
    live_state,
    relation_for,
    target,
)
from models.help.rules.visits import minutes_given
from models.text import clean_number, clean_text

POLICY = HelpPolicy()

instants = st.integers(0, 6 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
spans = st.timedeltas(timedelta(0), timedelta(days=60))


@st.composite
def hands(draw: st.DrawFn) -> Hands:
    needed = draw(st.integers(1, 10))
    held = draw(st.integers(0, needed))
    done = draw(st.integers(0, held))
    return Hands(needed, held, draw(st.integers(0, held - done)), done)


fits = st.builds(
    Fit,
    needed=st.frozensets(st.sampled_from(Skill), max_size=3),
    skills=st.frozensets(st.sampled_from(Skill), max_size=5),
    steps=st.none() | st.integers(0, 12),
    load=st.integers(0, 29),
    load_cap=st.integers(1, 30),
    free=st.booleans(),
    kept=st.integers(0, 50),
    broken=st.integers(0, 50),
)


@given(hands())
def test_live_states_follow_from_the_hands(some: Hands) -> None:
    state = live_state(some)
    assert state in LIVE
    assert (state is State.UNDERWAY) == bool(some.on_way or (some.done and some.working))
    if state is State.OPEN:
        assert some.missing
    if state is State.CLAIMED:
        assert not some.missing


@given(hands())
def test_done_needs_every_hand_or_a_word(some: Hands) -> None:
    assert is_finished(some, all_finished=True)
    assert is_finished(some, all_finished=False) == (some.done == some.needed)


def test_every_state_can_be_left_or_is_an_end() -> None:
    for state in State:
        leaving = [move for (move, relation) in TRANSITIONS if allowed(state, move, relation)]
        if state in UNENDED:
            assert leaving, state
        elif state is State.CLOSED:
            assert set(leaving) == {Move.CONFIRM, Move.REOPEN}
        elif state is not State.EXPIRED:
            assert not leaving, state


def test_every_state_can_be_come_to() -> None:
    reached = {step.to for step in TRANSITIONS.values()} | LIVE
    assert reached - {None} == set(State)


@given(st.sampled_from(State), st.sampled_from(Move), st.sampled_from(Relation))
def test_nobody_ends_a_request_but_resident_desk_and_clock(
    state: State, move: Move, relation: Relation
) -> None:
    if allowed(state, move, relation) and target(move, relation) in ENDED:
        assert relation in {Relation.RESIDENT, Relation.DESK, Relation.CLOCK}
    if allowed(state, move, relation) and target(move, relation) is State.CLOSED:
        assert move in {Move.SAY_SOLVED, Move.CONFIRM, Move.GIVE_UP}


@given(st.sampled_from(State), st.sampled_from(Move), st.lists(st.sampled_from(Relation)))
def test_the_first_fitting_hat_is_worn(state: State, move: Move, relations: list[Relation]) -> None:
    theirs = relation_for(state, move, relations)
    fitting = [relation for relation in relations if allowed(state, move, relation)]
    assert theirs == (fitting[0] if fitting else None)


@given(fits)
def test_points_are_within_bounds(fit: Fit) -> None:
    assert 0 <= score(fit).points <= 100


@given(fits, fits)
def test_points_never_fall_with_a_better_part(fit: Fit, other: Fit) -> None:
    points = score(fit).points
    assert score(replace(fit, skills=fit.skills | fit.needed)).points >= points
    assert score(replace(fit, load=min(fit.load, other.load))).points >= points
    assert score(replace(fit, free=True)).points >= points
    assert score(replace(fit, kept=max(fit.kept, other.kept))).points >= points
    assert score(replace(fit, broken=min(fit.broken, other.broken))).points >= points
    if fit.steps is not None and other.steps is not None:
        assert score(replace(fit, steps=min(fit.steps, other.steps))).points >= points
    assert score(replace(fit, steps=None)).points <= points


def test_the_best_of_all_has_nearly_all_points_and_nobody_more() -> None:
    best = Fit(frozenset(), frozenset(), 0, 0, 30, free=True, kept=10_000)
    assert 99 < score(best).points <= 100
    assert score(replace(best, kept=0)).points == score(best).points - 15 * (
        reliability(10_000, 0) - reliability(0, 0)
    )


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_newcomer_stands_in_the_middle_and_nobody_at_nought(kept: int, broken: int) -> None:
    assert reliability(0, 0) == 1 / 2
    assert 0 < reliability(kept, broken) < 1
    assert (reliability(kept, broken) > 1 / 2) == (kept > broken)


@given(fits)
def test_every_reason_told_is_true(fit: Fit) -> None:
    reasons = score(fit).reasons
    assert (Reason.SKILL in reasons) == bool(fit.skills & fit.needed)
    assert (Reason.SAME_BUILDING in reasons) == (fit.steps == 0)
    assert (Reason.FREE_THEN in reasons) == fit.free
    if Reason.ALWAYS_CAME in reasons:
        assert fit.kept
        assert not fit.broken
    near = {Reason.SAME_BUILDING, Reason.NEARBY, Reason.SAME_COMMUNITY} & set(reasons)
    assert len(near) <= 1
    assert bool(near) == (fit.steps is not None and fit.steps <= 4)


@given(st.integers(0, 40), st.integers(1, 30))
def test_nobody_at_the_cap_is_asked(load: int, cap: int) -> None:
    assert may_be_asked(load, cap) == (load < cap)


@given(instants, spans)
def test_contact_vanishes_a_set_time_after_closing(closed: datetime, span: timedelta) -> None:
    assert contact_visible(None, closed, POLICY)
    assert contact_visible(closed, closed + span, POLICY) == (span < POLICY.contact_kept)


@given(instants, spans)
def test_only_the_last_question_that_is_due_is_asked(done: datetime, span: timedelta) -> None:
    now = done + span
    due = [done + wait for wait in POLICY.after_done if done + wait <= now]
    asked = [at for at in due if not is_overtaken(done, at, now, POLICY)]
    assert asked == due[-1:]


@given(st.none() | st.integers(-10, 10_000), st.none() | spans, instants)
def test_minutes_given_are_within_a_day(
    reported: int | None, span: timedelta | None, done: datetime
) -> None:
    minutes = minutes_given(reported, None if span is None else done - span, done)
    assert 1 <= minutes <= 24 * 60
    if reported is not None and 1 <= reported <= 24 * 60:
        assert minutes == reported
    if reported is None:
        assert minutes <= 8 * 60


@given(st.text(), st.integers(1, 50))
def test_clean_text_is_short_safe_and_stays_clean(raw: str, limit: int) -> None:
    clean = clean_text(raw, limit)
    assert len(clean) <= limit
    assert clean_text(clean, limit) == clean
    assert not set(clean) & set("\x00\u202e\u2066\ud800\r")
    clean.encode()


def test_clean_text_keeps_lines_and_emoji() -> None:
    assert clean_text("  米\r\n\n\n\n油 \u202e👨‍👩‍👧", 50) == "米\n\n油 👨‍👩‍👧"


@pytest.mark.parametrize(
    ("raw", "number"),
    [("128", 128), ("No. 128", 128), ("１２８号", 128), ("#0128", 128), ("", None), ("0", None),
     ("nothing", None), ("9" * 10, None), ("²", 2)],
)  # fmt: skip
def test_receipt_numbers_are_read_as_people_write_them(raw: str, number: int | None) -> None:
    assert clean_number(raw) == number


@given(st.text())
def test_any_text_is_a_number_or_none(raw: str) -> None:
    number = clean_number(raw)
    assert number is None or 0 < number < 10**9


def test_the_catalogue_is_a_tree_of_two_storeys() -> None:
    for code, kind in CATALOGUE.items():
        assert kind.code == code
        assert len(code) <= 24, "codes travel in buttons"
        assert kind.parent is None or CATALOGUE[kind.parent].parent is None
        assert is_leaf(code) == (not children(code))
    assert [kind.code for kind in children(None)] == [code for code in CATALOGUE if "." not in code]


def test_every_category_can_be_helped_by_somebody_or_goes_to_the_desk() -> None:
    for kind in CATALOGUE.values():
        assert kind.skills <= set(Skill)
        if not kind.for_volunteers:
            assert not kind.skills, kind.code
