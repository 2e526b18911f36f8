"""Planning what comes next, whoever did what; people, pauses, ends, leaving."""

from datetime import timedelta

import pytest

from models.database import transaction
from models.records.rules import Refusal
from models.routines import queries
from models.routines.actions import plans
from models.routines.rules import (
    Move,
    OccasionOutcome,
    OccasionState,
    Rhythm,
    RoutinePlan,
    RoutineState,
    WrongPlan,
)
from models.routines.views import OccasionCounts
from tests.records.hall import SUBJECT, Hall
from tests.routines.walk import DAY, Walk, opening, today, walk_of, weekly

DUE, TAKEN, MISSED, EXCUSED = (
    OccasionState.DUE,
    OccasionState.TAKEN,
    OccasionState.MISSED,
    OccasionState.EXCUSED,
)
WEEK = timedelta(days=7)


async def test_the_first_is_planned_once_and_is_the_first_ones(walk: Walk) -> None:
    first = await walk.planned()
    assert first is not None
    assert await walk.planned() is None
    seen = await walk.seen(first)
    assert seen.state is DUE
    assert seen.opens_on == today(walk.hall) + DAY
    assert seen.ends_at - seen.opens_at == timedelta(days=6, hours=11)
    assert await walk.holder(first) == "li"
    assert await walk.asks(first) == {}


@pytest.mark.parametrize("done", [True, False])
async def test_the_next_stands_where_the_plan_says_whether_or_not_one_was_done(
    walk: Walk, *, done: bool
) -> None:
    first = await walk.opened()
    opened_on = (await walk.seen(first)).opens_on
    second = await walk.planned()
    assert second is not None
    assert await walk.planned() is None
    walk.hall.later(days=6)
    if done:
        assert await walk.does(first, Move.DO, "li") is OccasionOutcome.DONE
    assert (await walk.seen(second)).opens_on == opened_on + WEEK
    walk.at((await walk.seen(second)).opens_at)
    third = await walk.planned()
    assert third is not None
    assert (await walk.seen(third)).opens_on == opened_on + 2 * WEEK


async def test_after_a_long_silence_what_was_never_planned_is_not_missed(walk: Walk) -> None:
    first = await walk.opened()
    walk.hall.later(days=7 * 3 + 1)
    assert await walk.query(queries.without_next, walk.hall.now) == [walk.id]
    found = await walk.planned()
    assert found is not None
    opened_on = (await walk.seen(first)).opens_on
    assert (await walk.seen(found)).opens_on == opened_on + 3 * WEEK
    ahead = await walk.planned()
    assert ahead is not None
    assert (await walk.seen(ahead)).opens_on == opened_on + 4 * WEEK
    assert await walk.query(queries.without_next, walk.hall.now) == []


async def test_what_is_more_than_half_over_is_left_out(hall: Hall) -> None:
    await hall.add("li")
    plan = RoutinePlan(Rhythm.DAYS, today(hall) - WEEK, every=7, lasts=7)
    walk = await walk_of(hall, "li", plan=plan)
    walk.at(opening(today(hall)) + timedelta(days=3))
    current = await walk.planned()
    assert current is not None
    assert (await walk.seen(current)).opens_at < walk.hall.now
    other = await walk_of(hall, "li", plan=plan)
    walk.hall.later(days=1)
    later = await other.planned()
    assert later is not None
    assert (await walk.seen(later)).opens_at > walk.hall.now


async def test_a_wrong_plan_begins_nothing_and_changes_nothing(walk: Walk) -> None:
    wrong = RoutinePlan(Rhythm.DAYS, today(walk.hall), every=7, lasts=8)
    async with transaction(walk.hall.sessions) as session:
        assert await plans.start(session, SUBJECT, 1, wrong, []) is WrongPlan.LASTS
    assert await walk.plan(plans.replan, wrong, walk.hall.now) is WrongPlan.LASTS
    (view,) = await walk.query(queries.routines_of, [(await _view(walk)).subject_id])
    assert view.plan == weekly(walk.hall)


