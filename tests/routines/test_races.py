"""Many at once: the database decides, and nothing is planned or held twice."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from models.database import transaction
from models.records.changing import wake
from models.records.rules import Refusal
from models.routines import queries
from models.routines.actions import occasions, plans
from models.routines.rules import Move, OccasionOutcome, OccasionState
from models.routines.tables import OccasionRow
from tests.records.hall import SUBJECT
from tests.routines.walk import DAY, WALKS, ZONE, Walk, walk_of

TAKEN, DONE = OccasionOutcome.TAKEN, OccasionOutcome.DONE


async def test_planned_by_many_at_once_it_is_planned_once(walk: Walk) -> None:
    planned = await asyncio.gather(*(walk.planned() for _ in range(8)))
    (first,) = [one for one in planned if one is not None]
    walk.at((await walk.seen(first)).opens_at)
    planned = await asyncio.gather(*(walk.planned() for _ in range(8)))
    assert len([one for one in planned if one is not None]) == 1
    span = walk.hall.now - 30 * DAY, walk.hall.now + 30 * DAY
    assert len(await walk.query(queries.due_between, *span)) == 2


async def test_of_two_who_take_it_at_once_one_has_it(walk: Walk) -> None:
    first = await walk.opened()
    for _ in range(3):
        await walk.ask(first)
    names = ["li", "chen", "sun"]
    took = await asyncio.gather(*(walk.does(first, Move.TAKE, name) for name in names))
    assert sorted(took) == [Refusal.ALREADY, Refusal.ALREADY, TAKEN]
    assert await walk.holder(first) == names[took.index(TAKEN)]


async def test_of_two_who_take_a_missed_one_at_once_one_has_it(walk: Walk) -> None:
    missed = await walk.missed()
    for _ in range(3):
        await walk.ask(missed)
    names = ["li", "chen", "sun"]
    took = await asyncio.gather(*(walk.does(missed, Move.TAKE, name) for name in names))
    assert sorted(took) == [Refusal.ALREADY, Refusal.ALREADY, TAKEN]
    assert await walk.holder(missed) == names[took.index(TAKEN)]


async def test_asked_for_at_once_each_is_asked_once(walk: Walk) -> None:
    first = await walk.opened()
    asked = await asyncio.gather(*(walk.ask(first) for _ in range(5)))
    assert [one for one in asked if one is not None] != []
    assert sorted(one for one in asked if isinstance(one, str)) == ["chen", "li", "sun"]
    assert asked.count(None) == 2


async def test_done_in_the_moment_of_its_end_is_done_or_missed(walk: Walk) -> None:
    first = await walk.opened()
    walk.at((await walk.seen(first)).ends_at)
    done, missed = await asyncio.gather(walk.does(first, Move.DO, "li"), walk.miss(first))
    assert (done, missed) in [
        (DONE, Refusal.WRONG_TIME),
        (Refusal.NOT_ALLOWED, OccasionOutcome.MISSED),
        (Refusal.WRONG_TIME, OccasionOutcome.MISSED),
    ]


async def test_taken_while_the_routine_is_paused_it_is_excused(walk: Walk) -> None:
    first = await walk.opened()
    took, ahead, excused, planned = await asyncio.gather(
        walk.does(first, Move.TAKE, "li"),
        walk.planned(),
        walk.plan(plans.pause, walk.hall.now),
        walk.planned(),
    )
    assert took in {TAKEN, Refusal.WRONG_TIME}
    assert excused == [one for one in (first, ahead or planned) if one is not None]
    assert await walk.state(first) is OccasionState.EXCUSED
    span = walk.hall.now, walk.hall.now + 30 * DAY
    found = await walk.query(queries.due_between, *span)
    assert {one.state for one in found} == {OccasionState.EXCUSED}


async def test_an_occasion_that_opens_and_a_pause_wait_for_each_other_in_one_order(
    walk: Walk,
) -> None:
    first = await walk.opened()

    async def opens() -> None:
        async with transaction(walk.hall.sessions) as session:
            change = await wake(session, WALKS, first, walk.hall.now)
            assert change is not None
            await occasions.ask_next(change)
            await plans.plan_next(session, walk.id, walk.hall.now, ZONE)

    async def pause() -> None:
        await walk.plan(plans.pause, walk.hall.now)
        await walk.plan(plans.resume)

    await asyncio.gather(*(turn() for _ in range(6) for turn in (opens, pause)))
    await walk.plan(plans.end, walk.hall.now)
    assert await walk.state(first) is OccasionState.EXCUSED


async def test_leaving_against_everything_else(walk: Walk) -> None:
    other = await walk_of(walk.hall, "chen", "li", "sun")
    firsts = [(walk, await walk.opened()), (other, await other.opened())]
    for one, occasion_id in firsts:
        for _ in range(3):
            await one.ask(occasion_id)

    async def leave(name: str) -> Any:
        async with transaction(walk.hall.sessions) as session:
            return await plans.leave(session, walk.hall.people[name], walk.hall.now)

    moves = [
        move
        for one, occasion_id in reversed(firsts)
        for move in (
            one.does(occasion_id, Move.TAKE, "li"),
            one.does(occasion_id, Move.TAKE, "sun"),
            one.planned(),
            one.ask(occasion_id),
            one.people("li", "chen", "sun", "qian"),
        )
    ]
    await asyncio.gather(leave("li"), leave("chen"), *moves)
    await leave("li")
    await leave("chen")
    for one, occasion_id in firsts:
        assert await one.holder(occasion_id) in {None, "sun"}
        assert set(await one.asks(occasion_id)) <= {"sun", "qian"}
        ahead = await one.query(queries.coming_of, walk.hall.people["li"], walk.hall.now)
        assert ahead == []


@pytest.mark.parametrize(
    "values",
    [
        {"state": "taken", "person_id": None},
        {"state": "done"},
        {"state": "due", "done_by": 1},
        {"ends_at": None},
    ],
)
async def test_the_database_keeps_no_taken_of_nobody_and_no_done_by_nobody(
    walk: Walk, values: dict[str, Any]
) -> None:
    first = await walk.opened()
    if "done_by" in values:
        values = {**values, "done_by": walk.hall.people["li"]}
    with pytest.raises(IntegrityError):
        async with transaction(walk.hall.sessions) as session:
            await session.execute(
                update(OccasionRow).where(OccasionRow.id == first).values(**values)
            )


async def test_the_database_keeps_one_occasion_of_a_window(walk: Walk) -> None:
    first = await walk.seen(await walk.opened())
    with pytest.raises(IntegrityError):
        await walk.hall.insert(
            OccasionRow(
                subject=SUBJECT,
                subject_id=first.subject_id,
                routine_id=walk.id,
                opens_on=first.opens_on,
                opens_at=first.opens_at,
                ends_at=first.ends_at,
                state=OccasionState.DUE,
            )
        )
