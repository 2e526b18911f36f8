"""Many at once: nobody asks too often, of two owners one answers first."""

import asyncio

from models.cars import actions
from models.cars.rules import CarOutcome
from models.records.rules import Refusal
from tests.cars.yard import NOBODYS, PLATE, Yard


async def test_five_at_once_are_three(yard: Yard) -> None:
    plates = [f"苏B1111{number}" for number in range(5)]
    done = await asyncio.gather(*(yard.asks_for("wang", plate) for plate in plates))
    outcomes = [one.outcome for one in done]
    assert outcomes.count(CarOutcome.ASKED) == 3
    assert outcomes.count(CarOutcome.TOO_MANY) == 2
    assert len(await yard.all_calls()) == 3


async def test_one_form_that_comes_twice_asks_once(yard: Yard) -> None:
    done = await asyncio.gather(*(yard.asks_for("wang", PLATE, token="same") for _ in range(3)))
    assert len({one.call_id for one in done}) == 1
    assert len(await yard.all_calls()) == 1


async def test_two_owners_answer_at_once(yard: Yard) -> None:
    await yard.stands("chen")
    one = await yard.calls("wang")
    done = await asyncio.gather(*(yard.does(actions.come, who, one) for who in ("li", "chen")))
    assert sorted(map(str, done)) == [Refusal.ALREADY, CarOutcome.COMING]


async def test_an_answer_and_the_thanks_at_once_end_well(yard: Yard) -> None:
    one = await yard.calls("wang", PLATE)
    await yard.calls("wang", NOBODYS)
    came, thanked = await asyncio.gather(
        yard.does(actions.come, "li", one), yard.does(actions.thank, "wang", one)
    )
    assert thanked is CarOutcome.THANKED
    assert came in {CarOutcome.COMING, Refusal.WRONG_TIME}
    assert await yard.stands_so(one) == "moved"
