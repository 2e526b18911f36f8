"""What rounds and walks promise, one test each."""

from datetime import timedelta

import pytest

from models.categories import Body
from models.database import transaction
from models.hazards.rules import HazardState
from models.inspections.actions import checklists, rounds, walks
from models.inspections.notices import InspectionNotice, WalkNotice
from models.inspections.queries import checklists_at, history
from models.inspections.rules import (
    BadRound,
    InspectionOutcome,
    InspectionRoundState,
    RoundRhythm,
    WalkMark,
    WalkState,
)
from models.leaving.actions import leave
from models.orders.tables import OrderRow
from models.people.rules import Leaving
from models.records.rules import Refusal
from models.routines.rules import OccasionState
from tests.inspections.beat import BY_DATE, ON_SPOT, Beat

MARKED, DUE, MISSED = InspectionOutcome.MARKED, InspectionNotice.DUE, InspectionNotice.MISSED


async def test_a_bad_point_by_a_date_becomes_an_order_with_an_owner_and_a_day(beat: Beat) -> None:
    await beat.one()
    assert (await beat.begins()).outcome is InspectionOutcome.BEGUN
    assert await beat.finds("zhao", 0, BY_DATE) is MARKED
    [hazard], [order] = await beat.hazards(), await beat.rows(OrderRow)
    assert hazard.inspection_id == 1
    assert hazard.request_id == order.request_id
    assert order.due_at is not None
    request = await beat.street.request(order.request_id)
    assert request.owner_id is not None
    [point] = await beat.points()
    assert (point.mark, point.hazard_id) == ("bad", hazard.id)


async def test_a_point_put_right_on_the_spot_is_kept_as_fixed(beat: Beat) -> None:
    await beat.one()
    await beat.begins()
    assert await beat.finds("zhao", 0) is MARKED
    [hazard] = await beat.hazards()
    assert hazard.state == HazardState.FIXED
    assert hazard.spot.startswith("充电线路")


async def test_a_walk_is_finished_on_the_version_with_which_it_was_begun(beat: Beat) -> None:
    place = beat.street.places["gui"].id
    for token, points in (("a", ["门关得上吗？", "灯亮吗？"]), ("b", [])):
        define = checklists.define_checklist
        made = await beat.does(define, "zhou", place, "我们的单子", points, token=token)
        good = InspectionOutcome.DEFINED if points else InspectionOutcome.NO_POINTS
        assert made is good
    [own, *_house] = await _lists(beat)
    await beat.one(checklist=own)
    await beat.begins()
    await beat.marks("zhao", 0)
    changed = await beat.does(
        checklists.define_checklist, "zhou", place, "新的", ["只看这个"], token="c", code=own
    )
    assert changed is InspectionOutcome.DEFINED
    view = await beat.walk()
    assert (view.version, view.changed, len(view.points), view.at) == (1, True, 2, 1)
    await beat.marks("zhao", 1)
    assert await beat.finishes() is InspectionOutcome.FINISHED
    await beat.begins()
    assert [(one.version, len(one.points)) for one in [await beat.walk(one=2)]] == [(2, 1)]


async def _lists(beat: Beat) -> list[str]:
    async with transaction(beat.street.sessions) as session:
        actor = await beat.street.actor(session, "zhou")
        found = await checklists_at(session, actor, beat.street.places["b1"].id)
        return [one.code for one in found]


async def test_only_a_secretary_writes_checklists_and_only_their_own(beat: Beat) -> None:
    place, define = beat.street.places["gui"].id, checklists.define_checklist
    denied = await beat.does(define, "zhao", place, "单子", ["看"], token="a")
    assert denied is Refusal.NOT_ALLOWED
    for code in ("fire_safety", "at999_ab"):
        wrong = await beat.does(define, "zhou", place, "单子", ["看"], token="a", code=code)
        assert wrong is Refusal.BAD_CHOICE
    many = ["\n".join(str(n) for n in range(31))]
    too_many = await beat.does(define, "zhou", place, "单子", many, token="a")
    assert too_many is InspectionOutcome.TOO_MANY_POINTS


