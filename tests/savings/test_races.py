"""Many at once at one account: nothing is credited twice, and nothing is lost."""

import asyncio

from models.leaving.actions import leave
from models.savings.actions.giving import give_to_pool
from models.savings.actions.reversing import reverse
from models.savings.rules import Credited, CreditOutcome, SavingsOutcome
from tests.savings.bank import Bank


async def test_confirmed_many_times_at_once_is_one_move(bank: Bank) -> None:
    done = await asyncio.gather(*(bank.credits("li", 60, cause_id=1) for _each in range(6)))
    assert done.count(Credited(CreditOutcome.SAVED, 60)) == 1
    assert done.count(Credited(CreditOutcome.KNOWN)) == 5
    assert (await bank.balances())["li"] == 60


async def test_solved_is_said_by_several_at_once(bank: Bank) -> None:
    request_id = await bank.helped()
    await asyncio.gather(*(bank.says(name, request_id) for name in ("wang", "zhao", "zhou")))
    assert [one.minutes for one in await bank.moves()] == [90]
    await bank.balances()


async def test_a_line_is_taken_back_once_however_many_do(bank: Bank) -> None:
    await bank.credits("li", 60)
    move = (await bank.moves())[0]
    done = await asyncio.gather(
        *(bank.does(reverse, "zhou", move.id, "记错了") for _each in range(4)),
        bank.credits("li", 30),
    )
    assert done.count(SavingsOutcome.REVERSED) == 1
    assert (await bank.balances())["li"] == 30


async def test_given_away_at_once_is_given_once(bank: Bank) -> None:
    await bank.credits("li", 60)
    done = await asyncio.gather(*(bank.does(give_to_pool, "li", 60, f"t{n}") for n in range(4)))
    assert done.count(SavingsOutcome.GIVEN) == 1
    assert done.count(SavingsOutcome.NOT_ENOUGH) == 3
    assert (await bank.balances())["pool"] == 60


async def test_who_leaves_while_others_credit_keeps_nothing(bank: Bank) -> None:
    await bank.credits("li", 60)
    await asyncio.gather(
        bank.does(leave, "li"),
        *(bank.credits("li", 30, cause_id=number) for number in range(1, 4)),
    )
    assert (await bank.balances())["li"] == 0
