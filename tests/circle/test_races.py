"""Two at once in one circle: no place is given twice, nobody is named twice."""

import asyncio

from models.circle import actions
from models.circle.rules import MOST, CircleOutcome
from models.records.rules import Refusal
from tests.circle.family import Family

NAMES = [f"n{number}" for number in range(MOST + 2)]


async def test_all_are_named_at_once(family: Family) -> None:
    for name in NAMES:
        await family.street.add(name, "b2")
    named = await asyncio.gather(*(family.names(name) for name in NAMES * 2))
    outcomes = [one.outcome for one in named]
    assert outcomes.count(CircleOutcome.NAMED) == MOST
    assert set(outcomes) == {CircleOutcome.NAMED, CircleOutcome.KNOWN, CircleOutcome.FULL}
    assert sorted(row.position for row in await family.rows()) == list(range(MOST))


async def test_agreeing_against_being_taken_out(family: Family) -> None:
    circle_id = (await family.names("son")).circle_id
    agreed, removed = await asyncio.gather(
        family.does(actions.agree, "son", circle_id), family.does(actions.remove, "wang", circle_id)
    )
    assert removed is CircleOutcome.REMOVED
    assert agreed in {CircleOutcome.AGREED, Refusal.WRONG_TIME}
    assert await family.contacts() == []


async def test_two_orders_at_once(family: Family) -> None:
    son, niece, li = await family.has("son", "niece", "li")
    done = await asyncio.gather(
        family.does(actions.put_in_order, "wang", [li, niece, son]),
        family.does(actions.put_in_order, "wang", [niece, son, li]),
    )
    assert done == [CircleOutcome.SET] * 2
    assert await family.contacts() in (["li", "niece", "son"], ["niece", "son", "li"])
