"""Certificates: what one says, and that nobody makes one but us."""

from sqlalchemy import select

from models.database import Session, transaction
from models.leaving.actions import leave
from models.savings.actions.papers import certify, check
from models.savings.actions.reversing import reverse
from models.savings.rules import CODE_LENGTH
from models.savings.tables import SavingsPaperRow
from models.savings.views import CheckedPaper
from tests.savings.bank import Bank


async def checked(bank: Bank, code: str) -> CheckedPaper | None:
    async with transaction(bank.street.sessions) as session:
        return await check(session, code)


async def test_a_certificate_is_checked_by_anybody_and_tells_no_name(bank: Bank) -> None:
    assert await bank.does(certify, "li") is None
    await bank.credits("li", 90)
    paper = await bank.does(certify, "li")
    assert (paper.minutes, paper.name, len(paper.code)) == (90, "li", CODE_LENGTH)
    found = await checked(bank, f" {paper.code[:4].lower()}-{paper.code[4:]} ")
    assert found == CheckedPaper(paper.number, "l", 90, paper.made_at, newer=False, corrected=False)


async def test_a_newer_one_takes_its_place(bank: Bank) -> None:
    await bank.credits("li", 90)
    paper = await bank.does(certify, "li")
    await bank.credits("li", 30)
    again = await bank.does(certify, "li")
    old, new = await checked(bank, paper.code), await checked(bank, again.code)
    assert old is not None
    assert new is not None
    assert (old.minutes, old.newer, new.minutes, new.newer) == (90, True, 120, False)


async def test_time_taken_back_since_is_said(bank: Bank) -> None:
    await bank.credits("li", 90)
    paper = await bank.does(certify, "li")
    await bank.does(reverse, "zhou", 1, "记错了")
    found = await checked(bank, paper.code)
    assert found is not None
    assert found.corrected


async def test_what_is_no_code_of_ours_is_said_to_be_none(bank: Bank) -> None:
    await bank.credits("li", 90)
    paper = await bank.does(certify, "li")
    for code in ("", "AAAAAAAAAAAA", paper.code[:-1], paper.code + "A", "'; --"):
        assert await checked(bank, code) is None, code


async def test_the_code_stands_nowhere_but_on_the_paper(bank: Bank) -> None:
    await bank.credits("li", 90)
    paper = await bank.does(certify, "li")
    async with transaction(bank.street.sessions) as session:
        assert paper.code not in await _digests(session)


async def test_of_whoever_has_left_a_certificate_tells_no_letter(bank: Bank) -> None:
    await bank.credits("li", 90)
    paper = await bank.does(certify, "li")
    await bank.does(leave, "li")
    found = await checked(bank, paper.code)
    assert found is not None
    assert (found.surname, found.minutes) == ("", 90)


async def _digests(session: Session) -> list[str]:
    return list(await session.scalars(select(SavingsPaperRow.digest)))
