"""Where a broadcast can stand, when a second person is needed, and a week later, for whatever."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from models.broadcasts.rules.notices import Style
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.sending import a_week_on
from models.broadcasts.rules.states import (
    TABLE,
    Move,
    Relation,
    State,
    moves_of,
    needs_approval,
    why_not,
)

HATS = st.frozensets(st.sampled_from(Relation))
STATES = st.sampled_from(State)
ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]
)
HOURS = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(st.sampled_from(Move), STATES, HATS)
def test_whoever_has_no_part_learns_nothing(
    move: Move, state: State, relations: frozenset[Relation]
) -> None:
    why = why_not(move, state, relations)
    if not TABLE[move].by & relations:
        assert why is BroadcastOutcome.NOT_ALLOWED
    else:
        assert why is (None if state in TABLE[move].frm else BroadcastOutcome.TOO_LATE)


@given(STATES, HATS, HATS)
def test_more_hats_never_take_a_move_away(
    state: State, relations: frozenset[Relation], more: frozenset[Relation]
) -> None:
    assert moves_of(state, relations) <= moves_of(state, relations | more)
    assert not moves_of(state, frozenset())


def test_nothing_begins_but_by_the_clock_from_what_was_let_go() -> None:
    into = [move for move, one in TABLE.items() if one.to is State.SENDING]
    assert set(into) == {Move.BEGIN, Move.RESUME}
    assert TABLE[Move.BEGIN].frm == {State.SCHEDULED}
    scheduled = {move for move, one in TABLE.items() if one.to is State.SCHEDULED}
    assert scheduled == {Move.APPROVE}
    assert TABLE[Move.APPROVE].by == {Relation.APPROVER}


def test_nothing_comes_out_of_what_was_thrown_away_or_has_ended() -> None:
    for state in (State.DISCARDED, State.SENT, State.CANCELLED):
        assert all(one.to is None for one in TABLE.values() if state in one.frm)
    assert not moves_of(State.DISCARDED, frozenset(Relation))


@given(st.sampled_from(Style), st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_second_person_is_needed_for_many_and_in_any_emergency(
    style: Style, heads: int, limit: int
) -> None:
    needed = needs_approval(style, heads, limit)
    assert needed is (style is not Style.NOTICE or heads > limit)
    assert needs_approval(style, heads + 1, limit) or not needed


@given(HOURS, st.timedeltas(timedelta(0), timedelta(days=400)), ZONES)
def test_a_week_on_is_the_same_wall_time_to_come(
    start_at: datetime, gone_by: timedelta, zone: str
) -> None:
    here, now = start_at.astimezone(ZoneInfo(zone)), start_at + gone_by
    following = a_week_on(start_at, now, zone)
    there = following.astimezone(ZoneInfo(zone))
    assert following > now
    assert (there.date() - here.date()).days % 7 == 0
    skipped = following.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wall = following.replace(tzinfo=None)
    assert wall.time() == here.time().replace(fold=wall.fold)
    assert abs(skipped - wall) <= timedelta(hours=1)  # an hour that a change of clocks leaves out
    assert following - now <= timedelta(days=7, hours=2)


def test_a_week_over_a_change_of_clocks_keeps_the_hour() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 10, 21, 9, 0, tzinfo=berlin)
    after = a_week_on(before.astimezone(UTC), before.astimezone(UTC), "Europe/Berlin")
    assert after.astimezone(berlin).isoformat() == "2026-10-28T09:00:00+01:00"
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(days=7, hours=1)