async def test_a_half_done_walk_goes_on_days_later_with_another(beat: Beat) -> None:
    await beat.one(rhythm=RoundRhythm.MONTHLY)
    await beat.opens()
    await beat.begins()
    await beat.marks("zhao", 0)
    await beat.passes(days=2)
    assert await beat.street.told(WalkNotice.HALF) == ["zhao"]
    [half] = (await beat.page("qian")).halves
    assert (half.marked, half.points) == (1, 5)
    went_on = await beat.begins("qian")
    assert (went_on.outcome, went_on.walk_id) == (InspectionOutcome.GOES_ON, half.id)
    for at in range(1, 5):
        assert await beat.marks("qian", at) is MARKED
    assert await beat.finishes("qian") is InspectionOutcome.FINISHED
    view = await beat.walk()
    assert view.by is not None
    assert view.by.name == "qian"
    [occasion, *_next] = await beat.occasions()
    assert (occasion.state, occasion.done_by) == ("done", beat.street.people["qian"])


async def test_it_is_in_turn_and_told_in_the_morning(beat: Beat) -> None:
    await beat.one(walkers=("zhao", "qian"))
    await beat.passes(days=3)
    assert await beat.street.told(DUE) == ["zhao", "qian", "zhao"]


async def test_what_was_missed_reaches_the_secretary_before_the_next_opens(beat: Beat) -> None:
    await beat.one()
    await beat.opens()
    first, second = (await beat.occasions())[:2]
    await beat.until(second.opens_at - timedelta(minutes=1))
    assert await beat.street.told(MISSED) == ["zhou"]
    assert (await beat.occasions())[0].state == OccasionState.MISSED
    assert (await beat.round()).missed == 1
    await beat.walks_all("qian")
    [covered, *_rest] = await beat.occasions()
    assert (covered.id, covered.state) == (first.id, OccasionState.COVERED)


async def test_the_street_hears_by_the_morning_unless_the_desk_says_that_it_knows(
    beat: Beat,
) -> None:
    await beat.one()
    await beat.opens()
    first, second = (await beat.occasions())[:2]
    await beat.until(first.ends_at + timedelta(minutes=1))
    assert await beat.does(rounds.see_missed, "wang", 1) is Refusal.NOT_ALLOWED
    assert (await beat.round()).line.unseen == 1
    await beat.until(second.opens_at - timedelta(minutes=1))
    assert set(await beat.street.told(InspectionNotice.UNSEEN)) >= {"zhao", "zhou"}
    assert await beat.does(rounds.see_missed, "zhao", 1) is InspectionOutcome.SEEN
    assert await beat.does(rounds.see_missed, "zhou", 1) is Refusal.ALREADY
    assert (await beat.round()).line.unseen == 0
    told = len(await beat.street.told(InspectionNotice.UNSEEN))
    await beat.until(second.ends_at + timedelta(minutes=1))
    assert await beat.does(rounds.see_missed, "qian", 1) is InspectionOutcome.SEEN
    await beat.passes(hours=13)
    assert len(await beat.street.told(InspectionNotice.UNSEEN)) == told
    found = await beat.does(history, "zhou", 1)
    seen = [one.seen_at is not None for one in found.lines if one.state == OccasionState.MISSED]
    assert seen == [True, True]


async def test_who_goes_to_walk_what_was_missed_knows_of_it(beat: Beat) -> None:
    await beat.one()
    await beat.opens()
    [first, *_next] = await beat.occasions()
    await beat.until(first.ends_at + timedelta(minutes=1))
    await beat.begins("qian")
    assert (await beat.round()).line.unseen == 0
    await beat.passes(hours=13)
    assert await beat.street.told(InspectionNotice.UNSEEN) == []


