"""The public account: sums of a month that is over, of five people and more, written once."""

from datetime import datetime

from models.database import Session, transaction
from models.people.views import Person
from models.savings.actions.giving import give_to_pool
from models.savings.actions.months import arrange
from models.savings.actions.reversing import reverse
from models.savings.queries import months_of
from models.savings.views import MonthView
from tests.savings.bank import Bank


async def _months(session: Session, who: Person, *, now: datetime) -> list[tuple[int, int | None]]:
    found: list[MonthView] | None = await months_of(session, who)
    return [(one.hours, one.pooled_hours) for one in found or []]


async def _begun(bank: Bank, people: int) -> None:
    async with transaction(bank.street.sessions) as session:
        await arrange(session, bank.street.now)
    for number in range(people):
        await bank.street.add(f"n{number}", "b1")
        await bank.credits(f"n{number}", 70)


async def test_of_four_people_no_sum_is_ever_written(bank: Bank) -> None:
    await _begun(bank, 4)
    await bank.passes(days=40)
    assert await bank.does(_months, "wang") == []


async def test_a_month_that_is_over_is_told_in_whole_hours(bank: Bank) -> None:
    await _begun(bank, 5)
    assert await bank.does(_months, "wang") == []
    await bank.does(give_to_pool, "n0", 60, "a")
    await bank.passes(days=40)
    assert await bank.does(_months, "wang") == [(5, None)]


async def test_it_is_never_reckoned_anew(bank: Bank) -> None:
    await _begun(bank, 5)
    await bank.passes(days=40)
    await bank.does(reverse, "zhou", 1, "记错了")
    await bank.passes(days=40)
    assert await bank.does(_months, "wang") == [(5, None)]


async def test_what_was_put_right_counts_in_the_month_of_its_first_line(bank: Bank) -> None:
    await _begun(bank, 5)
    for line in (1, 2, 3):
        await bank.does(reverse, "zhou", line, "多记了", instead=10)
    await bank.passes(days=40)
    assert await bank.does(_months, "wang") == [(2, None)]
    await bank.does(reverse, "zhou", 4, "少记了", instead=600)
    for number in range(5):
        await bank.credits(f"n{number}", 70)
    await bank.passes(days=31)
    assert await bank.does(_months, "wang") == [(5, None), (2, None)]


async def test_what_was_taken_back_in_the_month_counts_for_nobody(bank: Bank) -> None:
    await _begun(bank, 5)
    await bank.does(reverse, "zhou", 1, "记错了")
    await bank.passes(days=40)
    assert await bank.does(_months, "wang") == []


async def test_five_who_give_to_the_pool_are_summed(bank: Bank) -> None:
    await _begun(bank, 5)
    for number in range(5):
        await bank.does(give_to_pool, f"n{number}", 30, f"t{number}")
    await bank.passes(days=40)
    assert await bank.does(_months, "wang") == [(5, 2)]
