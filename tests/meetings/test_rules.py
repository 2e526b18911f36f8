"""When one can reply, check in and act; whom reminders go to."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from models.meetings.rules.notices import DoorState, Move, Reply, State
from models.meetings.rules.outcomes import ArriveOutcome, ReplyOutcome
from models.meetings.rules.timing import (
    DOOR_OPENS,
    LENGTH,
    arrival,
    door,
    due_on,
    hears_of_changes,
    is_awaited,
    is_code,
    is_of_use,
    is_overdue,
    late_from,
    moves_open,
    reminders_at,
    why_no_reply,
    wrong_start,
)

ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Apia"])
FIRST, LAST = date(2025, 1, 1), date(2028, 1, 1)
INSTANTS = st.datetimes(
    datetime.combine(FIRST, time()), datetime.combine(LAST, time()), timezones=st.just(UTC)
)
SPANS = st.timedeltas(timedelta(minutes=-3000), timedelta(minutes=3000))
BEFORE = st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=3)), max_size=4)
REPLIES = st.none() | st.sampled_from(Reply)


@given(st.sampled_from(State), INSTANTS, SPANS)
def test_a_guest_can_answer_until_the_start_and_never_again(
    state: State, starts_at: datetime, span: timedelta
) -> None:
    why = why_no_reply(state, starts_at, starts_at + span)
    assert (why is None) == (state is State.CALLED and span < timedelta())
    assert (why is ReplyOutcome.OFF) == (state is State.OFF)


@given(INSTANTS, SPANS, ZONES)
def test_the_door_opens_an_hour_before_and_is_open_while_it_lasts(
    starts_at: datetime, span: timedelta, zone: str
) -> None:
    found = door(starts_at, starts_at + span, zone)
    assert (found is DoorState.EARLY) == (span < -DOOR_OPENS)
    if -DOOR_OPENS <= span < LENGTH:
        assert found is DoorState.OPEN
    if span >= timedelta(hours=48):
        assert found is DoorState.CLOSED


@given(INSTANTS, ZONES)
def test_once_closed_the_door_stays_closed(starts_at: datetime, zone: str) -> None:
    seen = [door(starts_at, starts_at + timedelta(hours=hours), zone) for hours in range(-30, 30)]
    assert seen == sorted(seen, key=list(DoorState).index)


def test_only_who_is_invited_or_stands_at_the_door_of_their_community_comes_in() -> None:
    for state, at_door, came, invited, listens in product(State, DoorState, *([[True, False]] * 3)):
        found = arrival(state, at_door, came=came, invited=invited, may_listen=listens)
        comes_in = found in {ArriveOutcome.HERE, ArriveOutcome.LISTENING}
        fits = state is not State.OFF and at_door is DoorState.OPEN and not came
        assert comes_in == (fits and (invited or listens))
        if comes_in:
            assert (found is ArriveOutcome.HERE) == invited


@given(st.sampled_from(State), INSTANTS, SPANS)
def test_before_the_start_it_is_arranged_and_afterwards_written_down(
    state: State, starts_at: datetime, span: timedelta
) -> None:
    found = moves_open(state, starts_at, starts_at + span)
    if state is State.OFF:
        assert not found
    assert not (Move.CHANGE in found and Move.MINUTES in found)
    assert (Move.MINUTES in found) == (Move.ITEM in found)
    if Move.TICK in found:
        assert timedelta(hours=-1) <= span < timedelta(days=1)
    if Move.CALL_OFF in found:
        assert span < timedelta(days=1)
    if state is State.HELD:
        assert found == {Move.MINUTES, Move.ITEM}


@given(INSTANTS, BEFORE, INSTANTS)
def test_reminders_lie_ahead_and_before_the_start(
    starts_at: datetime, before: list[timedelta], now: datetime
) -> None:
    found = reminders_at(starts_at, before, now)
    assert all(now < due_at < starts_at for due_at in found)
    assert found == sorted(set(found))


@given(INSTANTS, BEFORE, st.timedeltas(timedelta(), timedelta(days=4)))
def test_after_an_outage_one_reminder_is_of_use_and_none_after_the_start(
    starts_at: datetime, before: list[timedelta], away: timedelta
) -> None:
    called = starts_at - timedelta(days=4)
    now = called + away
    due = [due_at for due_at in reminders_at(starts_at, before, called) if due_at <= now]
    useful = [due_at for due_at in due if is_of_use(due_at, starts_at, before, now)]
    assert useful == (due[-1:] if now < starts_at else [])


@given(REPLIES, st.booleans())
def test_who_said_no_hears_of_nothing_and_who_is_replaced_is_not_awaited(
    reply: Reply | None, replaced: bool
) -> None:
    if reply is Reply.NO:
        assert not is_awaited(reply, replaced=replaced)
        assert not hears_of_changes(reply)
    if reply is Reply.INSTEAD:
        assert is_awaited(reply, replaced=replaced) is not replaced
    if reply in {None, Reply.YES}:
        assert is_awaited(reply, replaced=replaced)
        assert hears_of_changes(reply)


@given(INSTANTS, INSTANTS)
def test_a_meeting_starts_neither_in_the_past_nor_for_ever_ahead(
    starts_at: datetime, now: datetime
) -> None:
    fits = now < starts_at <= now + timedelta(days=366)
    assert (wrong_start(starts_at, now) is None) == fits


@given(st.dates(FIRST, LAST), ZONES)
def test_an_action_item_is_in_time_all_its_day_and_late_the_morning_after(day, zone) -> None:
    due_at = due_on(day, zone)
    assert not is_overdue(due_at, due_at + timedelta(hours=12), zone)
    assert is_overdue(due_at, late_from(due_at, zone), zone)
    assert timedelta(hours=20) <= late_from(due_at, zone) - due_at <= timedelta(hours=52)


def test_what_cannot_be_a_code_is_none() -> None:
    assert is_code("aZ09_-aZ09_-abcd")
    for text in ("", "short", "with space here", "’; --------", "a" * 40, "a" * 9 + "\x00"):
        assert not is_code(text)
