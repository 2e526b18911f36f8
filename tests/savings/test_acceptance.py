"""The acts of the mission that savings answer for, one test each, by their numbers."""

from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from models.database import Session, transaction
from models.help.rules.outcomes import VerdictOutcome
from models.leaving.actions import leave
from models.people.rules import Leaving
from models.people.tables import PersonRow
from models.people.views import Person
from models.records.rules import Refusal
from models.savings.actions.claiming import say_time
from models.savings.actions.deciding import drop, keep, withdraw
from models.savings.actions.giving import give_to_pool
from models.savings.actions.reversing import reverse
from models.savings.claims import open_disputes
from models.savings.queries import decided_told, pooled_move, reversed_told
from models.savings.rules import (
    CauseKind,
    Confirmer,
    Credited,
    CreditOutcome,
    MovePart,
    Notice,
    SavingsOutcome,
)
from models.savings.tables import SavingsClaimRow, SavingsMoveRow, SavingsReasonRow
from models.savings.triggers import REFUSAL
from models.savings.views import TimeView
from tests.savings.bank import Bank


async def _disputes(session: Session, actor: Person, *, now: datetime) -> list[TimeView]:
    return await open_disputes(session, actor)


async def _asked_by_the_desk(bank: Bank) -> int:
    """Let li help nai; staff have asked for it. Afterwards li is to speak for nai."""
    nai = bank.street.people["nai"]
    request_id = await bank.helped("li", by="zhao", beneficiary_id=nai)
    async with transaction(bank.street.sessions) as session:
        (await session.get_one(PersonRow, nai)).proxy_id = bank.street.people["li"]
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
    await bank.street.add("nai", "b1", telegram=False, proxy="wang")
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


async def test_other_minutes_count_instead_and_can_be_put_right_in_turn(bank: Bank) -> None:
    await bank.credits("li", 480)
    line = (await bank.moves())[0]
    put_right = partial(bank.does, reverse, "zhou")
    assert await put_right(line.id, "走得早", instead=25 * 60) is SavingsOutcome.BAD_TIME
    assert await put_right(line.id, "走得早", instead=480) is SavingsOutcome.SAME_TIME
    assert await put_right(line.id, "走得早", instead=180) is SavingsOutcome.PUT_RIGHT
    assert await put_right(line.id, "再来", instead=60) is Refusal.ALREADY
    right = (await bank.moves())[1]
    assert (right.minutes, right.cause_kind, right.cause_id) == (180, "correction", line.id)
    assert (right.confirmer, right.done_at) == (Confirmer.SECRETARY, line.done_at)
    assert (await bank.book("li")).given == 180
    assert await put_right(right.id, "是四个小时", instead=240) is SavingsOutcome.PUT_RIGHT
    assert (await bank.book("li")).given == 240
    assert await bank.does(reverse, "zhou", (await bank.moves())[3].id, "没来") is (
        SavingsOutcome.REVERSED
    )
    book = await bank.book("li")
    assert (book.given, book.balance, len(book.lines.lines)) == (0, 0, 6)
    assert await bank.street.told(Notice.REVERSED) == ["li"] * 3


async def test_what_was_given_on_meanwhile_can_still_be_put_right_upwards(bank: Bank) -> None:
    await bank.credits("li", 60)
    line = (await bank.moves())[0]
    assert await bank.does(give_to_pool, "li", 45, "a") is SavingsOutcome.GIVEN
    put_right = partial(bank.does, reverse, "zhou", line.id)
    assert await put_right("没来") is SavingsOutcome.GIVEN_ON
    assert await put_right("少得多", instead=44) is SavingsOutcome.GIVEN_ON
    assert await put_right("多些", instead=90) is SavingsOutcome.PUT_RIGHT
    assert ((await bank.book("li")).balance, (await bank.balances())["pool"]) == (45, 45)


async def test_what_counts_instead_goes_to_the_pool_beyond_the_most(bank: Bank) -> None:
    for _each in range(62):
        await bank.credits("li", 24 * 60)
    await bank.credits("li", 1500 * 60 - 62 * 24 * 60)
    last = (await bank.moves())[-1]
    done = await bank.does(reverse, "zhou", last.id, "更久", instead=last.minutes + 30)
    assert done is SavingsOutcome.PUT_RIGHT
    book = await bank.book("li")
    assert (book.balance, book.given) == (1500 * 60, 1500 * 60 + 30)
    assert (await bank.balances())["pool"] == 30


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
        assert (told.saved, told.pooled, told.most) == (30, 30, 1500 * 60)
        assert await pooled_move(session, wang, pooled[0], bank.street.now) is None
    assert await bank.does(reverse, "zhou", pooled[0], "不对") is SavingsOutcome.REVERSED
    balances = await bank.balances()
    assert (balances["pool"], balances["li"]) == (60, 1500 * 60 - 30)


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


async def test_time_that_nobody_said_is_not_credited(bank: Bank) -> None:
    request_id = await bank.helped(minutes=None)
    assert await bank.says("wang", request_id) is VerdictOutcome.CLOSED
    assert await bank.does(say_time, "li", request_id, 60) is SavingsOutcome.CONFIRMED
    assert await bank.moves() == []


