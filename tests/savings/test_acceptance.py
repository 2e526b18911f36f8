"""The acts of the mission that savings answer for, one test each, by their numbers."""

from datetime import datetime

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from models.database import Session, transaction
from models.help.actions.visits import report_done
from models.help.rules.outcomes import VerdictOutcome
from models.leaving.actions import leave
from models.people.rules import Leaving
from models.people.views import Person
from models.records.rules import Refusal
from models.savings.actions.crediting import arrange
from models.savings.actions.disputing import drop, keep, reverse
from models.savings.queries import decided_told, open_disputes, pooled_move
from models.savings.rules import (
    CauseKind,
    Confirmer,
    Credited,
    CreditOutcome,
    DisputeState,
    MovePart,
    Notice,
    SavingsOutcome,
)
from models.savings.tables import SavingsMoveRow
from models.savings.triggers import REFUSAL
from models.savings.views import DisputeView
from tests.savings.bank import Bank


async def _disputes(session: Session, actor: Person, *, now: datetime) -> list[DisputeView]:
    return await open_disputes(session, actor)


async def _asked_by_the_desk(bank: Bank) -> int:
    """Let li help nai, for whom li speaks; staff have asked for it."""
    request_id = await bank.street.file("zhao", beneficiary_id=bank.street.people["nai"])
    await bank.street.claim("li", request_id)
    await bank.does(report_done, "li", request_id, minutes=90)
    return request_id


async def test_3_confirmed_twice_is_one_move(bank: Bank) -> None:
    request_id = await bank.helped()
    assert await bank.says("wang", request_id) is VerdictOutcome.CLOSED
    assert await bank.says("wang", request_id) is VerdictOutcome.ALREADY
    assert await bank.credits("li", 60, cause_id=1) == Credited(CreditOutcome.SAVED, 60)
    assert await bank.credits("li", 60, cause_id=1) == Credited(CreditOutcome.KNOWN)
    moves = await bank.moves()
    assert [(one.minutes, one.cause_kind, one.confirmer) for one in moves] == [
        (90, CauseKind.HELP, Confirmer.HELPED),
        (60, CauseKind.SHIFT, Confirmer.LEAD),
    ]
    assert (await bank.book("li")).given == 150


async def test_4_own_word_and_that_of_a_proxy_are_refused_by_name(bank: Bank) -> None:
    await bank.street.add("nai", "b1", telegram=False, proxy="li")
    assert await bank.credits("li", 60, by="li") == Credited(CreditOutcome.OWN_WORD)
    assert await bank.credits("li", 60, by="nai") == Credited(CreditOutcome.PROXY_WORD)
    assert await bank.credits("nai", 60, by="li") == Credited(CreditOutcome.PROXY_WORD)
    assert await bank.moves() == []


async def test_4_who_was_helped_by_whoever_speaks_for_them_confirms_nothing(bank: Bank) -> None:
    await bank.street.add("nai", "b1", telegram=False, proxy="li")
    request_id = await _asked_by_the_desk(bank)
    await bank.says("zhao", request_id)
    await bank.says("li", request_id)
    assert await bank.moves() == []


async def test_5_a_reversed_move_leaves_both_lines_and_nought(bank: Bank) -> None:
    await bank.credits("li", 60)
    move = (await bank.moves())[0]
    assert await bank.does(reverse, "zhou", move.id, "  ") is Refusal.EMPTY
    assert await bank.does(reverse, "zhou", move.id, "记了两次") is SavingsOutcome.REVERSED
    assert await bank.does(reverse, "zhou", move.id, "记了两次") is Refusal.ALREADY
    assert await bank.does(reverse, "zhou", move.id + 1, "再来") is SavingsOutcome.NOT_EARNED
    assert await bank.does(reverse, "zhou", move.id + 9, "没有") is Refusal.MISSING
    moves = await bank.moves()
    assert [one.minutes for one in moves] == [60, 60]
    assert set((await bank.balances()).values()) == {0}
    book = await bank.book("li")
    assert (book.given, book.balance) == (0, 0)
    assert [(line.kind, line.reversed) for line in book.lines.lines] == [
        (CauseKind.REVERSAL, False),
        (CauseKind.SHIFT, True),
    ]
    assert await bank.street.told(Notice.REVERSED) == ["li"]


async def test_5_nobody_reverses_elsewhere_or_for_themselves(bank: Bank) -> None:
    await bank.credits("li", 60)
    await bank.credits("zhou", 60)
    own, others = [one.id for one in reversed(await bank.moves())]
    assert await bank.does(reverse, "zhao", others, "不对") is Refusal.NOT_ALLOWED
    assert await bank.does(reverse, "wang", others, "不对") is Refusal.NOT_ALLOWED
    assert await bank.does(reverse, "zhou", own, "不对") is Refusal.OWN


