"""Shifts and call-ups are credited on the word of whoever led them, never on one's own."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from models.callups.actions import on_site
from models.callups.rules import CallupOutcome
from models.database import transaction
from models.people.tables import PersonRow
from models.posts.actions import coming, planning
from models.posts.rules import PostOutcome
from models.records.rules import Refusal
from models.savings.rules import CauseKind, Confirmer
from models.savings.tables import SavingsMoveRow
from tests.callups.muster import Muster
from tests.posts.quarter import Quarter
from tests.savings.bank import Bank

STARTS = datetime.fromisoformat("2026-12-01T09:00:00+08:00")


@pytest.fixture
def quarter(bank: Bank) -> Quarter:
    """The street of the bank, with what is to be done there."""
    return Quarter(bank.street)


async def _work(quarter: Quarter, *names: str) -> None:
    """Let these come to one shift of an hour and a half, until it is over."""
    await quarter.one(seats=len(names))
    for name in names:
        await quarter.comes(name)
    await quarter.until(STARTS)
    for name in names:
        await quarter.does(coming.arrive, name, 1)
    await quarter.passes(hours=2)


async def _credited(bank: Bank) -> Sequence[tuple[str, int, str]]:
    names = {person_id: name for name, person_id in bank.street.people.items()}
    return [(names[one.giver_id or 0], one.minutes, one.cause_kind) for one in await bank.moves()]


async def test_all_of_a_shift_are_credited_once_in_one_tap(bank: Bank, quarter: Quarter) -> None:
    await quarter.neighbours("a")
    await _work(quarter, "li", "a")
    assert await _credited(bank) == []
    assert await quarter.does(coming.confirm_all, "zhao", 1) is PostOutcome.CONFIRMED
    again = await quarter.does(coming.confirm_all, "zhou", 1)
    assert again is PostOutcome.NOBODY_TO_CONFIRM
    assert sorted(await _credited(bank)) == [
        ("a", 90, CauseKind.SHIFT),
        ("li", 90, CauseKind.SHIFT),
    ]
    moves: list[SavingsMoveRow] = await bank.moves()
    assert {one.confirmer for one in moves} == {Confirmer.LEAD}
    assert {one.by_id for one in moves} == {bank.street.people["zhao"]}


async def test_what_a_lead_confirms_of_themselves_is_not_credited_before_another_does(
    bank: Bank, quarter: Quarter
) -> None:
    await quarter.neighbours("lead")
    await quarter.one(seats=2)
    whom = bank.street.people["lead"]
    await quarter.does(planning.name_lead, "zhao", 1, whom)
    for name in ("lead", "li"):
        await quarter.comes(name)
    await quarter.until(STARTS)
    for name in ("lead", "li"):
        await quarter.does(coming.arrive, name, 1)
    await quarter.passes(hours=2)
    assert await quarter.does(coming.confirm_all, "lead", 1) is PostOutcome.CONFIRMED
    assert await quarter.does(coming.confirm_all, "lead", 1) is Refusal.OWN
    assert await _credited(bank) == [("li", 90, CauseKind.SHIFT)]
    assert await quarter.does(coming.confirm_all, "zhao", 1) is PostOutcome.CONFIRMED
    assert await _credited(bank) == [("li", 90, CauseKind.SHIFT), ("lead", 90, CauseKind.SHIFT)]


async def test_whom_the_lead_speaks_for_is_credited_on_anothers_word(
    bank: Bank, quarter: Quarter
) -> None:
    await _work(quarter, "li")
    async with transaction(bank.street.sessions) as session:
        row = await session.get_one(PersonRow, bank.street.people["li"])
        row.proxy_id = bank.street.people["zhao"]
    assert await quarter.does(coming.confirm_all, "zhao", 1) is Refusal.OWN
    assert await _credited(bank) == []
    assert await quarter.does(coming.confirm_all, "zhou", 1) is PostOutcome.CONFIRMED
    assert await _credited(bank) == [("li", 90, CauseKind.SHIFT)]


async def test_hours_at_a_site_are_credited_on_the_leads_word_and_the_leads_on_the_desks(
    bank: Bank,
) -> None:
    muster = Muster(bank.street)
    await muster.team("桂花队", "li", "chen")
    await muster.called(sites=("东堤",), days=1)
    for name in ("li", "chen"):
        await muster.comes(name)
    part = await muster.part_of("chen")
    await muster.goes_to()
    for name in ("li", "chen"):
        await muster.does(on_site.arrive, name, 1)
    await muster.goes_to(hour=10)
    await muster.does(on_site.leave_site, "chen", 1)
    assert await muster.does(on_site.confirm, "li", part) is CallupOutcome.CONFIRMED
    assert await _credited(bank) == [("chen", 180, CauseKind.CALLUP)]
    await muster.goes_to(hour=16, minute=1)
    assert await muster.does(on_site.confirm, "li", part) is CallupOutcome.OWN_HOURS
    assert len(await _credited(bank)) == 1
    assert await muster.does(on_site.confirm, "zhao", part) is CallupOutcome.CONFIRMED
    assert [name for name, _minutes, _kind in await _credited(bank)] == ["chen", "li"]