async def test_a_walk_that_goes_on_or_ends_after_its_time_is_told_to_nobody_as_unknown(
    beat: Beat,
) -> None:
    await beat.one()
    await beat.opens()
    [first, *_next] = await beat.occasions()
    await beat.until(first.ends_at - timedelta(hours=1))
    await beat.begins()
    await beat.until(first.ends_at + timedelta(minutes=1))
    assert (await beat.round()).line.unseen == 1
    for at in range(5):
        await beat.marks("zhao", at)
    assert await beat.finishes() is InspectionOutcome.FINISHED
    assert (await beat.round()).line.unseen == 0
    await beat.passes(hours=12)
    assert await beat.street.told(InspectionNotice.UNSEEN) == []


async def test_who_takes_up_a_half_done_walk_knows_what_was_missed(beat: Beat) -> None:
    await beat.one()
    await beat.opens()
    [first, *_next] = await beat.occasions()
    await beat.begins()
    await beat.until(first.ends_at + timedelta(minutes=1))
    assert (await beat.begins("qian")).outcome is InspectionOutcome.GOES_ON
    assert (await beat.round()).line.unseen == 0


async def test_a_late_one_is_kept_but_what_was_missed_stays_missed(beat: Beat) -> None:
    await beat.one()
    await beat.opens()
    await beat.begins()
    await beat.passes(days=2)
    for at in range(5):
        await beat.marks("zhao", at)
    assert await beat.finishes() is InspectionOutcome.FINISHED_LATE
    assert (await beat.occasions())[0].state == OccasionState.MISSED


async def test_after_an_outage_a_missed_round_is_told_once(beat: Beat) -> None:
    await beat.one()
    [first] = await beat.occasions()
    await beat.returns_at(first.ends_at + timedelta(hours=1))
    assert await beat.street.told(MISSED) == ["zhou"]


async def test_a_step_back_corrects_the_last_mark_but_no_hazard(beat: Beat) -> None:
    await beat.one()
    await beat.begins()
    assert await beat.back("zhao", 0) is InspectionOutcome.NOTHING_BEFORE
    await beat.marks("zhao", 0, WalkMark.NONE)
    assert await beat.back("zhao", 1) is InspectionOutcome.TAKEN_BACK
    assert await beat.back("zhao", 1) is Refusal.WRONG_TIME
    await beat.finds("zhao", 0)
    assert await beat.back("zhao", 1) is InspectionOutcome.HAZARD_STANDS
    assert (await beat.walk()).counts == {WalkMark.GOOD: 0, WalkMark.BAD: 1, WalkMark.NONE: 0}
    assert await beat.does(walks.drop_walk, "zhao", 1) is InspectionOutcome.HAS_HAZARDS


async def test_bad_input_opens_no_hazard(beat: Beat) -> None:
    await beat.one()
    await beat.begins()
    yesterday = (beat.street.now - timedelta(days=1)).date()
    late = BY_DATE.__class__(BY_DATE.kind, BY_DATE.level, yesterday)
    assert await beat.finds("zhao", 0, late) is InspectionOutcome.BAD_DUE
    assert await beat.finds("zhao", 9) is Refusal.BAD_CHOICE
    assert await beat.marks("zhao", 0, WalkMark.BAD) is Refusal.BAD_CHOICE
    assert await beat.finishes() is InspectionOutcome.POINTS_LEFT
    assert (await beat.hazards(), await beat.points()) == ([], [])


async def test_a_walk_begun_by_mistake_is_dropped_and_begun_anew(beat: Beat) -> None:
    await beat.one()
    await beat.opens()
    await beat.begins()
    assert await beat.does(walks.drop_walk, "zhao", 1) is InspectionOutcome.DROPPED
    assert (await beat.occasions())[0].state == OccasionState.DUE
    assert (await beat.begins("qian")).outcome is InspectionOutcome.BEGUN
    assert [one.state for one in await beat.walked()] == [WalkState.DROPPED, WalkState.OPEN]


