"""The rules of orders, by their properties."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.help.rules.policy import HelpPolicy
from models.hours.rules.quiet import in_quiet_hours
from models.orders.rules import (
    LIFECYCLE,
    Move,
    OrderPolicy,
    Relation,
    State,
    due_by,
    is_overdue,
    last_closing,
    relations_of,
    street_at,
    visit_at,
)
from models.records.rules import Refusal

PARTS = ("at_desk", "supervises", "responsible", "reported", "helped")
parts = st.fixed_dictionaries({part: st.booleans() for part in PARTS})
instants = st.integers(0, 6 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
POLICY, HELP = OrderPolicy(), HelpPolicy()
CLOCK = POLICY.desk_clock()


def allowed(state: State, move: Move, part: dict[str, bool]) -> bool:
    return LIFECYCLE.why_not(state, move, relations_of(**part)) is None


def had_a_hand(part: dict[str, bool]) -> bool:
    return part["responsible"] or part["reported"] or part["helped"]


@given(parts, st.sampled_from(State))
def test_nobody_judges_what_they_had_a_hand_in(part: dict[str, bool], state: State) -> None:
    judges = allowed(state, Move.SIGN, part) or allowed(state, Move.SEND_BACK, part)
    clean = part["supervises"] and not had_a_hand(part)
    assert judges == (clean and state is State.REPORTED)


@given(parts, st.sampled_from(State))
def test_nobody_eases_an_order_that_they_had_a_hand_in(part: dict[str, bool], state: State) -> None:
    if had_a_hand(part):
        assert not allowed(state, Move.SET, part)


@given(parts)
def test_without_the_right_nobody_supervises(part: dict[str, bool]) -> None:
    held = relations_of(**part)
    assert (Relation.RESPONSIBLE in held) == part["responsible"]
    assert (Relation.DESK in held) == part["at_desk"]
    assert bool(held & {Relation.SUPERVISOR, Relation.PARTIAL}) == part["supervises"]
    assert not {Relation.SUPERVISOR, Relation.PARTIAL} <= held


@given(parts, st.sampled_from(Move))
def test_what_is_never_allowed_is_allowed_in_no_state(part: dict[str, bool], move: Move) -> None:
    never = {Refusal.NOT_ALLOWED, Refusal.OWN}
    refused = {LIFECYCLE.why_not(state, move, relations_of(**part)) for state in State}
    assert bool(refused & never) == (not any(allowed(state, move, part) for state in State))
    assert refused <= never or not refused & never


@given(parts, st.sampled_from(State), st.sampled_from(Move))
def test_whoever_had_a_hand_in_it_hears_that_it_is_their_own(
    part: dict[str, bool], state: State, move: Move
) -> None:
    if LIFECYCLE.why_not(state, move, relations_of(**part)) is Refusal.OWN:
        assert part["supervises"]
        assert had_a_hand(part)


def test_every_move_leads_to_one_state_and_signed_is_the_end() -> None:
    rows = [row for row in LIFECYCLE.rows if row.move is not Move.LOOK]
    assert {row.move for row in rows} == set(Move) - {Move.LOOK}
    for move in {row.move for row in rows}:
        leads = {row.to or state for row in rows if row.move is move for state in row.frm}
        assert len(leads) == 1, move
    assert not [row for row in rows if State.SIGNED in row.frm]
    reached = {row.to for row in rows if row.to is not None} | {State.OPEN}
    assert reached == set(State)


@given(instants)
def test_dates_are_working_time_and_in_order(opened_at: datetime) -> None:
    due_at = due_by(opened_at, CLOCK, POLICY)
    assert CLOCK.between(opened_at, due_at) == POLICY.order_due.by(CLOCK)
    assert street_at(due_at, CLOCK) > due_at
    for state in State:
        late = is_overdue(state, due_at, due_at + timedelta(seconds=1))
        assert late == (state is not State.SIGNED)
        assert not is_overdue(state, due_at, due_at)


@given(instants, st.sampled_from(POLICY.visits))
def test_a_return_visit_waits_its_days_and_the_night(signed_at: datetime, days: int) -> None:
    asked_at = visit_at(signed_at, days, POLICY)
    assert not in_quiet_hours(asked_at, POLICY.quiet)
    assert timedelta(days=days) <= asked_at - signed_at < timedelta(days=days + 1)


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_a_day_that_was_named_lasts_until_the_desk_closes(day: date) -> None:
    closing = last_closing(POLICY.desk, day)
    assert closing.astimezone(UTC).replace(tzinfo=UTC) == closing
    local = closing + timedelta(hours=8)
    assert (local.date(), local.hour, local.minute) == (day, 18, 0)
