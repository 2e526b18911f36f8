"""What a secretary reads of everybody's time: who may, what stands there, that it is on record."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from handlers.i18n import speaking
from handlers.savings.checks import sheet_tables
from handlers.sheet import sheet_file
from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.database import transaction
from models.people.rules import Role
from models.records.rules import Refusal
from models.savings.actions.checking import checks, ledger_sheet
from models.savings.actions.giving import give_to_pool, offer, take
from models.savings.actions.reversing import reverse
from models.savings.claims import NAME
from models.savings.flags import Flag
from models.savings.rules import Confirmer
from models.savings.views import SavingsSheet
from tests.savings.bank import Bank
from tests.savings.test_giving import family


async def _all_sorts(bank: Bank) -> SavingsSheet:
    """Have time credited, taken back, and passed on to the pool and to a relative; newest first."""
    wang = await family(bank)
    await bank.credits("li", 60)
    await bank.credits("li", 30, by="zhao")
    await bank.does(reverse, "zhou", 1, "记了两次")
    await bank.credits("li", 90)
    await bank.does(give_to_pool, "li", 20, "a")
    await bank.does(offer, "li", wang, 40, "b")
    await bank.does(take, "wang", 2)
    made: SavingsSheet = await bank.does(ledger_sheet, "zhou")
    return made


@pytest.mark.parametrize("name", ["wang", "li", "zhao"])
async def test_only_who_answers_for_a_place_reads_it_and_a_try_is_on_record(
    bank: Bank, name: str
) -> None:
    await bank.credits("li", 60)
    assert await bank.does(checks, name, 0) is Refusal.NOT_ALLOWED
    assert await bank.does(ledger_sheet, name) is Refusal.NOT_ALLOWED
    assert {row.act for row in await _recorded(bank, name)} == {AuditAct.DENIED}


async def test_every_look_and_every_sheet_is_on_record(bank: Bank) -> None:
    await bank.credits("li", 60)
    await bank.does(checks, "zhou", 0)
    await bank.does(checks, "zhou", 0)
    await bank.does(ledger_sheet, "zhou")
    rows = await _recorded(bank, "zhou")
    assert [row.act for row in rows] == [AuditAct.LOOKED, AuditAct.LOOKED, AuditAct.SHEET_MADE]
    assert rows[-1].detail == {"sheet": NAME, "rows": 1}


async def test_the_page_holds_what_stands_and_says_on_whose_word(bank: Bank) -> None:
    for _each in range(3):
        await bank.credits("li", 200, by="zhao", confirmer=Confirmer.HELPED)
    await bank.credits("li", 60)
    await bank.does(reverse, "zhou", 4, "记错了")
    view = await bank.does(checks, "zhou", 0)
    assert [(one.minutes, one.giver.name, one.by.name) for one in view.lines.lines] == [
        (200, "li", "zhao")
    ] * 3
    pair = next(one for one in view.flags if one.flag is Flag.PAIR)
    assert (set(pair.names), pair.count) == ({"li", "zhao"}, 3)
    assert {one.flag for one in view.flags} == set(Flag)


async def test_who_answers_for_another_community_reads_nothing_of_ours(bank: Bank) -> None:
    await bank.street.add("other", "b1")
    await bank.street.grant("other", Role.SECRETARY, "lan")
    await bank.credits("li", 60)
    assert (await bank.does(ledger_sheet, "other")).lines == ()
    assert (await bank.does(checks, "other", 0)).lines.lines == ()


async def test_the_sheet_holds_both_lines_of_what_was_taken_back_and_what_was_passed_on(
    bank: Bank,
) -> None:
    made = await _all_sorts(bank)
    with speaking("zh_Hans"):
        earned, passed, _stands_out = sheet_tables(made)
        written = sheet_file([earned, passed])
    assert [row[2:4] + row[6:] for row in earned.rows] == [
        ("li", 90, ""),
        ("li", -60, ""),
        ("li", 30, ""),
        ("li", 60, "已撤回"),
    ]
    assert [row[2:] for row in passed.rows] == [("li", 40, "给亲人"), ("li", 20, "公益池")]
    stands = await bank.book("li")
    assert sum(int(row[3]) for row in earned.rows) == stands.given
    words = ZipFile(BytesIO(written)).read("xl/sharedStrings.xml").decode()
    assert "公益池" in words
    assert "记了两次" not in words


async def _recorded(bank: Bank, name: str) -> list[AuditRow]:
    async with transaction(bank.street.sessions) as session:
        rows = await session.scalars(
            select(AuditRow)
            .where(AuditRow.actor_id == bank.street.people[name], AuditRow.subject == NAME)
            .order_by(AuditRow.id)
        )
        return list(rows)