async def test_time_is_said_by_whoever_did_it_until_the_other_side_speaks(bank: Bank) -> None:
    request_id = await bank.helped(minutes=30)
    assert await bank.does(say_time, "li", request_id, 0) is SavingsOutcome.BAD_TIME
    assert await bank.does(say_time, "li", request_id, 25 * 60) is SavingsOutcome.BAD_TIME
    assert await bank.does(say_time, "zhao", request_id, 60) is Refusal.NOT_ALLOWED
    assert await bank.does(say_time, "li", request_id + 9, 60) is Refusal.MISSING
    assert await bank.does(say_time, "li", request_id, 60) is SavingsOutcome.SAID
    await bank.says("wang", request_id)
    assert [one.minutes for one in await bank.moves()] == [60]


async def test_not_so_is_decided_once_by_somebody_who_is_neither_side(bank: Bank) -> None:
    for good in (True, False):
        request_id = await bank.helped()
        assert await bank.says("wang", request_id, solved=False) is VerdictOutcome.UNSOLVED
        view = (await bank.does(_disputes, "zhou"))[0]
        assert (view.minutes, view.kind) == (90, CauseKind.HELP)
        assert await bank.does(_disputes, "wang") == []
        assert await bank.does(keep, "li", view.id) is Refusal.OWN
        assert await bank.does(keep, "wang", view.id) is Refusal.OWN
        assert await bank.does(keep, "zhao", view.id) is Refusal.NOT_ALLOWED
        done = keep if good else drop
        said = SavingsOutcome.KEPT if good else SavingsOutcome.DROPPED
        assert await bank.does(done, "zhou", view.id) is said
        assert await bank.does(done, "zhou", view.id) is Refusal.ALREADY
    assert [one.confirmer for one in await bank.moves()] == [Confirmer.SECRETARY]
    assert await bank.street.told(Notice.DISPUTED) == ["zhou", "zhou"]
    assert await bank.street.told(Notice.HEARD) == ["li", "li"]
    assert await bank.street.told(Notice.DECIDED) == ["li", "li"]
    async with transaction(bank.street.sessions) as session:
        told = await decided_told(session, bank.street.people["li"], 2, bank.street.now)
        assert told is not None
        assert not told.counts
        assert await decided_told(session, bank.street.people["wang"], 2, bank.street.now) is None


async def test_staff_note_that_it_was_not_so_and_the_served_stays_a_side(bank: Bank) -> None:
    request_id = await bank.helped()
    await bank.says("zhao", request_id, solved=False)
    async with transaction(bank.street.sessions) as session:
        row = await session.get_one(SavingsClaimRow, 1)
    assert row.served_id == bank.street.people["wang"]


async def test_who_says_so_after_all_has_it_credited_once(bank: Bank) -> None:
    request_id = await bank.helped()
    await bank.says("wang", request_id, solved=False)
    await bank.says("wang", request_id)
    assert [(one.confirmer, one.minutes) for one in await bank.moves()] == [(Confirmer.HELPED, 90)]
    assert await bank.does(keep, "zhou", 1) is Refusal.ALREADY


async def test_what_is_withdrawn_is_decided_by_nobody(bank: Bank) -> None:
    request_id = await bank.helped()
    await bank.says("wang", request_id, solved=False)
    assert await bank.does(withdraw, "zhou", 1) is Refusal.NOT_ALLOWED
    assert await bank.does(withdraw, "li", 1) is SavingsOutcome.WITHDRAWN
    assert await bank.does(keep, "zhou", 1) is Refusal.WRONG_TIME
    assert await bank.moves() == []


async def test_nobody_decides_so_it_is_brought_again_and_ends_with_who_leaves(bank: Bank) -> None:
    request_id = await bank.helped()
    await bank.says("wang", request_id, solved=False)
    await bank.passes(days=3, hours=1)
    assert await bank.street.told(Notice.DISPUTED) == ["zhou", "zhou"]
    await bank.passes(days=5)
    assert len(await bank.street.told(Notice.DISPUTED)) > 2
    assert await bank.does(leave, "li") is Leaving.LEFT
    assert await bank.does(keep, "zhou", 1) is Refusal.WRONG_TIME
    assert await bank.moves() == []


async def test_why_it_was_taken_back_is_read_by_the_giver_and_goes_when_they_leave(
    bank: Bank,
) -> None:
    await bank.credits("li", 60)
    await bank.does(reverse, "zhou", 1, "记了两次")
    li, zhou = bank.street.people["li"], bank.street.people["zhou"]
    async with transaction(bank.street.sessions) as session:
        told = await reversed_told(session, li, 1, bank.street.now)
        assert told is not None
        assert told.reason == "记了两次"
        assert await reversed_told(session, zhou, 1, bank.street.now) is None
    await bank.does(leave, "li")
    async with transaction(bank.street.sessions) as session:
        assert [one.words for one in await session.scalars(select(SavingsReasonRow))] == [None]


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