async def _view(walk: Walk):
    async with transaction(walk.hall.sessions) as session:
        routine = await session.get_one(plans.RoutineRow, walk.id)
        (view,) = await queries.routines_of(session, SUBJECT, [routine.subject_id])
    return view


async def test_a_routine_is_read_with_its_people_in_order(walk: Walk) -> None:
    view = await _view(walk)
    assert view.state is RoutineState.RUNNING
    assert view.plan == weekly(walk.hall)
    assert walk.hall.names(view.people) == ["li", "chen", "sun"]
    await walk.people("sun", "qian", "sun")
    assert walk.hall.names((await _view(walk)).people) == ["sun", "qian"]
    assert await walk.query(queries.routines_of, [view.subject_id + 1]) == []


async def test_a_routine_of_nobody_is_nobodys(hall: Hall) -> None:
    await hall.add("li")
    walk = await walk_of(hall)
    first = await walk.opened()
    assert await walk.holder(first) is None
    assert await walk.ask(first) is None
    await walk.people("li")
    assert await walk.ask(first) == "li"


async def test_with_another_plan_what_has_opened_stays(walk: Walk) -> None:
    first = await walk.opened()
    second = await walk.planned()
    daily = RoutinePlan(Rhythm.DAYS, today(walk.hall), lasts=1)
    assert await walk.plan(plans.replan, daily, walk.hall.now) == [second]
    assert (await walk.state(first), await walk.state(second)) == (DUE, EXCUSED)
    third = await walk.planned()
    assert third == second  # the day after the open one ends: planned again, on the new plan
    seen = await walk.seen(third)
    assert seen.state is DUE
    assert seen.ends_at - seen.opens_at == timedelta(hours=11)


async def test_a_pause_excuses_what_is_due_or_taken_and_nothing_else(walk: Walk) -> None:
    missed = await walk.missed()
    second = await walk.planned()
    walk.at((await walk.seen(second)).opens_at)
    third = await walk.planned()
    await walk.does(second, Move.TAKE, "li")
    assert await walk.plan(plans.pause, walk.hall.now) == [second, third]
    assert await walk.plan(plans.pause, walk.hall.now) is Refusal.ALREADY
    states = [await walk.state(one) for one in (missed, second, third)]
    assert states == [MISSED, EXCUSED, EXCUSED]
    assert await walk.planned() is None
    assert await walk.query(queries.without_next, walk.hall.now) == []


async def test_a_pause_taken_back_costs_nothing(walk: Walk) -> None:
    first = await walk.opened()
    await walk.ask(first)
    await walk.does(first, Move.TAKE, "li")
    second = await walk.planned()
    await walk.plan(plans.pause, walk.hall.now)
    assert await walk.plan(plans.resume) is None
    assert await walk.plan(plans.resume) is Refusal.ALREADY
    assert await walk.planned() == first
    assert (await walk.seen(first)).settled_at is None
    assert (await walk.state(first), await walk.asks(first)) == (DUE, {})
    assert await walk.planned() == second
    assert await walk.planned() is None


async def test_what_was_excused_for_itself_stays_excused_after_a_pause(walk: Walk) -> None:
    await walk.hall.add("wang")
    first = await walk.opened()
    second = await walk.planned()
    assert await walk.does(first, Move.EXCUSE, "wang") is OccasionOutcome.EXCUSED
    await walk.plan(plans.pause, walk.hall.now)
    await walk.plan(plans.resume)
    assert await walk.planned() == second
    assert await walk.state(first) is EXCUSED


