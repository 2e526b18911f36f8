"""What is credited, and on whose word: several credits at once, and who is bound to whom."""

import pytest

from models.database import transaction
from models.people.tables import PersonRow
from models.savings.actions.crediting import credit
from models.savings.actions.giving import offer, take
from models.savings.gifts import gift_told
from models.savings.rules import CauseKind, Credited, CreditOutcome, Notice, SavingsOutcome
from tests.savings.bank import Bank
from tests.savings.test_giving import family

A_DAY = 24 * 60
MOST = 1500 * 60


async def test_two_credits_of_one_person_in_one_transaction_fill_up_to_the_most(
    bank: Bank,
) -> None:
    await _has(bank, "li", MOST - 90)
    async with transaction(bank.street.sessions) as session:
        done = [
            await credit(
                session,
                giver_id=bank.street.people["li"],
                minutes=60,
                kind=CauseKind.SHIFT,
                cause_id=number,
                confirmed_by=bank.street.people["wang"],
                now=bank.street.now,
            )
            for number in (1, 2, 2)
        ]
    assert done == [
        Credited(CreditOutcome.SAVED, 60),
        Credited(CreditOutcome.CAPPED, 30, 30),
        Credited(CreditOutcome.KNOWN),
    ]
    balances = await bank.balances()
    assert (balances["li"], balances["pool"]) == (MOST, 30)


async def test_what_a_relative_cannot_keep_goes_to_the_pool_and_both_read_it(bank: Bank) -> None:
    wang = await family(bank)
    await _has(bank, "wang", MOST - 20, by="zhou")
    await bank.credits("li", 60)
    await bank.does(offer, "li", wang, 60, "a")
    assert await bank.does(take, "wang", 1) is SavingsOutcome.TAKEN
    balances = await bank.balances()
    assert (balances["wang"], balances["pool"], balances["li"]) == (MOST, 40, 0)
    assert await bank.street.told(Notice.GIFT_SAID) == ["li"]
    async with transaction(bank.street.sessions) as session:
        for name in ("li", "wang"):
            told = await gift_told(session, bank.street.people[name], 1, bank.street.now)
            assert told is not None
            assert (told.minutes, told.pooled, told.mine) == (60, 40, name == "wang")
        zhou = bank.street.people["zhou"]
        assert await gift_told(session, zhou, 1, bank.street.now) is None


@pytest.mark.parametrize(
    ("giver", "by", "served", "outcome"),
    [
        ("li", "li", None, CreditOutcome.OWN_WORD),
        ("li", "zhao", "li", CreditOutcome.OWN_WORD),
        ("li", "nai", None, CreditOutcome.PROXY_WORD),
        ("nai", "li", None, CreditOutcome.PROXY_WORD),
        ("li", "zhao", "nai", CreditOutcome.PROXY_WORD),
        ("nai", "zhao", "li", CreditOutcome.PROXY_WORD),
        ("nai", "li", "ye", CreditOutcome.PROXY_WORD),
        ("wang", "li", None, CreditOutcome.PROXY_WORD),
        ("li", "wang", None, CreditOutcome.PROXY_WORD),
        ("li", "zhao", "ye", CreditOutcome.PROXY_WORD),
        ("nai", "wang", None, CreditOutcome.SAVED),
        ("nai", "zhao", "ye", CreditOutcome.SAVED),
        ("li", "zhao", "zhou", CreditOutcome.SAVED),
    ],
)
async def test_nobodys_word_counts_who_is_bound_to_the_giver_on_either_side(
    bank: Bank, giver: str, by: str, served: str | None, outcome: CreditOutcome
) -> None:
    """Li speaks for nai and ye, and wang for li; whoever is bound to one of these is not to all."""
    await bank.street.add("nai", "b1", telegram=False, proxy="li")
    await bank.street.add("ye", "b1", telegram=False, proxy="li")
    async with transaction(bank.street.sessions) as session:
        row = await session.get_one(PersonRow, bank.street.people["li"])
        row.proxy_id = bank.street.people["wang"]
    served_id = None if served is None else bank.street.people[served]
    done = await bank.credits(giver, 60, by=by, served_id=served_id)
    assert done.outcome is outcome
    assert len(await bank.moves()) == (outcome is CreditOutcome.SAVED)


async def _has(bank: Bank, name: str, minutes: int, by: str = "wang") -> None:
    """Let somebody have saved so much."""
    days, rest = divmod(minutes, A_DAY)
    for piece in (*([A_DAY] * days), *([rest] if rest else [])):
        await bank.credits(name, piece, by=by)
