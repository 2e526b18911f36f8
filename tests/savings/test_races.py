"""Many at once at one account: nothing is credited twice, and nothing is lost."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select

from models.database import transaction
from models.leaving.actions import leave
from models.people.rules import Leaving
from models.posts.actions import coming
from models.posts.rules import PostOutcome
from models.records.rules import Refusal
from models.savings.actions.crediting import credit
from models.savings.actions.giving import give_to_pool, offer, take
from models.savings.actions.ledger import hold
from models.savings.actions.reversing import reverse
from models.savings.rules import (
    CauseKind,
    Credited,
    CreditOutcome,
    SavingsOutcome,
    TransferState,
)
from models.savings.tables import SavingsGiftRow
from tests.posts.quarter import Quarter
from tests.savings.bank import Bank
from tests.savings.test_giving import family


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


async def test_who_leaves_while_a_relative_takes_their_time_loses_none_of_it(bank: Bank) -> None:
    wang = await family(bank)
    await bank.credits("li", 60)
    await bank.does(offer, "li", wang, 60, "a")
    left, took = await _at_once(bank, ("li", leave), ("wang", take, 1))
    assert left is Leaving.LEFT
    assert took in {SavingsOutcome.TAKEN, SavingsOutcome.GONE_MEANWHILE, Refusal.WRONG_TIME}
    balances = await bank.balances()
    assert balances["li"] == 0
    taken = took is SavingsOutcome.TAKEN
    assert (balances["wang"], balances.get("void", 0)) == ((60, 0) if taken else (0, 60))
    assert await _offered(bank) == []


@pytest.mark.parametrize("who", ["li", "wang"])
async def test_who_leaves_while_something_is_offered_is_offered_nothing(
    bank: Bank, who: str
) -> None:
    wang = await family(bank)
    await bank.credits("li", 90)
    offers = [("li", offer, wang, 30, f"o{number}") for number in range(3)]
    done = await _at_once(bank, *offers, (who, leave))
    assert done[-1] is Leaving.LEFT
    assert await _offered(bank) == []
    balances = await bank.balances()
    assert (balances["li"], balances.get("void", 0)) == ((0, 90) if who == "li" else (90, 0))


async def test_who_leaves_while_they_give_to_the_pool_gives_or_keeps_nothing(bank: Bank) -> None:
    await bank.credits("li", 60)
    left, gave = await _at_once(bank, ("li", leave), ("li", give_to_pool, 40, "a"))
    assert left is Leaving.LEFT
    given = 40 if gave is SavingsOutcome.GIVEN else 0
    balances = await bank.balances()
    assert (balances["li"], balances["void"]) == (0, 60 - given)
    assert balances.get("pool", 0) == given


async def test_forty_are_credited_in_one_go_by_two_at_once_in_either_order(bank: Bank) -> None:
    names = [f"n{number}" for number in range(40)]
    for name in names:
        await bank.street.add(name, "b1")
    ids = [bank.street.people[name] for name in names]
    done = await asyncio.gather(_all_credited(bank, ids, 0), _all_credited(bank, ids[::-1], 1))
    assert [set(one) for one in done] == [{CreditOutcome.SAVED}] * 2
    balances = await bank.balances()
    assert {balances[name] for name in names} == {60}
    assert len(await bank.moves()) == 80


async def _all_credited(bank: Bank, ids: Sequence[int], first: int) -> list[CreditOutcome]:
    async with transaction(bank.street.sessions) as session:
        await hold(session, ids)
        return [
            (
                await credit(
                    session,
                    giver_id=giver_id,
                    minutes=30,
                    kind=CauseKind.SHIFT,
                    cause_id=first * 1000 + giver_id,
                    confirmed_by=bank.street.people["zhou"],
                    now=bank.street.now,
                )
            ).outcome
            for giver_id in ids
        ]


async def _at_once(bank: Bank, *acts: tuple[Any, ...]) -> list[Any]:
    """Act as several at once, each as whoever they were before any of it: name, act, its rest."""
    async with transaction(bank.street.sessions) as session:
        actors = {one[0]: await bank.street.actor(session, one[0]) for one in acts}

    async def acted(name: str, act: Any, *given: Any) -> Any:
        async with transaction(bank.street.sessions) as session:
            return await act(session, actors[name], *given, now=bank.street.now)

    return list(await asyncio.gather(*(acted(*one) for one in acts)))


async def _offered(bank: Bank) -> list[int]:
    """List what is still offered."""
    async with transaction(bank.street.sessions) as session:
        open_ = select(SavingsGiftRow.id).where(SavingsGiftRow.state == TransferState.OFFERED)
        return list(await session.scalars(open_))


async def test_who_leaves_while_their_shift_is_confirmed_waits_for_it_or_comes_first(
    bank: Bank,
) -> None:
    """Leaving lets go of a shift before it holds an account, as confirming does: neither waits for
    what the other holds."""
    quarter, names = Quarter(bank.street), ["li", *(f"n{number}" for number in range(5))]
    await quarter.neighbours(*names[1:])
    await quarter.one(seats=len(names))
    for name in names:
        await quarter.comes(name)
    row = await quarter.row()
    await quarter.until(row.starts_at)
    for name in names:
        await quarter.ticks("zhao", name)
    await quarter.until(row.ends_at)
    confirmed, *left = await asyncio.gather(
        quarter.does(coming.confirm_all, "zhao", 1),
        *(bank.does(leave, name) for name in names[:3]),
    )
    assert confirmed is PostOutcome.CONFIRMED
    assert left == [Leaving.LEFT] * 3
    balances = await bank.balances()
    assert [balances.get(name, 0) for name in names[:3]] == [0] * 3
    assert [balances[name] for name in names[3:]] == [90] * 3
