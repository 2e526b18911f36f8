"""Many at once on one walk: one word a point, one walk a time of a round, one end."""

import asyncio

from models.database import transaction
from models.inspections.actions import walks
from models.inspections.rules import InspectionOutcome, WalkMark
from models.leaving.actions import leave
from models.people.rules import Leaving
from models.records.rules import Refusal
from models.routines.rules import OccasionState
from tests.inspections.beat import BY_DATE, Beat

BOTH = ("zhao", "qian")


async def test_two_begin_the_walk_of_one_time(beat: Beat) -> None:
    await beat.one()
    await beat.opens()
    made = await asyncio.gather(*(beat.begins(name) for name in (*BOTH, "zhou", *BOTH)))
    assert [one.outcome for one in made].count(InspectionOutcome.BEGUN) == 1
    assert {one.walk_id for one in made} == {1}
    [walk] = await beat.walked()
    assert walk.occasion_id == (await beat.occasions())[0].id


async def test_two_mark_one_point(beat: Beat) -> None:
    await beat.one()
    await beat.begins()
    said = await asyncio.gather(
        beat.marks("zhao", 0), beat.marks("qian", 0, WalkMark.NONE), beat.finds("zhou", 0, BY_DATE)
    )
    assert sorted(said) == sorted(
        [InspectionOutcome.MARKED, *[InspectionOutcome.MARKED_ALREADY] * 2]
    )
    [point] = await beat.points()
    assert len(await beat.hazards()) == (point.mark == WalkMark.BAD)


async def test_two_find_the_same_at_once(beat: Beat) -> None:
    await beat.one()
    await beat.begins()
    said = await asyncio.gather(*(beat.finds(name, 0, BY_DATE) for name in BOTH))
    assert sorted(said) == sorted([InspectionOutcome.MARKED, InspectionOutcome.MARKED_ALREADY])
    assert len(await beat.hazards()) == 1


async def test_two_finish(beat: Beat) -> None:
    await beat.one()
    await beat.opens()
    await beat.begins()
    for at in range(5):
        await beat.marks("zhao", at)
    said = await asyncio.gather(*(beat.finishes(name) for name in BOTH))
    assert sorted(said) == sorted([InspectionOutcome.FINISHED, Refusal.ALREADY])
    assert (await beat.occasions())[0].state == OccasionState.DONE


async def test_a_step_back_against_another_step_back(beat: Beat) -> None:
    await beat.one()
    await beat.begins()
    for at in (0, 1):
        await beat.marks("zhao", at)
    said = await asyncio.gather(*(beat.back(name, 2) for name in BOTH))
    assert sorted(said) == sorted([InspectionOutcome.TAKEN_BACK, Refusal.WRONG_TIME])
    assert [one.key for one in await beat.points()] == ["p1"]


async def test_finishing_against_leaving_and_dropping(beat: Beat) -> None:
    await beat.one(walkers=("qian", "zhao"))
    await beat.opens()
    await beat.begins("qian")
    for at in range(5):
        await beat.marks("qian", at)

    async def leaves() -> Leaving:
        async with transaction(beat.street.sessions) as session:
            actor = await beat.street.actor(session, "qian")
            return await leave(session, actor, now=beat.street.now)

    finished, left, dropped = await asyncio.gather(
        beat.finishes("zhao"), leaves(), beat.does(walks.drop_walk, "zhou", 1)
    )
    assert left is Leaving.LEFT
    ends = {finished, dropped}
    assert ends in (
        {InspectionOutcome.FINISHED, Refusal.WRONG_TIME},
        {InspectionOutcome.DROPPED, Refusal.WRONG_TIME},
    )