async def test_what_is_missed_comes_first_though_another_ends_earlier(hall: Hall) -> None:
    await hall.add("li")
    begins = today(hall) + DAY
    short, long = (RoutinePlan(Rhythm.DAYS, begins, every=30, lasts=days) for days in (2, 3))
    one, two = [await walk_of(hall, "li", plan=plan) for plan in (short, long)]
    due, missed = await one.opened(), await two.planned()
    assert missed is not None
    two.at((await two.seen(missed)).ends_at)
    await two.miss(missed)
    found = await one.query(queries.open_occasions, hall.now)
    assert [(seen.id, seen.state) for seen in found] == [(missed, MISSED), (due, DUE)]


async def test_a_pause_taken_back_leaves_the_next_to_be_planned(walk: Walk) -> None:
    await walk.planned()
    await walk.plan(plans.pause, walk.hall.now)
    await walk.plan(plans.resume)
    assert await walk.query(queries.without_next, walk.hall.now) == [walk.id]


async def test_a_pause_over_a_window_leaves_that_one_out(walk: Walk) -> None:
    first = await walk.opened()
    opened_on = (await walk.seen(first)).opens_on
    await walk.plan(plans.pause, walk.hall.now)
    walk.hall.later(days=5)
    await walk.plan(plans.resume)
    second = await walk.planned()
    assert (await walk.seen(second)).opens_on == opened_on + WEEK
    assert await walk.state(first) is EXCUSED


async def test_an_end_is_for_good(walk: Walk) -> None:
    first = await walk.planned()
    assert await walk.plan(plans.end, walk.hall.now) == [first]
    assert await walk.plan(plans.end, walk.hall.now) is Refusal.ALREADY
    assert await walk.plan(plans.resume) is Refusal.WRONG_TIME
    assert await walk.plan(plans.pause, walk.hall.now) is Refusal.WRONG_TIME
    assert await walk.plan(plans.replan, weekly(walk.hall), walk.hall.now) is Refusal.WRONG_TIME
    assert await walk.planned() is None
    nothing = Walk(walk.hall, 99_999)
    assert await nothing.planned() is None
    assert await nothing.people("li") is Refusal.MISSING
    assert await nothing.plan(plans.resume) is Refusal.MISSING
    assert await nothing.plan(plans.end, walk.hall.now) is Refusal.MISSING
    assert await nothing.plan(plans.replan, weekly(walk.hall), walk.hall.now) is Refusal.MISSING


async def test_who_does_it_no_more_holds_nothing_and_may_not_take(walk: Walk) -> None:
    first = await walk.opened()
    second = await walk.planned()
    await walk.ask(first)
    await walk.does(first, Move.TAKE, "li")
    assert await walk.people("chen", "sun") == [first]
    assert (await walk.state(first), await walk.holder(first)) == (DUE, None)
    assert await walk.holder(second) == "chen"
    assert await walk.does(first, Move.TAKE, "li") is Refusal.NOT_ALLOWED
    assert await walk.ask(first) == "chen"
    assert await walk.people("sun", "chen") == []
    assert (await walk.holder(first), await walk.holder(second)) == (None, "sun")
    assert await walk.asks(first) == {"chen": "asked"}


async def test_whoever_leaves_holds_nothing_and_is_asked_nothing(walk: Walk) -> None:
    other = await walk_of(walk.hall, "chen")
    missed = await walk.missed()
    await walk.ask(missed)
    await walk.does(missed, Move.TAKE, "li")
    second = await walk.opened()
    third = await walk.planned()
    theirs = await other.opened()
    li, chen = (walk.hall.people[name] for name in ("li", "chen"))
    async with transaction(walk.hall.sessions) as session:
        assert await plans.leave(session, li, walk.hall.now, subject="else") == []
        freed = await plans.leave(session, li, walk.hall.now)
        assert freed == [(SUBJECT, second)]
        assert await plans.leave(session, li, walk.hall.now) == []
    assert [await walk.holder(one) for one in (missed, second, third)] == [None, None, "chen"]
    assert [await walk.state(one) for one in (missed, second, third)] == [MISSED, DUE, DUE]
    assert await walk.asks(missed) == {"chen": "lapsed"}
    assert await other.holder(theirs) == "chen"
    async with transaction(walk.hall.sessions) as session:
        freed = await plans.leave(session, chen, walk.hall.now)
    assert freed == [(SUBJECT, theirs)]
    assert walk.hall.names((await _view(walk)).people) == ["sun"]
    assert await walk.holder(third) == "sun"


