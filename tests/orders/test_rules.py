"""The rules of orders, by their properties."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.help.rules.policy import HelpPolicy
from models.hours.rules.quiet import in_quiet_hours
from models.orders.rules import (
    TRANSITIONS,
    Hat,
    Move,
    OrderPolicy,
    Part,
    State,
    allowed,
    due_by,
    ever_allowed,
    hats,
    is_overdue,
    last_closing,
    street_at,
    target,
    visit_at,
)

parts = st.builds(Part, st.booleans(), st.booleans(), st.booleans(), st.booleans())
instants = st.integers(0, 6 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
POLICY, HELP = OrderPolicy(), HelpPolicy()
CLOCK = POLICY.desk_clock()


@given(parts, st.sampled_from(State))
def test_nobody_judges_what_they_had_a_hand_in(part: Part, state: State) -> None:
    judges = allowed(state, Move.SIGN, hats(part)) or allowed(state, Move.SEND_BACK, hats(part))
    clean = part.supervises and not (part.responsible or part.reported or part.helped)
    assert judges == (clean and state is State.REPORTED)


@given(parts, st.sampled_from(State))
def test_nobody_eases_an_order_that_they_had_a_hand_in(part: Part, state: State) -> None:
    if part.responsible or part.reported or part.helped:
        assert not allowed(state, Move.SET, hats(part))


@given(parts)
def test_without_the_right_nobody_supervises(part: Part) -> None:
    worn = hats(part)
    assert (Hat.RESPONSIBLE in worn) == part.responsible
    assert bool(worn & {Hat.SUPERVISOR, Hat.PARTIAL}) == part.supervises
    assert not {Hat.SUPERVISOR, Hat.PARTIAL} <= worn


@given(parts, st.sampled_from(Move))
def test_what_is_never_allowed_is_allowed_in_no_state(part: Part, move: Move) -> None:
    worn = hats(part)
    assert ever_allowed(move, worn) == any(allowed(state, move, worn) for state in State)


def test_every_move_leads_to_one_state_and_signed_is_the_end() -> None:
    for move in Move:
        assert {step.to for (made, _hat), step in TRANSITIONS.items() if made is move} == {
            target(move)
        }
    assert not [step for step in TRANSITIONS.values() if State.SIGNED in step.frm]
    reached = {step.to for step in TRANSITIONS.values()} | {State.OPEN}
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