async def test_a_walk_by_itself_belongs_to_no_round(beat: Beat) -> None:
    place = beat.street.places["b1"].id
    given = (place, "fire_safety", Body.COMMITTEE)
    for outcome in (InspectionOutcome.BEGUN, InspectionOutcome.GOES_ON):
        made = await beat.does(walks.walk_freely, "zhao", *given, token="w")
        assert (made.outcome, made.walk_id) == (outcome, 1)
    stranger = await beat.does(walks.walk_freely, "wang", *given, token="x")
    assert stranger.outcome is Refusal.NOT_ALLOWED


@pytest.mark.parametrize("who", ["wang"])
async def test_nobody_else_sees_or_does_anything(beat: Beat, who: str) -> None:
    await beat.one()
    await beat.begins()
    tried = [
        await beat.does(rounds.end_round, who, 1),
        await beat.does(rounds.excuse_once, who, 1),
        await beat.does(rounds.choose_walkers, who, 1, [beat.street.people[who]]),
        await beat.does(history, who, 1),
        (await beat.begins(who)).outcome,
        await beat.marks(who, 0),
        await beat.finds(who, 0, ON_SPOT),
        await beat.back(who, 0),
        await beat.finishes(who),
        await beat.does(walks.drop_walk, who, 1),
        (await beat.sets_up(who)).outcome,
    ]
    assert {*tried} == {Refusal.NOT_ALLOWED}
    assert (await beat.page(who)).rounds.lines == ()


async def test_slips_in_a_plan_are_named(beat: Beat) -> None:
    assert (await beat.sets_up(title=" ")).outcome is BadRound.NO_TITLE
    assert (await beat.sets_up(checklist="none")).outcome is BadRound.CHECKLIST
    assert (await beat.sets_up(walkers=("wang",))).outcome is BadRound.WALKERS
    yesterday = (beat.street.now - timedelta(days=1)).date()
    assert (await beat.sets_up(starts_on=yesterday)).outcome is BadRound.START
    made = await beat.sets_up()
    again = await beat.sets_up()
    assert (again.outcome, again.round_id) == (Refusal.ALREADY, made.round_id)


async def test_it_is_let_go_once_and_ended(beat: Beat) -> None:
    await beat.one()
    assert await beat.does(rounds.excuse_once, "zhao", 1) is Refusal.WRONG_TIME
    await beat.opens()
    assert await beat.does(rounds.excuse_once, "zhao", 1) is InspectionOutcome.EXCUSED
    assert await beat.does(rounds.end_round, "zhao", 1) is InspectionOutcome.ENDED
    await beat.passes(days=3)
    assert await beat.street.told(MISSED) == []
    assert (await beat.round()).line.state is InspectionRoundState.ENDED


async def test_who_leaves_hands_back_and_the_secretary_is_told(beat: Beat) -> None:
    await beat.one(walkers=("qian",))
    await beat.opens()
    await beat.begins("qian")
    async with transaction(beat.street.sessions) as session:
        actor = await beat.street.actor(session, "qian")
        assert await leave(session, actor, now=beat.street.now) is Leaving.LEFT
    assert await beat.street.told(InspectionNotice.NOBODY) == ["zhou"]
    assert (await beat.round()).walkers == ()
    assert (await beat.begins()).outcome is InspectionOutcome.GOES_ON
    await beat.passes(days=2)


async def test_the_history_names_nobody_and_in_a_year_who_walked_is_forgotten(beat: Beat) -> None:
    await beat.one(rhythm=RoundRhythm.QUARTERLY)
    await beat.begins()  # before it opens
    await beat.opens()
    await beat.walks_all()
    made = await beat.does(rounds.history_to_print, "zhou", 1)
    [line] = made.lines
    assert (line.state, line.counts[WalkMark.GOOD]) == ("done", 5)
    await beat.passes(days=366)
    [walk] = await beat.walked()
    assert walk.by_id is None
    assert {one.by_id for one in await beat.points()} == {None}