async def test_what_was_done_stays_with_whoever_left(walk: Walk) -> None:
    first = await walk.opened()
    await walk.does(first, Move.DO, "li")
    li = walk.hall.people["li"]
    async with transaction(walk.hall.sessions) as session:
        assert await plans.leave(session, li, walk.hall.now) == []
    assert (await walk.seen(first)).done_by == li


async def test_a_month_is_counted_and_told(walk: Walk) -> None:
    begins = walk.hall.now
    await walk.hall.add("wang")
    subject_id = (await _view(walk)).subject_id
    ids = []
    for turn in ("done", "missed", "covered", "excused", "due"):
        occasion_id = await walk.opened()
        ids.append(occasion_id)
        if turn == "done":
            await walk.does(occasion_id, Move.DO, "li")
        if turn == "excused":
            await walk.does(occasion_id, Move.EXCUSE, "wang")
        if turn in {"missed", "covered"}:
            walk.at((await walk.seen(occasion_id)).ends_at)
            await walk.miss(occasion_id)
        if turn == "covered":
            await walk.does(occasion_id, Move.COVER, "li", whose="li")
    ahead = await walk.planned()
    span = begins, walk.hall.now + 2 * WEEK
    counts = await walk.query(queries.counts_between, *span)
    assert counts == OccasionCounts(due=2, done=1, covered=1, missed=1, excused=1)
    assert counts.wanted == 5
    assert await walk.query(queries.counts_between, *span, subject_ids=[]) == OccasionCounts()
    between = await walk.query(queries.due_between, *span, subject_ids=[subject_id])
    assert [one.id for one in between] == [*ids, ahead]
    from_the_second = (await walk.seen(ids[0])).ends_at, (await walk.seen(ids[2])).opens_at
    between = await walk.query(queries.due_between, *from_the_second)
    assert [one.id for one in between] == [ids[1]]
    last = await walk.query(queries.last_done, [subject_id])
    assert last == {subject_id: (await walk.seen(ids[2])).settled_at}


async def test_what_is_to_be_done_now_is_missed_ones_first(hall: Hall) -> None:
    await hall.add("li", "chen")
    one, two = [await walk_of(hall, "li", "chen") for _ in range(2)]
    missed = await one.missed()
    late = await two.opened()
    found = await one.query(queries.open_occasions, hall.now)
    assert [seen.id for seen in found] == [missed, late]
    mine = await one.query(queries.asked_of, hall.people["li"], hall.now)
    assert [seen.id for seen in mine] == [missed, late]
    assert await one.query(queries.asked_of, hall.people["chen"], hall.now) == []
    await two.ask(late)
    await two.ask(late)
    theirs = await one.query(queries.asked_of, hall.people["chen"], hall.now)
    assert [seen.id for seen in theirs] == [late]
    await two.does(late, Move.TAKE, "li")
    assert await one.query(queries.asked_of, hall.people["chen"], hall.now) == []
    assert await one.ask(missed) == "chen"
    await one.does(missed, Move.TAKE, "li")
    for name, wanted in (("li", [missed, late]), ("chen", [])):
        theirs = await one.query(queries.asked_of, hall.people[name], hall.now)
        assert [seen.id for seen in theirs] == wanted
    again = await one.opened()
    found = await one.query(queries.open_occasions, hall.now)
    assert missed not in [seen.id for seen in found]
    following = await two.planned()
    assert following is not None
    coming = await one.query(queries.coming_of, hall.people["li"], hall.now - DAY)
    assert again in [seen.id for seen in coming]
