"""Any order of moves, through real requests: nothing is lost, nothing is confirmed by oneself."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from random import Random

import pytest
from sqlalchemy import select

from models.database import transaction
from models.people.tables import PersonRow
from models.savings.actions.claiming import say_time
from models.savings.actions.deciding import drop, keep, withdraw
from models.savings.actions.giving import give_to_pool, offer, take
from models.savings.actions.reversing import reverse
from models.savings.rules import EARNED, CauseKind, TimeState
from models.savings.tables import SavingsClaimRow, SavingsMoveRow
from tests.profile import seeds
from tests.savings.bank import Bank
from tests.savings.test_giving import family

PEOPLE = ("wang", "li", "zhao", "zhou")


async def _one_thing(bank: Bank, dice: Random, wang: int) -> None:
    """Let one thing happen to one of the first ten of everything."""
    some, minutes, who = dice.randint(1, 10), dice.randint(1, 1440), dice.choice(PEOPLE)
    token, said = f"{dice.random()}", dice.randint(-30, 1500)
    things: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: bank.helped("li", minutes),
        lambda: bank.helped("li", None),
        lambda: bank.does(say_time, who, some, said),
        lambda: bank.says(who, some),
        lambda: bank.says("wang", some),
        lambda: bank.says(who, some, solved=False),
        lambda: bank.does(keep, who, some),
        lambda: bank.does(drop, who, some),
        lambda: bank.does(withdraw, who, some),
        lambda: bank.credits("li", minutes, by=who, cause_id=some),
        lambda: bank.does(give_to_pool, "li", minutes, token),
        lambda: bank.does(offer, "li", wang, minutes, token),
        lambda: bank.does(take, who, some),
        lambda: bank.does(reverse, who, some, "记错了"),
        lambda: bank.does(reverse, "zhou", some, "记错了", instead=minutes),
    )
    await dice.choice(things)()


@pytest.mark.parametrize("seed", seeds(6, 120))
async def test_7_any_life_sums_to_nought_and_every_minute_has_one_confirmed_cause(
    bank: Bank, seed: int
) -> None:
    dice, wang = Random(seed), await family(bank)
    await bank.says("wang", await bank.helped())
    for _step in range(40):
        await _one_thing(bank, dice, wang)
    assert sum((await bank.balances()).values()) == 0
    moves = await bank.moves()
    assert moves
    await _one_cause_each(bank, moves)


async def _one_cause_each(bank: Bank, moves: Sequence[SavingsMoveRow]) -> None:
    causes = [(one.cause_kind, one.cause_id, one.part) for one in moves]
    assert len(causes) == len(set(causes))
    earned = defaultdict[tuple[str, int], list[SavingsMoveRow]](list)
    for one in moves:
        if one.cause_kind in EARNED:
            earned[one.cause_kind, one.cause_id].append(one)
    async with transaction(bank.street.sessions) as session:
        claims = {
            (row.kind, row.cause_id): row
            for row in await session.scalars(select(SavingsClaimRow))
            if row.state == TimeState.SAVED
        }
        proxies = {row.id: row.proxy_id for row in await session.scalars(select(PersonRow))}
    helped = {cause for cause in earned if cause[0] == CauseKind.HELP}
    assert helped == set(claims)
    for cause, parts in earned.items():
        by_id, giver_id = parts[0].by_id, parts[0].giver_id
        assert by_id not in {giver_id, proxies[giver_id or 0]}
        assert proxies[by_id] != giver_id
        assert parts[0].confirmer is not None
        if cause in claims:
            assert sum(one.minutes for one in parts) == claims[cause].minutes
            assert giver_id == claims[cause].giver_id != claims[cause].served_id
