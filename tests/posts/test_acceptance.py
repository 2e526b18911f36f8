"""What the mission asks of posts and shifts, one test each, and what else people expect."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from models.categories import Skill
from models.database import transaction
from models.leaving.actions import leave
from models.people.rules import Leaving
from models.posts.actions import coming, planning, swapping
from models.posts.notices import Notice, ShiftNotice
from models.posts.queries import due_of, places_of, post_roster, shift_roster
from models.posts.rules import (
    BadPost,
    PostKind,
    PostOutcome,
    PostPolicy,
    ShiftState,
    State,
    WeeklyPlan,
)
from models.posts.tables import ShiftConfirmationRow
from models.records.rules import Refusal
from models.seats.rules import SeatOutcome, SeatState, Took
from models.seats.tables import SeatRow
from tests.posts.quarter import PLAN, TUESDAYS, Quarter

HELD, WAITING, ASKED = SeatState.HELD, SeatState.WAITING, SeatState.ASKED
STARTS = datetime.fromisoformat("2026-12-01T09:00:00+08:00")
DAY = timedelta(days=1)


async def test_own_skills_stand_first_then_what_is_near(quarter: Quarter) -> None:
    await quarter.street.volunteer("li", "b1", Skill.TUTORING)
    for title, place, skills in (
        ("远", "gui", ()),
        ("近", "b1", ()),
        ("别的本事", "b1", (Skill.PLUMBING,)),
        ("会教书", "gui", (Skill.TUTORING, Skill.LEGAL)),
    ):
        await quarter.announces(place=place, title=title, skills=skills)
    assert await quarter.listed("li") == ["会教书", "近", "远", "别的本事"]


async def test_full_is_a_line_and_who_gives_up_makes_room_for_the_next(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b", "c")
    await quarter.one()
    took = [await quarter.comes(name) for name in ("a", "b", "c")]
    assert took == [Took.HELD, Took.WAITING, Took.WAITING]
    assert await quarter.comes("a") is Refusal.ALREADY
    assert await quarter.says("a", comes=False) is SeatOutcome.LET_GO
    assert await quarter.stands("b") is ASKED
    assert await quarter.street.told(ShiftNotice.ASKED) == ["b"]
    await quarter.passes(hours=24)
    assert await quarter.street.told(ShiftNotice.MOVED_BACK) == ["b"]
    assert await quarter.street.told(ShiftNotice.ASKED) == ["b", "c"]
    assert await quarter.says("c", comes=True) is SeatOutcome.HELD
    assert await quarter.roster() == {"c": HELD, "b": WAITING}


async def test_who_has_a_place_is_asked_the_day_before_and_two_hours_before(
    quarter: Quarter,
) -> None:
    await quarter.neighbours("a")
    await quarter.one()
    await quarter.comes("a")
    await quarter.until(STARTS - DAY)
    assert await quarter.street.told(ShiftNotice.SOON) == ["a"]
    await quarter.says("a", comes=True)
    await quarter.until(STARTS)
    assert await quarter.street.told(ShiftNotice.SOON) == ["a", "a"]
    assert await quarter.stands("a") is HELD


async def test_who_leads_hears_once_that_hands_are_missing_and_then_the_desk(
    quarter: Quarter,
) -> None:
    await quarter.neighbours("a", "lead")
    await quarter.one(seats=2)
    whom = quarter.street.people["lead"]
    assert await quarter.does(planning.name_lead, "zhao", 1, whom) is PostOutcome.LEAD_NAMED
    assert await quarter.street.told(Notice.LEAD) == ["lead"]
    await quarter.comes("a")
    await quarter.until(STARTS - DAY)
    assert await quarter.street.told(ShiftNotice.SHORT) == ["lead"]
    assert (await quarter.shift("lead")).missing == 1
    await quarter.until(STARTS - timedelta(hours=2))
    assert set((await quarter.street.told(ShiftNotice.SHORT))[1:]) == {"zhao", "zhou"}


async def test_nobody_hears_of_a_shift_that_is_full(quarter: Quarter) -> None:
    await quarter.neighbours("a")
    await quarter.one()
    await quarter.comes("a")
    await quarter.until(STARTS)
    assert await quarter.street.told(ShiftNotice.SHORT) == []


async def test_a_reminder_of_missing_hands_that_comes_after_a_later_one_is_let_go(
    quarter: Quarter,
) -> None:
    await quarter.one(seats=2)
    await quarter.returns_at(STARTS - timedelta(hours=1))
    assert sorted(await quarter.street.told(ShiftNotice.SHORT)) == ["zhao", "zhou"]


async def test_the_door_opens_half_an_hour_before_and_who_came_is_confirmed_in_one_tap(
    quarter: Quarter,
) -> None:
    await quarter.neighbours("a", "b", "c")
    await quarter.one(seats=3)
    for name in ("a", "b", "c"):
        await quarter.comes(name)
    await quarter.until(STARTS - timedelta(minutes=31))
    assert await quarter.does(coming.arrive, "a", 1) is Refusal.TOO_EARLY
    assert await quarter.ticks("zhao", "b") is Refusal.TOO_EARLY
    await quarter.until(STARTS - timedelta(minutes=30))
    assert await quarter.does(coming.arrive, "a", 1) is SeatOutcome.CAME
    assert await quarter.ticks("zhao", "b") is SeatOutcome.CAME
    assert await quarter.does(coming.confirm_all, "zhao", 1) is Refusal.WRONG_TIME
    await quarter.until(STARTS + timedelta(hours=2))
    assert (await quarter.row()).state == ShiftState.OVER
    assert await quarter.street.told(ShiftNotice.CONFIRM) == ["zhao"]
    assert await quarter.roster() == {
        "a": SeatState.CAME,
        "b": SeatState.CAME,
        "c": SeatState.ABSENT,
    }
    assert await quarter.ticks("zhao", "b", there=False) is SeatOutcome.UNTICKED
    assert await quarter.does(coming.confirm_all, "zhao", 1) is PostOutcome.CONFIRMED
    assert await quarter.minutes() == {"a": 90}
    assert await quarter.ticks("zhao", "a", there=False) is Refusal.WRONG_TIME
    nobody = await quarter.does(coming.confirm_all, "zhao", 1)
    assert nobody is PostOutcome.NOBODY_TO_CONFIRM
    assert await quarter.ticks("zhao", "c") is SeatOutcome.CAME
    assert await quarter.does(coming.confirm_all, "zhou", 1) is PostOutcome.CONFIRMED
    assert await quarter.minutes() == {"a": 90, "c": 90}
    assert (await quarter.shift("a")).my_minutes == 90


async def test_nobody_confirms_themselves_but_the_desk_does(quarter: Quarter) -> None:
    await quarter.neighbours("lead")
    await quarter.one()
    await quarter.does(planning.name_lead, "zhao", 1, quarter.street.people["lead"])
    await quarter.comes("lead")
    await quarter.until(STARTS)
    await quarter.does(coming.arrive, "lead", 1)
    await quarter.passes(hours=2)
    assert await quarter.does(coming.confirm_all, "lead", 1) is Refusal.OWN
    assert await quarter.minutes() == {}
    assert await quarter.does(coming.confirm_all, "zhao", 1) is PostOutcome.CONFIRMED
    assert await quarter.minutes() == {"lead": 90}


async def test_nobody_confirms_whom_they_speak_for(quarter: Quarter) -> None:
    await quarter.street.add("li", "b1", telegram=False, proxy="zhao")
    await quarter.one()
    async with transaction(quarter.street.sessions) as session:
        li = replace(await quarter.street.actor(session, "li"), registered=True)
        assert await coming.claim_shift(session, li, 1, now=quarter.street.now) is Took.HELD
    await quarter.until(STARTS)
    await quarter.ticks("zhao", "li")
    await quarter.passes(hours=2)
    assert await quarter.does(coming.confirm_all, "zhao", 1) is Refusal.OWN
    assert await quarter.does(coming.confirm_all, "zhou", 1) is PostOutcome.CONFIRMED


async def test_who_leads_is_asked_again_until_all_are_confirmed(quarter: Quarter) -> None:
    await quarter.neighbours("a")
    await quarter.one()
    await quarter.comes("a")
    await quarter.until(STARTS)
    await quarter.does(coming.arrive, "a", 1)
    await quarter.passes(days=2)
    assert await quarter.street.told(ShiftNotice.CONFIRM) == ["zhao", "zhao"]
    await quarter.does(coming.confirm_all, "zhao", 1)
    await quarter.passes(days=7)
    assert await quarter.street.told(ShiftNotice.CONFIRM) == ["zhao", "zhao"]


async def test_a_stand_in_takes_the_very_place_and_until_then_it_stays(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b", "c", "d")
    await quarter.one()
    await quarter.does(planning.add_shift, "zhao", 1, date(2026, 12, 2), time(9), time(10))
    await quarter.comes("b", 2)
    await quarter.comes("a")
    assert await quarter.seeks("d") is SeatOutcome.NOT_SIGNED_UP
    assert await quarter.seeks("a") is PostOutcome.ASKED_SWAP
    assert await quarter.street.told(ShiftNotice.SWAP) == ["b"]
    assert await quarter.seeks("a") is Refusal.ALREADY
    assert await quarter.stands("a") is HELD
    assert await quarter.stands_in("a", "a") is Refusal.OWN
    assert await quarter.stands_in("b", "a") is PostOutcome.STEPPED_IN
    assert await quarter.street.told(ShiftNotice.STEPPED_IN) == ["a"]
    assert await quarter.roster() == {"b": HELD}
    assert await quarter.stands_in("c", "a") is PostOutcome.GONE


async def test_the_line_is_asked_first_and_others_on_a_second_tap(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b", "c")
    await quarter.one()
    await quarter.does(planning.add_shift, "zhao", 1, date(2026, 12, 2), time(9), time(10))
    await quarter.comes("c", 2)
    for name in ("a", "b"):
        await quarter.comes(name)
    assert await quarter.seeks("a") is PostOutcome.ASKED_SWAP
    assert await quarter.street.told(ShiftNotice.SWAP) == ["b"]
    assert await quarter.stands_in("c", "a") is PostOutcome.LINE_FIRST
    assert await quarter.seeks("a") is PostOutcome.ASKED_MORE
    assert await quarter.street.told(ShiftNotice.SWAP) == ["b", "c"]
    assert await quarter.stands_in("c", "a") is PostOutcome.STEPPED_IN
    assert await quarter.roster() == {"c": HELD, "b": WAITING}


async def test_who_waits_and_stands_in_leaves_the_line(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    await quarter.one()
    await quarter.comes("a")
    await quarter.comes("b")
    await quarter.seeks("a")
    assert await quarter.stands_in("b", "a") is PostOutcome.STEPPED_IN
    assert await quarter.roster() == {"b": HELD}
    assert (await quarter.shift("b")).counts.taken == 1


async def test_the_ask_is_withdrawn_by_a_word_or_by_giving_the_place_up(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b", "c")
    await quarter.one()
    await quarter.comes("a")
    withdraw = swapping.withdraw_swap
    assert await quarter.does(withdraw, "a", 1) is PostOutcome.GONE
    for act in (
        quarter.does(withdraw, "a", 1),
        quarter.says("a", comes=True),
        quarter.says("a", comes=False),
    ):
        assert await quarter.seeks("a") is PostOutcome.ASKED_SWAP
        await act
        assert await quarter.stands_in("b", "a") is PostOutcome.GONE
    assert await quarter.roster() == {}
    assert [row.taken_by for row in await quarter.swaps()] == [None] * 3


async def test_where_nobody_knows_the_post_its_lead_is_asked(quarter: Quarter) -> None:
    await quarter.neighbours("a")
    await quarter.one()
    await quarter.comes("a")
    await quarter.seeks("a")
    assert await quarter.street.told(ShiftNotice.SWAP) == ["zhao"]


async def test_others_read_the_surname_alone_and_no_other_name(quarter: Quarter) -> None:
    await quarter.neighbours("李强", "b")
    await quarter.one(seats=2)
    await quarter.comes("李强")
    await quarter.seeks("李强")
    await quarter.comes("b")
    assert [stand.surname for stand in (await quarter.shift("b")).stands] == ["李"]
    assert (await quarter.shift("wang")).stands == ()
    assert (await quarter.post("b")).lead is None
    assert await quarter.does(shift_roster, "b", 1) is Refusal.NOT_ALLOWED
    assert await quarter.does(post_roster, "b", 1) is Refusal.NOT_ALLOWED


async def test_a_weekly_plan_keeps_the_next_fourteen_days_filled(quarter: Quarter) -> None:
    one = await quarter.one(weekly=TUESDAYS, once=None)
    first = [row.starts_at for row in await quarter.shifts()]
    assert len(first) == 2
    await quarter.does(planning.call_off_shift, "zhao", 1, "下雨")
    await quarter.passes(days=14)
    rows = await quarter.shifts()
    assert [row.starts_at for row in rows] == [first[0] + DAY * 7 * week for week in range(4)]
    assert rows[0].state == ShiftState.OFF
    again = await quarter.does(
        planning.add_shift, "zhao", one, rows[3].starts_at.date(), time(9), time(10)
    )
    assert again is Refusal.ALREADY


async def test_a_post_is_held_without_an_end_and_asked_about_every_ninety_days(
    quarter: Quarter,
) -> None:
    await quarter.neighbours("a", "b")
    one = await quarter.held()
    assert await quarter.takes("a", one) is Took.HELD
    assert await quarter.takes("b", one) is Took.WAITING
    await quarter.passes(days=91)
    assert await quarter.street.told(Notice.STILL) == ["a"]
    assert await quarter.says_of_post("a", comes=True) is SeatOutcome.HELD
    await quarter.passes(days=90)
    assert await quarter.street.told(Notice.STILL) == ["a", "a"]
    assert await quarter.says_of_post("a", comes=False) is SeatOutcome.LET_GO
    assert await quarter.street.told(Notice.ASKED) == ["b"]
    assert await quarter.says_of_post("b", comes=True) is SeatOutcome.HELD
    await quarter.passes(days=1)
    assert await quarter.says_of_post("b", comes=False) is SeatOutcome.LET_GO


async def test_a_post_with_shifts_is_not_taken_itself_nor_one_that_is_held_in_shifts(
    quarter: Quarter,
) -> None:
    await quarter.one()
    assert await quarter.takes("wang") is PostOutcome.IN_SHIFTS
    held = await quarter.held()
    more = (date(2026, 12, 3), time(9), time(10))
    assert await quarter.does(planning.add_shift, "zhao", held, *more) is PostOutcome.NO_SHIFTS


async def test_one_shift_is_called_off_with_a_reason(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    await quarter.one()
    await quarter.comes("a")
    await quarter.comes("b")
    await quarter.seeks("a")
    assert await quarter.does(planning.call_off_shift, "zhao", 1, " ") is Refusal.EMPTY
    off = await quarter.does(planning.call_off_shift, "zhao", 1, "下雨")
    assert off is PostOutcome.CALLED_OFF
    assert sorted(await quarter.street.told(ShiftNotice.OFF)) == ["a", "b"]
    assert await quarter.stands_in("b", "a") is Refusal.WRONG_TIME
    assert await quarter.mine("a") == []


async def test_a_post_that_ends_takes_its_shifts_along_and_each_is_told_once(
    quarter: Quarter,
) -> None:
    await quarter.neighbours("a", "b")
    one = await quarter.one(weekly=TUESDAYS, once=None)
    for shift in (1, 2):
        await quarter.comes("a", shift)
    await quarter.comes("b", 2)
    assert await quarter.does(planning.end_post, "zhao", one, "搬走了") is PostOutcome.ENDED
    assert sorted(await quarter.street.told(Notice.ENDED)) == ["a", "b"]
    assert await quarter.street.told(ShiftNotice.OFF) == []
    assert {row.state for row in await quarter.shifts()} == {ShiftState.OFF}
    await quarter.passes(days=30)
    assert len(await quarter.shifts()) == 2
    assert (await quarter.post_row()).state == State.ENDED
    assert await quarter.listed("a") == []


async def test_who_is_due_when(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    await quarter.one()
    await quarter.comes("a")
    await quarter.comes("b")
    async with transaction(quarter.street.sessions) as session:
        [due] = await due_of(session, quarter.street.people["a"], quarter.street.now)
        assert (due.title, due.where, due.starts_at) == (PLAN.title, PLAN.where, STARTS)
        assert (due.ends_at, due.shift_id) == (STARTS + timedelta(minutes=90), 1)
        assert await due_of(session, quarter.street.people["b"], quarter.street.now) == []
    assert await quarter.mine("b") == [1]


async def test_after_ninety_days_nobody_knows_who_was_there_but_minutes_stay(
    quarter: Quarter,
) -> None:
    await quarter.neighbours("a", "b")
    await quarter.one()
    held = await quarter.held()
    await quarter.takes("b", held)
    await quarter.does(planning.end_post, "zhao", held, "不用了")
    await quarter.comes("a")
    await quarter.seeks("a")
    await quarter.until(STARTS)
    await quarter.does(coming.arrive, "a", 1)
    await quarter.passes(hours=2)
    await quarter.does(coming.confirm_all, "zhao", 1)
    await quarter.until(STARTS + PostPolicy().keep_helpers + DAY)
    async with transaction(quarter.street.sessions) as session:
        assert await session.scalar(select(func.count()).select_from(SeatRow)) == 0
        given = (await session.scalars(select(ShiftConfirmationRow))).one()
        assert (given.shift_id, given.minutes) == (None, 90)
    assert await quarter.swaps() == []
    assert (await quarter.shift("zhao")).counts.came == 1


async def test_who_leaves_gives_up_their_places_and_the_desk_takes_over(quarter: Quarter) -> None:
    await quarter.neighbours("a", "b")
    await quarter.one()
    held = await quarter.held()
    await quarter.does(planning.name_lead, "zhao", 1, quarter.street.people["a"])
    for name in ("a", "b"):
        await quarter.comes(name)
        await quarter.takes(name, held)
    await quarter.seeks("a")
    async with transaction(quarter.street.sessions) as session:
        actor = await quarter.street.actor(session, "a")
        assert await leave(session, actor, now=quarter.street.now) is Leaving.LEFT
    assert (await quarter.post_row()).lead_id is None
    assert await quarter.street.told(ShiftNotice.ASKED) == ["b"]
    assert await quarter.street.told(Notice.ASKED) == ["b"]
    assert await quarter.stands_in("b", "a") is PostOutcome.GONE


async def test_only_the_desk_of_the_place_announces_and_one_form_once(quarter: Quarter) -> None:
    assert (await quarter.announces("wang")).outcome is Refusal.NOT_ALLOWED
    first, again = await quarter.announces(), await quarter.announces()
    assert (first.outcome, again.outcome) == (PostOutcome.ANNOUNCED, Refusal.ALREADY)
    assert first.post_id == again.post_id
    missing = await quarter.does(planning.announce, "zhao", 999, PLAN)
    assert missing.outcome is Refusal.MISSING


@pytest.mark.parametrize(
    ("fields", "bad"),
    [
        ({"title": " "}, BadPost.NO_TITLE),
        ({"words": ""}, BadPost.NO_WORDS),
        ({"where": "\n"}, BadPost.NO_WHERE),
        ({"seats": 0}, BadPost.SEATS),
        ({"seats": 51}, BadPost.SEATS),
        ({"weekly": WeeklyPlan((), time(9), time(10))}, BadPost.WEEKDAYS),
        ({"weekly": WeeklyPlan((7,), time(9), time(10))}, BadPost.WEEKDAYS),
        ({"weekly": WeeklyPlan((1,), time(10), time(10))}, BadPost.END),
        ({"once": (date(2020, 1, 1), time(9), time(10))}, BadPost.START),
        ({"once": (date(2026, 12, 1), time(9), time(9))}, BadPost.END),
    ],
)
async def test_what_is_wrong_is_named(
    quarter: Quarter, fields: dict[str, Any], bad: BadPost
) -> None:
    made = await quarter.announces(**fields)
    assert (made.outcome, made.post_id) == (bad, None)


async def test_who_leads_is_somebody_of_the_community(quarter: Quarter) -> None:
    await quarter.street.add("far", None)
    await quarter.one()
    far = quarter.street.people["far"]
    assert await quarter.does(planning.name_lead, "zhao", 1, far) is Refusal.BAD_CHOICE
    assert await quarter.does(planning.name_lead, "wang", 1, far) is Refusal.NOT_ALLOWED
    zhao = quarter.street.people["zhao"]
    assert await quarter.does(planning.name_lead, "zhou", 1, zhao) is Refusal.ALREADY


async def test_the_widest_place_of_a_desk_is_offered_first(quarter: Quarter) -> None:
    found = await quarter.does(lambda session, actor, now: places_of(session, actor), "zhao")
    assert found[0].place_id == quarter.street.places["gui"].id
    assert await quarter.does(lambda session, actor, now: places_of(session, actor), "wang") == []


async def test_plots_are_posts_that_are_held(quarter: Quarter) -> None:
    plot = await quarter.held(kind=PostKind.PLOT)
    assert await quarter.takes("wang", plot) is Took.HELD
