"""What the mission asks of gatherings, one test each, and what else people expect."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from models.database import transaction
from models.gatherings.actions import coming, planning
from models.gatherings.actions.due import soon
from models.gatherings.queries import coming as announced
from models.gatherings.queries import gathering, roster_of
from models.gatherings.rules import (
    DOOR_OPENS,
    MOST_WEEKS,
    Bad,
    GatheringOutcome,
    GatheringPolicy,
    Notice,
    Reminder,
    State,
)
from models.leaving.actions import leave
from models.marks.rules import Marked
from models.outbox.tables import OutboxRow
from models.people.rules import Leaving, Role
from models.records.rules import Refusal
from models.reminders.views import Due
from models.seats.rules import SeatOutcome, SeatState, Took
from models.seats.tables import SeatRow
from tests.gatherings.village import PLAN, Village

HELD, WAITING, ASKED, CAME = SeatState.HELD, SeatState.WAITING, SeatState.ASKED, SeatState.CAME
POLICY = GatheringPolicy()


async def neighbours(village: Village, *names: str) -> None:
    for name in names:
        await village.street.add(name, "b1")


async def sure(village: Village, name: str, one: int) -> bool:
    mine = (await village.view(name, one)).mine
    return mine is not None and mine.sure


# 1
async def test_fifty_tap_for_ten_seats_at_once(village: Village) -> None:
    one = await village.one(seats=10)
    names = [f"n{number:02}" for number in range(50)]
    await neighbours(village, *names)
    took = await asyncio.gather(*(village.signs_up(name, one) for name in names))
    assert (took.count(Took.HELD), took.count(Took.WAITING)) == (10, 40)
    lined = [name for name, state in (await village.roster(one)).items() if state is WAITING]
    places = [(await village.view(name, one)).mine for name in lined]
    assert [mine and mine.place_in_line for mine in places] == list(range(1, 41))


# 2
async def test_a_party_that_is_too_big_waits_and_the_next_single_is_asked(village: Village) -> None:
    await neighbours(village, "a", "b", "three", "single")
    one = await village.one(seats=2)
    for name in ("a", "b"):
        await village.signs_up(name, one)
    assert await village.signs_up("three", one, 3) is Took.WAITING
    assert await village.signs_up("single", one) is Took.WAITING
    await village.says("a", comes=False, one=one)
    await village.says("b", comes=False, one=one)
    assert await village.stands("single", one) is ASKED
    mine = (await village.view("three", one)).mine
    assert mine is not None
    assert (mine.state, mine.place_in_line) == (WAITING, 1)
    assert await village.street.told(Notice.ASKED) == ["single"]
    assert await village.street.told(Notice.PASSED) == ["three"]


# 3
async def test_another_time_asks_everybody_anew_and_old_buttons_say_so(village: Village) -> None:
    await neighbours(village, "a", "b", "c")
    one = await village.one(seats=2)
    for name in ("a", "b", "c"):
        await village.signs_up(name, one)
    await village.says("a", comes=True, one=one, version=0)
    assert await sure(village, "a", one)
    moved = (date(2026, 12, 2), time(15), time(16), "活动室")
    assert await village.does(planning.move_to, "zhao", one, *moved) is GatheringOutcome.CHANGED
    assert sorted(await village.street.told(Notice.CHANGED)) == ["a", "b", "c"]
    assert not await sure(village, "a", one)
    old = await village.says("a", comes=False, one=one, version=0)
    assert old is GatheringOutcome.CHANGED_SINCE
    assert await village.stands("a", one) is HELD
    assert await village.says("a", comes=True, one=one, version=1) is SeatOutcome.HELD
    assert await village.does(planning.move_to, "zhao", one, *moved) is Refusal.ALREADY
    await village.until((await village.row(one)).starts_at)
    assert sorted(await village.street.told(Notice.SOON)) == ["a", "a", "b", "b"]


# 4
async def test_called_off_all_are_told_once_also_those_waiting(village: Village) -> None:
    await neighbours(village, "a", "b", "c")
    one = await village.one(seats=1)
    for name in ("a", "b", "c"):
        await village.signs_up(name, one)
    assert await village.does(planning.call_off, "zhao", one, " ") is Refusal.EMPTY
    off = await village.does(planning.call_off, "zhao", one, "老师病了")
    assert off is GatheringOutcome.CALLED_OFF
    assert sorted(await village.street.told(Notice.OFF)) == ["a", "b", "c"]
    assert await village.does(planning.call_off, "zhao", one, "again") is Refusal.ALREADY
    assert await village.signs_up("wang", one) is Refusal.WRONG_TIME
    await village.passes(days=9)
    assert await village.street.told(Notice.SOON) == []
    assert (await village.row(one)).state == State.OFF


# 5
async def test_the_poster_without_a_seat(village: Village) -> None:
    await neighbours(village, "a", "b", "c")
    one = await village.one(seats=2)
    row = await village.row(one)
    await village.signs_up("a", one)
    arrives = coming.arrive_at_door
    assert (await village.does(arrives, "b", row.code))[0] is Refusal.TOO_EARLY
    await village.until(row.starts_at - DOOR_OPENS)
    assert await village.does(arrives, "a", row.code) == (SeatOutcome.CAME, one)
    assert await village.does(arrives, "b", row.code) == (SeatOutcome.CAME, one)
    assert await village.does(arrives, "c", row.code) == (SeatOutcome.WALKED_IN, one)
    assert (await village.does(arrives, "c", row.code))[0] is Refusal.ALREADY
    counts = (await village.view("zhao", one)).counts
    assert (counts.came, counts.walked_in) == (3, 1)
    assert (await village.does(arrives, "a", "no-such-code"))[0] is Refusal.MISSING
    await village.until(row.ends_at)
    assert (await village.does(arrives, "wang", row.code))[0] in {
        Refusal.TOO_LATE,
        Refusal.WRONG_TIME,
    }


# 7
@pytest.mark.parametrize(
    ("fields", "bad"),
    [
        ({"seats": 0}, Bad.SEATS),
        ({"seats": 5001}, Bad.SEATS),
        ({"day": date(2026, 11, 22)}, Bad.START),
        ({"day": date(2028, 1, 1)}, Bad.START),
        ({"ends": time(9)}, Bad.END),
        ({"ends": time(9, 30)}, Bad.END),
        ({"title": " "}, Bad.NO_TITLE),
        ({"words": ""}, Bad.NO_WORDS),
        ({"where": "\n"}, Bad.NO_WHERE),
        ({"ages": (12, 6)}, Bad.AGES),
        ({"weeks": 0}, Bad.WEEKS),
        ({"weeks": MOST_WEEKS + 1}, Bad.WEEKS),
    ],
)
async def test_bad_input_is_named_and_nothing_is_written(
    village: Village, fields: dict[str, Any], bad: Bad
) -> None:
    assert (await village.announces(**fields)).outcome is bad
    async with transaction(village.street.sessions) as session:
        assert await session.scalar(select(func.count()).select_from(SeatRow)) == 0
    assert (await village.does(announced, "wang")).count == 0


async def test_an_evening_may_end_in_the_small_hours(village: Village) -> None:
    one = await village.row(await village.one(at=time(22), ends=time(1)))
    assert one.ends_at - one.starts_at == timedelta(hours=3)


# 9
async def test_no_child_without_a_grown_up(village: Village) -> None:
    one = await village.one(ages=(6, 12), seats=10)
    alone = await village.signs_up("wang", one, 1, children=1, ages="6")
    assert alone is Refusal.BAD_CHOICE
    too_old = await village.signs_up("wang", one, 2, children=1, ages="0")
    assert too_old is GatheringOutcome.WRONG_AGE
    assert await village.signs_up("wang", one, 1, children=1, ages="6", brought_by="奶奶") is (
        Took.HELD
    )
    assert await village.says("wang", comes=False, one=one) is SeatOutcome.LET_GO
    assert await village.signs_up("wang", one, 2, children=1, ages="6") is Took.HELD


async def test_who_does_not_answer_gives_way_and_is_told(village: Village) -> None:
    await neighbours(village, "a", "b", "c")
    one = await village.one(seats=1)
    for name in ("a", "b", "c"):
        await village.signs_up(name, one)
    await village.says("a", comes=False, one=one)
    assert await village.stands("b", one) is ASKED
    await village.passes(hours=25)
    assert await village.stands("c", one) is ASKED
    assert await village.stands("b", one) is WAITING
    assert await village.street.told(Notice.MOVED_BACK) == ["b"]
    late = await village.says("b", comes=True, one=one)
    assert late is Refusal.TOO_LATE
    assert await village.says("c", comes=True, one=one) is SeatOutcome.HELD


async def test_silence_keeps_a_seat_and_some_are_asked_in_beyond_the_number(
    village: Village,
) -> None:
    names = [f"n{number:02}" for number in range(12)]
    await neighbours(village, *names)
    one = await village.one(seats=10)
    for name in names:
        await village.signs_up(name, one)
    row = await village.row(one)
    await village.until(row.starts_at - timedelta(hours=2, minutes=59))
    assert await village.stands("n00", one) is HELD
    assert await village.stands("n10", one) is ASKED
    assert await village.stands("n11", one) is WAITING
    assert await village.says("n10", comes=True, one=one) is SeatOutcome.HELD


async def test_from_the_door_to_what_was_found_of_it(village: Village) -> None:
    names = [f"n{number}" for number in range(6)]
    await neighbours(village, *names)
    one = await village.one(seats=10)
    row = await village.row(one)
    for name in names:
        await village.signs_up(name, one)
    await village.until(row.starts_at - timedelta(minutes=10))
    for name in names[:5]:
        assert await village.does(coming.arrive, name, one) is SeatOutcome.CAME
    await village.until(row.ends_at + timedelta(hours=3))
    assert (await village.row(one)).state == State.OVER
    assert await village.roster(one) == dict.fromkeys(names[:5], CAME) | {"n5": SeatState.ABSENT}
    assert sorted(await village.street.told(Notice.FEEDBACK)) == names[:5]
    assert await village.does(coming.rate, "n5", one, 3) is SeatOutcome.NOT_SIGNED_UP
    assert await village.does(coming.rate, "n0", one, 4) is Refusal.BAD_CHOICE
    for name in names[:4]:
        assert await village.does(coming.rate, name, one, 3) is Marked.GIVEN
    (line,) = await village.ledger()
    assert (line.marks.count, dict(line.marks.by_mark)) == (4, {})
    await village.does(coming.rate, "n4", one, 1)
    assert await village.does(coming.rate, "n4", one, 2) is Marked.CHANGED
    assert await village.does(coming.rate_in_words, "n4", one, "太挤") is Marked.CHANGED
    (line,) = await village.ledger()
    assert dict(line.marks.by_mark) == {3: 4, 2: 1}


async def test_after_ninety_days_nobody_knows_who_was_there(village: Village) -> None:
    await neighbours(village, "a")
    one = await village.one()
    await village.signs_up("a", one)
    row = await village.row(one)
    await village.until(row.starts_at)
    await village.does(coming.arrive, "a", one)
    await village.until(row.ends_at + POLICY.keep_attendance - timedelta(hours=1))
    assert await village.roster(one) == {"a": CAME}
    await village.passes(hours=2)
    assert await village.roster(one) == {}
    (line,) = await village.ledger()
    assert line.line.counts.came == 1


async def test_somebody_without_a_phone_is_signed_up_and_told_through_their_proxy(
    village: Village,
) -> None:
    await neighbours(village, "li", "stranger")
    await village.street.add("grandma", "b1", telegram=False, proxy="li")
    one = await village.one(seats=5)
    assert await village.signs_up("stranger", one, whom="grandma") is Refusal.NOT_ALLOWED
    assert await village.signs_up("li", one, whom="grandma") is Took.HELD
    assert await village.street.told(Notice.SIGNED) == []
    (guest,) = (await village.view("li", one)).others
    assert guest.who.name == "grandma"
    assert (await village.view("stranger", one)).others == ()
    await village.does(
        coming.say_coming, "li", one, comes=False, whom=village.street.people["grandma"]
    )
    assert await village.signs_up("zhao", one, whom="grandma") is Took.HELD
    await village.until((await village.row(one)).starts_at)
    assert await village.roster(one) == {"grandma": HELD}


async def test_who_is_there_ticks_off_whom_they_came_with(village: Village) -> None:
    await neighbours(village, "li", "stranger")
    await village.street.add("grandma", "b1", telegram=False, proxy="li")
    one = await village.one(seats=5)
    await village.signs_up("li", one)
    await village.signs_up("li", one, whom="grandma")
    row = await village.row(one)
    grandma = village.street.people["grandma"]
    assert await village.does(coming.tick, "zhao", one, grandma) is Refusal.TOO_EARLY
    await village.until(row.starts_at)
    assert await village.does(coming.tick, "li", one, grandma) is Refusal.NOT_ALLOWED
    await village.does(coming.arrive, "li", one)
    assert await village.does(coming.tick, "li", one, grandma) is SeatOutcome.CAME
    assert (
        await village.does(coming.tick, "zhao", one, grandma, there=False) is SeatOutcome.UNTICKED
    )
    assert await village.does(coming.tick, "stranger", one, grandma) is Refusal.NOT_ALLOWED
    await village.until(row.ends_at + timedelta(hours=1))
    assert (await village.roster(one))["grandma"] is SeatState.ABSENT
    assert await village.does(coming.tick, "zhao", one, grandma) is SeatOutcome.CAME
    assert (await village.view("zhao", one)).counts.came == 2
    assert (
        await village.does(coming.tick, "zhao", one, grandma, there=False) is SeatOutcome.UNTICKED
    )
    assert (await village.roster(one))["grandma"] is SeatState.ABSENT


async def test_nobody_holds_more_seats_than_the_policy_says(village: Village) -> None:
    many = [await village.one(title=f"{number}") for number in range(POLICY.most_seats_held + 1)]
    for one in many[:-1]:
        assert await village.signs_up("wang", one) is Took.HELD
    assert await village.signs_up("wang", many[-1]) is GatheringOutcome.TOO_MANY_HELD
    assert await village.signs_up("wang", many[0]) is Refusal.ALREADY
    await village.says("wang", comes=False, one=many[0])
    assert await village.signs_up("wang", many[-1]) is Took.HELD


async def test_a_series_is_announced_once_and_begins_at_the_same_hour(village: Village) -> None:
    plan = replace(PLAN, weeks=4, topics=("起势", "云手"))
    place = village.street.places["gui"].id
    made = await village.does(planning.announce, "zhao", place, plan)
    again = await village.does(planning.announce, "zhao", place, plan)
    assert (again.outcome, again.gathering_id) == (Refusal.ALREADY, made.gathering_id)
    listed = await village.does(announced, "wang")
    assert [line.topic for line in listed.lines] == ["起势", "云手", "", ""]
    starts = [line.starts_at for line in listed.lines]
    assert starts == [starts[0] + timedelta(weeks=week) for week in range(4)]


async def test_only_the_desk_announces_and_only_the_host_sees_the_list(village: Village) -> None:
    await village.street.add("far", "l1")
    await village.street.grant("far", Role.STAFF, "lan")
    assert (await village.announces("wang")).outcome is Refusal.NOT_ALLOWED
    assert (await village.announces("far")).outcome is Refusal.NOT_ALLOWED
    one = await village.one()
    assert await village.does(gathering, "far", one) is Refusal.NOT_ALLOWED
    assert await village.does(roster_of, "wang", one) is Refusal.NOT_ALLOWED
    assert await village.does(planning.list_to_print, "wang", one) is Refusal.NOT_ALLOWED
    assert (await village.view("wang", one)).code == ""
    for act in (planning.move_inside, coming.sign_up):
        assert await village.does(act, "far", one) is Refusal.NOT_ALLOWED
    assert (await village.does(announced, "far")).count == 0


async def test_rain_moves_it_inside_and_everybody_on_the_list_is_told(village: Village) -> None:
    one = await village.one(rain="大会议室")
    await village.signs_up("wang", one)
    assert await village.does(planning.move_inside, "zhao", one) is GatheringOutcome.CHANGED
    assert (await village.view("wang", one)).where == "大会议室"
    assert await village.street.told(Notice.CHANGED) == ["wang"]
    assert await village.does(planning.move_inside, "zhao", one) is Refusal.BAD_CHOICE
    assert await village.says("wang", comes=True, one=one, version=0) is SeatOutcome.HELD


async def test_who_leaves_gives_their_seat_to_the_next(village: Village) -> None:
    await neighbours(village, "a", "b")
    one = await village.one(seats=1)
    for name in ("a", "b"):
        await village.signs_up(name, one)
    async with transaction(village.street.sessions) as session:
        actor = await village.street.actor(session, "a")
        assert await leave(session, actor, now=village.street.now) is Leaving.LEFT
    assert await village.stands("b", one) is ASKED


async def test_after_an_outage_only_what_still_serves_is_sent_and_says_that_it_is_late(
    village: Village,
) -> None:
    one = await village.one()
    await village.signs_up("wang", one)
    row = await village.row(one)
    await village.returns_at(row.starts_at - timedelta(hours=1))
    assert await village.street.told(Notice.SOON) == ["wang"]
    async with transaction(village.street.sessions) as session:
        detail = await session.scalar(select(OutboxRow.detail).where(OutboxRow.kind == Notice.SOON))
        assert detail == {"late": True}
    await village.returns_at(row.ends_at + timedelta(days=4))
    assert await village.street.told(Notice.SOON) == ["wang"]
    assert await village.street.told(Notice.FEEDBACK) == []


async def test_after_the_start_nobody_is_asked_whether_they_come(village: Village) -> None:
    one = await village.one()
    await village.signs_up("wang", one)
    row = await village.row(one)
    fired = Due(0, Reminder.SOON, one, row.starts_at - timedelta(hours=2), late=True)
    async with transaction(village.street.sessions) as session:
        await soon(session, fired, row.starts_at + timedelta(minutes=1))
    assert await village.street.told(Notice.SOON) == []
    assert isinstance(row.starts_at, datetime)


async def test_a_course_is_joined_at_once_counts_as_one_and_is_called_off_once(
    village: Village,
) -> None:
    await neighbours(village, "a", "b")
    one = await village.one(weeks=8, seats=1)
    assert (await village.view("a", one)).later == 7
    assert await village.does(coming.sign_up_for_all, "a", one) is GatheringOutcome.JOINED_ALL
    assert await village.does(coming.sign_up_for_all, "a", one) is GatheringOutcome.JOINED_ALL
    assert await village.does(coming.sign_up_for_all, "b", one + 1) is GatheringOutcome.JOINED_ALL
    assert await village.stands("a", one + 7) is HELD
    assert await village.stands("b", one) is None
    assert await village.stands("b", one + 7) is WAITING
    other = await village.one(title="另一个")
    assert await village.signs_up("a", other) is Took.HELD
    assert await village.does(planning.call_off_all, "a", one + 4, "x") is Refusal.NOT_ALLOWED
    off = await village.does(planning.call_off_all, "zhao", one + 4, "老师出差")
    assert off is GatheringOutcome.CALLED_OFF
    assert sorted(await village.street.told(Notice.OFF)) == ["a", "b"]
    states = [(await village.row(each)).state for each in range(one, one + 8)]
    assert states == [State.ANNOUNCED] * 4 + [State.OFF] * 4
    assert (await village.view("a", one)).later == 3


async def test_more_seats_let_the_line_move_up_and_fewer_take_none_away(village: Village) -> None:
    await neighbours(village, "a", "b", "c")
    one = await village.one(seats=2)
    for name in ("a", "b", "c"):
        await village.signs_up(name, one)
    assert await village.does(planning.resize, "a", one, 3) is Refusal.NOT_ALLOWED
    assert await village.does(planning.resize, "zhao", one, 0) is Refusal.BAD_CHOICE
    assert await village.does(planning.resize, "zhao", one, 1) is GatheringOutcome.RESIZED
    assert [await village.stands(name, one) for name in ("a", "b", "c")] == [HELD, HELD, WAITING]
    assert await village.does(planning.resize, "zhao", one, 3) is GatheringOutcome.RESIZED
    assert await village.stands("c", one) is ASKED
    await village.until((await village.row(one)).starts_at)
    assert await village.does(planning.resize, "zhao", one, 9) is Refusal.TOO_LATE