async def test_6_what_is_beyond_the_most_goes_to_the_pool_and_is_told(bank: Bank) -> None:
    for _each in range(62):
        await bank.credits("li", 24 * 60)
    await bank.credits("li", 1499 * 60 + 30 - 62 * 24 * 60)
    assert (await bank.book("li")).balance == 1499 * 60 + 30
    assert await bank.credits("li", 60) == Credited(CreditOutcome.CAPPED, 30, 30)
    assert await bank.credits("li", 60) == Credited(CreditOutcome.CAPPED, 0, 60)
    assert (await bank.balances())["pool"] == 90
    book = await bank.book("li")
    assert (book.balance, book.given) == (1500 * 60, 1500 * 60 + 90)
    assert await bank.street.told(Notice.CAPPED) == ["li", "li"]
    pooled = [one.id for one in await bank.moves() if one.part == MovePart.POOL]
    async with transaction(bank.street.sessions) as session:
        li, wang = bank.street.people["li"], bank.street.people["wang"]
        told = await pooled_move(session, li, pooled[0], bank.street.now)
        assert told is not None
        assert (told.minutes, told.most) == (30, 1500 * 60)
        assert await pooled_move(session, wang, pooled[0], bank.street.now) is None
    assert await bank.does(reverse, "zhou", pooled[0], "不对") is SavingsOutcome.REVERSED
    assert (await bank.balances())["pool"] == 60


@pytest.mark.parametrize("minutes", [-30, 0, 25 * 60])
async def test_8_minutes_that_nobody_can_give_are_refused(bank: Bank, minutes: int) -> None:
    assert await bank.credits("li", minutes) == Credited(CreditOutcome.BAD_MINUTES)


async def test_without_a_word_nothing_is_credited(bank: Bank) -> None:
    await bank.helped()
    assert await bank.moves() == []
    assert (await bank.book("li")).given == 0


async def test_staff_who_write_down_what_was_said_are_named_as_the_desk(bank: Bank) -> None:
    await bank.says("zhao", await bank.helped())
    assert [(one.confirmer, one.minutes) for one in await bank.moves()] == [(Confirmer.DESK, 90)]


async def test_not_right_is_decided_once_by_somebody_who_is_neither_side(bank: Bank) -> None:
    for good in (True, False):
        request_id = await bank.helped()
        assert await bank.says("wang", request_id, solved=False) is VerdictOutcome.UNSOLVED
        view = (await bank.does(_disputes, "zhou"))[0]
        assert (view.minutes, view.kind) == (90, CauseKind.HELP)
        assert await bank.does(_disputes, "wang") == []
        assert await bank.does(keep, "li", view.id) is Refusal.OWN
        assert await bank.does(keep, "zhao", view.id) is Refusal.NOT_ALLOWED
        if good:
            assert await bank.does(keep, "zhou", view.id) is SavingsOutcome.KEPT
            assert await bank.does(keep, "zhou", view.id) is Refusal.ALREADY
        else:
            assert await bank.does(drop, "zhou", view.id, " ") is Refusal.EMPTY
            assert await bank.does(drop, "zhou", view.id, "没去") is SavingsOutcome.DROPPED
        assert await bank.does(drop, "zhou", view.id, "再定") in {
            Refusal.WRONG_TIME,
            Refusal.ALREADY,
        }
    assert [one.confirmer for one in await bank.moves()] == [Confirmer.SECRETARY]
    assert await bank.street.told(Notice.DISPUTED) == ["zhou", "zhou"]
    assert await bank.street.told(Notice.DECIDED) == ["li", "li"]
    async with transaction(bank.street.sessions) as session:
        told = await decided_told(session, bank.street.people["li"], 2, bank.street.now)
        assert told is not None
        assert (told.state, told.reason) == (DisputeState.DROPPED, "没去")
        assert await decided_told(session, bank.street.people["wang"], 2, bank.street.now) is None


async def test_what_was_confirmed_before_is_credited_once_by_the_same_rule(bank: Bank) -> None:
    await bank.street.add("nai", "b1", telegram=False, proxy="li")
    asked = [await bank.helped(), await _asked_by_the_desk(bank)]
    silent = await bank.helped()
    async with transaction(bank.street.sessions) as session:
        await session.execute(
            text("UPDATE help_requests SET state = 'closed', solved = :yes WHERE id <> :silent"),
            {"yes": True, "silent": silent},
        )
        await arrange(session, bank.street.now)
    await bank.passes(hours=1)
    assert [one.minutes for one in await bank.moves()] == [90]
    assert len(asked) == 2
    async with transaction(bank.street.sessions) as session:
        await arrange(session, bank.street.now)
    await bank.passes(hours=1)
    assert len(await bank.moves()) == 1


async def test_the_database_refuses_to_change_or_remove_a_move(bank: Bank) -> None:
    await bank.credits("li", 60)
    for change in (update(SavingsMoveRow).values(minutes=600), delete(SavingsMoveRow)):
        with pytest.raises(DBAPIError, match=REFUSAL):
            async with transaction(bank.street.sessions) as session:
                await session.execute(change)
    assert [one.minutes for one in await bank.moves()] == [60]


async def test_who_leaves_takes_nothing_along_and_the_accounts_stay_in_balance(bank: Bank) -> None:
    await bank.credits("li", 60)
    assert await bank.does(leave, "li") is Leaving.LEFT
    balances = await bank.balances()
    assert (balances["li"], balances["void"], balances["issued"]) == (0, 60, -60)
    assert await bank.credits("li", 60) == Credited(CreditOutcome.GONE)
