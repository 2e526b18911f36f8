"""Time that is passed on: to the pool, and to family who agree."""

from random import Random

import pytest

from models.circle.actions import add_contact, agree
from models.circle.rules import Tie
from models.database import transaction
from models.leaving.actions import leave
from models.records.rules import Refusal
from models.savings.actions.giving import decline, give_to_pool, offer, take
from models.savings.actions.reversing import reverse
from models.savings.gifts import relatives_of
from models.savings.rules import Notice, SavingsOutcome
from tests.profile import seeds
from tests.savings.bank import Bank


async def family(bank: Bank, tie: Tie = Tie.CHILD) -> int:
    """Let wang have li in her circle, and give li's number."""
    li = bank.street.people["li"]
    named = await bank.does(add_contact, "wang", li, tie)
    await bank.does(agree, "li", named.circle_id)
    return bank.street.people["wang"]


async def test_the_pool_gets_it_once_and_nothing_that_is_not_there(bank: Bank) -> None:
    await bank.credits("li", 60)
    assert await bank.does(give_to_pool, "li", 90, "a") is SavingsOutcome.NOT_ENOUGH
    assert await bank.does(give_to_pool, "li", 0, "a") is SavingsOutcome.BAD_TIME
    assert await bank.does(give_to_pool, "li", 40, "a") is SavingsOutcome.GIVEN
    assert await bank.does(give_to_pool, "li", 10, "a") is Refusal.ALREADY
    balances = await bank.balances()
    assert (balances["li"], balances["pool"], balances["issued"]) == (20, 40, -60)
    assert (await bank.book("li")).given == 60


async def test_family_takes_it_with_one_tap_and_nothing_moves_before(bank: Bank) -> None:
    wang = await family(bank)
    await bank.credits("li", 60)
    assert await bank.does(offer, "li", wang, 90, "a") is SavingsOutcome.NOT_ENOUGH
    assert await bank.does(offer, "li", wang, 60, "a") is SavingsOutcome.OFFERED
    assert await bank.does(offer, "li", wang, 60, "a") is Refusal.ALREADY
    assert (await bank.book("li")).balance == 60
    assert await bank.street.told(Notice.GIFT) == ["wang"]
    assert await bank.does(take, "li", 1) is Refusal.NOT_ALLOWED
    assert await bank.does(take, "wang", 1) is SavingsOutcome.TAKEN
    assert await bank.does(take, "wang", 1) is Refusal.ALREADY
    assert await bank.street.told(Notice.GIFT_SAID) == ["li"]
    balances = await bank.balances()
    assert (balances["li"], balances["wang"]) == (0, 60)
    assert (await bank.book("wang")).given == 0


async def test_what_is_gone_meanwhile_cannot_be_taken(bank: Bank) -> None:
    wang = await family(bank)
    await bank.credits("li", 60)
    await bank.does(offer, "li", wang, 60, "a")
    await bank.does(give_to_pool, "li", 30, "b")
    assert await bank.does(take, "wang", 1) is SavingsOutcome.GONE_MEANWHILE
    assert await bank.does(decline, "wang", 1) is SavingsOutcome.DECLINED
    assert (await bank.balances())["li"] == 30


async def test_only_family_in_the_circle_who_agreed_are_offered_it(bank: Bank) -> None:
    await bank.credits("li", 60)
    people = bank.street.people
    assert await bank.does(offer, "li", people["zhao"], 30, "a") is SavingsOutcome.NO_RELATIVE
    named = await bank.does(add_contact, "wang", people["li"], Tie.FRIEND)
    await bank.does(agree, "li", named.circle_id)
    assert await bank.does(offer, "li", people["wang"], 30, "a") is SavingsOutcome.NO_RELATIVE
    async with transaction(bank.street.sessions) as session:
        assert await relatives_of(session, people["li"]) == []


async def test_who_leaves_is_offered_nothing_and_offers_nothing(bank: Bank) -> None:
    wang = await family(bank)
    await bank.credits("li", 60)
    await bank.does(offer, "li", wang, 60, "a")
    await bank.does(leave, "li")
    assert await bank.does(take, "wang", 1) is Refusal.WRONG_TIME
    assert (await bank.balances())["void"] == 60


@pytest.mark.parametrize("seed", seeds(6, 200))
async def test_7_any_moves_leave_all_accounts_at_nought(bank: Bank, seed: int) -> None:
    dice = Random(seed)
    wang = await family(bank)
    for step in range(15):
        minutes = dice.randint(-60, 1500)
        match dice.choice(["credit", "again", "pool", "offer", "take", "reverse"]):
            case "credit":
                await bank.credits("li", minutes, cause_id=step)
            case "again":
                await bank.credits("li", minutes, cause_id=dice.randint(0, 15))
            case "pool":
                await bank.does(give_to_pool, "li", minutes, f"{step}")
            case "offer":
                await bank.does(offer, "li", wang, minutes, f"{step}")
            case "take":
                await bank.does(take, "wang", dice.randint(1, 8))
            case _:
                await bank.does(reverse, "zhou", dice.randint(1, 12), "记错了")
    balances = await bank.balances()
    assert sum(balances.values()) == 0
    moves = await bank.moves()
    causes = [(one.cause_kind, one.cause_id, one.part) for one in moves]
    assert moves
    assert len(causes) == len(set(causes))
