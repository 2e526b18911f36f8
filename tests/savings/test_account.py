"""The month of a community, in sums of five people and more."""

from models.savings.account import account_of_month
from models.savings.actions.giving import give_to_pool
from models.savings.views import PublicAccount
from tests.savings.bank import Bank


async def test_of_few_people_no_sum_is_told(bank: Bank) -> None:
    for number in range(4):
        await bank.street.add(f"n{number}", "b1")
        await bank.credits(f"n{number}", 60)
    assert await bank.does(account_of_month, "li") == PublicAccount(0, 0, 0)
    await bank.credits("li", 30)
    await bank.does(give_to_pool, "li", 20, "a")
    assert await bank.does(account_of_month, "wang") == PublicAccount(5, 270, 20)


async def test_each_community_has_its_own_account_and_each_month(bank: Bank) -> None:
    for number in range(5):
        await bank.street.add(f"n{number}", "b1")
        await bank.credits(f"n{number}", 60)
    await bank.street.add("beside", "l1")
    await bank.street.add("nowhere", None)
    assert await bank.does(account_of_month, "beside") == PublicAccount(0, 0, 0)
    assert await bank.does(account_of_month, "nowhere") is None
    await bank.passes(days=32)
    assert await bank.does(account_of_month, "wang") == PublicAccount(0, 0, 0)
