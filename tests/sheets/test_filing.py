"""Sheets in versions, filings kept sealed, looked up, agreed to, taken back, looked at."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from models.audit.rules import AuditAct
from models.audit.tables import AuditRow
from models.database import transaction
from models.people.actions.personal import looks_at_me
from models.people.tables import PersonRow
from models.people.views import Person
from models.records.rules import Refusal
from models.records.sealed import opened
from models.sheets import actions, queries
from models.sheets.rules.answers import AnswerProblem, WrongAnswer
from models.sheets.rules.fields import SheetProblem, WrongSheet
from models.sheets.rules.filings import FiledSheet, FilingOutcome, FilingState
from models.sheets.tables import FilingRow, FilingValueRow, SheetRow
from models.sheets.views import FilingView
from models.vault import SealError
from tests.sheets.survey import ANSWERS, CODE, IDENTITY, RECORD, SHORTER, SUBJECT, SURVEY, defined
from tests.town import Town

SEALED = {"alone", "told", "words"}


async def filed(
    town: Town, about: Person, by: Person, *, token: str = "t", **changed: object
) -> Any:
    """File the survey about somebody."""
    sheet = await defined(town.sessions, town.now)
    async with transaction(town.sessions) as session:
        return await actions.file(
            session,
            sheet.sheet_id,
            subject_id=RECORD,
            about_id=about.id,
            by_id=by.id,
            answers=ANSWERS | changed,
            token=token,
            now=town.now,
        )


async def view(town: Town, filing_id: int) -> FilingView:
    async with transaction(town.sessions) as session:
        found = await queries.filing_view(session, filing_id)
    assert found is not None
    return found


async def act(town: Town, action: Any, filing_id: int, actor: Person) -> Any:
    async with transaction(town.sessions) as session:
        return await action(session, filing_id, actor=actor, now=town.now)


async def test_what_is_sealed_lies_nowhere_in_plain_and_opens_in_its_own_row(town: Town) -> None:
    wang, zhao = await town.settle(1), await town.settle(2)
    done = await filed(town, wang, zhao)
    assert done == FiledSheet(done.filing_id)
    shown = await view(town, done.filing_id)
    assert {one.field.key for one in shown.answers if one.value is None} == SEALED
    assert shown.value("mobility") == "stick"
    assert (shown.subject_id, shown.about_id, shown.by_id) == (RECORD, wang.id, zhao.id)
    async with transaction(town.sessions) as session:
        rows = {row.key: row for row in await session.scalars(select(FilingValueRow))}
        assert {key for key, row in rows.items() if row.sealed} == SEALED
        assert all(row.plain is None for row in rows.values() if row.sealed)
        assert opened(session, rows["words"], "sealed") == "晚上怕摔跤"
        rows["told"].sealed, rows["words"].sealed = rows["words"].sealed, rows["told"].sealed
        with pytest.raises(SealError):
            opened(session, rows["told"], "sealed")
        await session.rollback()


async def test_a_look_opens_all_and_the_person_concerned_reads_who_looked(town: Town) -> None:
    wang, zhao = await town.settle(1), await town.settle(2)
    done = await filed(town, wang, zhao)
    async with transaction(town.sessions) as session:
        for reader in (zhao, wang):
            seen = await actions.look(session, done.filing_id, reader_id=reader.id, now=town.now)
            assert seen is not None
            assert (seen.value("alone"), seen.value("words")) == (True, "晚上怕摔跤")
        assert await actions.look(session, 999, reader_id=zhao.id, now=town.now) is None
        looks = await looks_at_me(session, wang)
        assert [(one.name, one.subject, one.subject_id) for one in looks] == [
            (zhao.name, "filings", done.filing_id)
        ]
        lines = await session.scalars(select(AuditRow).where(AuditRow.act == AuditAct.LOOKED))
        assert [one.detail["keys"] for one in lines] == [sorted(SEALED)]


async def test_an_indexed_answer_is_found_however_written_and_only_there(town: Town) -> None:
    wang, zhao = await town.settle(1), await town.settle(2)
    done = await filed(town, wang, zhao)
    async with transaction(town.sessions) as session:
        for key, typed in (("plate", "京 Ａ 12345"), ("told", "13800001001")):
            assert await queries.by_digest(session, CODE, key, typed) == [done.filing_id]
        for key, typed in (("plate", "13800001001"), ("words", "晚上怕摔跤"), ("told", "x")):
            assert await queries.by_digest(session, CODE, key, typed) == []
        digests = [*await session.scalars(select(FilingValueRow.digest))]
    assert len([one for one in digests if one]) == 2
    await act(town, actions.withdraw, done.filing_id, zhao)
    async with transaction(town.sessions) as session:
        assert await queries.by_digest(session, CODE, "plate", "京A12345") == []


async def test_the_number_of_an_identity_card_is_not_filed(town: Town) -> None:
    wang, zhao = await town.settle(1), await town.settle(2)
    done = await filed(town, wang, zhao, words=f"号码{IDENTITY}")
    assert done == WrongAnswer("words", AnswerProblem.IDENTITY_NUMBER)
    async with transaction(town.sessions) as session:
        assert await session.scalar(select(FilingRow.id)) is None
        assert (
            await actions.file(
                session,
                999,
                subject_id=1,
                about_id=None,
                by_id=zhao.id,
                answers={},
                token="x",
                now=town.now,
            )
            is Refusal.MISSING
        )


async def test_another_version_changes_nothing_that_was_filed(town: Town) -> None:
    wang, zhao = await town.settle(1), await town.settle(2)
    first = await defined(town.sessions, town.now)
    done = await filed(town, wang, zhao)
    before = await view(town, done.filing_id)
    second = await defined(town.sessions, town.now, SHORTER)
    assert (first.version, second.version, second.fresh) == (1, 2, True)
    assert not (await defined(town.sessions, town.now, SHORTER)).fresh
    after = await view(town, done.filing_id)
    assert after.answers == before.answers
    assert after.sheet == replace(before.sheet, current=False)
    async with transaction(town.sessions) as session:
        current = await queries.current_sheet(session, CODE)
        old = await queries.sheet_of_version(session, CODE, 1)
        assert [one.version for one in await queries.sheets_of(session, SUBJECT)] == [2]
        await actions.retire(session, CODE, now=town.now)
        assert await queries.current_sheet(session, CODE) is None
    assert current is not None
    assert old is not None
    assert (current.version, current.title, old.fields) == (2, SHORTER.title, SURVEY.fields)
    third = await defined(town.sessions, town.now, SHORTER)
    assert (third.version, third.fresh) == (3, True)


async def test_a_sheet_that_is_wrong_or_another_subjects_is_not_defined(town: Town) -> None:
    await defined(town.sessions, town.now)
    async with transaction(town.sessions) as session:
        wrong = await actions.define(session, replace(SURVEY, fields=()), by_id=None, now=town.now)
        other = await actions.define(
            session, replace(SURVEY, subject="other"), by_id=None, now=town.now
        )
        assert [*await session.scalars(select(SheetRow.version))] == [1]
    assert wrong == (WrongSheet(SheetProblem.NO_FIELDS),)
    assert other is Refusal.BAD_CHOICE


async def test_only_the_person_concerned_or_who_speaks_for_them_agrees(town: Town) -> None:
    wang, zhao, son = [await town.settle(number) for number in (1, 2, 3)]
    done = await filed(town, wang, zhao)
    other = await filed(town, wang, zhao, token="u")
    for nobody in (zhao, son):
        assert await act(town, actions.confirm, done.filing_id, nobody) is Refusal.NOT_ALLOWED
    assert await act(town, actions.confirm, done.filing_id, wang) is FilingOutcome.CONFIRMED
    assert await act(town, actions.confirm, done.filing_id, wang) is Refusal.ALREADY
    assert (await view(town, done.filing_id)).confirmed_at == town.now
    async with transaction(town.sessions) as session:
        row = await session.get_one(PersonRow, wang.id)
        row.proxy_id = son.id
    assert await act(town, actions.confirm, other.filing_id, son) is FilingOutcome.CONFIRMED
    async with transaction(town.sessions) as session:
        denied = select(AuditRow.actor_id).where(AuditRow.act == AuditAct.DENIED)
        assert sorted(await session.scalars(denied)) == sorted([zhao.id, son.id])


async def test_what_is_taken_back_is_erased_and_after_agreeing_only_by_her(town: Town) -> None:
    wang, zhao = await town.settle(1), await town.settle(2)
    mine = await filed(town, wang, zhao)
    slip = await filed(town, wang, zhao, token="u")
    assert await act(town, actions.withdraw, slip.filing_id, zhao) is FilingOutcome.WITHDRAWN
    assert await act(town, actions.withdraw, slip.filing_id, zhao) is Refusal.ALREADY
    assert (await view(town, slip.filing_id)).answers == ()
    await act(town, actions.confirm, mine.filing_id, wang)
    late = await act(town, actions.withdraw, mine.filing_id, zhao)
    assert isinstance(late, Refusal)
    assert len((await view(town, mine.filing_id)).answers) == len(ANSWERS)
    assert await act(town, actions.withdraw, mine.filing_id, wang) is FilingOutcome.WITHDRAWN
    assert (await view(town, mine.filing_id)).answers == ()


async def test_of_whoever_leaves_nothing_stays_but_that_it_was_filed(town: Town) -> None:
    wang, zhao, li = [await town.settle(number) for number in (1, 2, 3)]
    mine = await filed(town, wang, zhao)
    other = await filed(town, li, zhao, token="u")
    async with transaction(town.sessions) as session:
        about = await queries.filings_about(session, wang.id)
        assert [(one.id, one.value("words")) for one in about] == [(mine.filing_id, "晚上怕摔跤")]
        assert [one.id for one in await queries.filings_of(session, SUBJECT, RECORD)] == [
            other.filing_id,
            mine.filing_id,
        ]
        assert await actions.erase_of(session, wang.id, now=town.now) == [mine.filing_id]
        assert await actions.erase_of(session, wang.id, now=town.now) == []
        assert await queries.filings_about(session, wang.id) == []
        kept = await session.scalars(select(FilingValueRow.filing_id).distinct())
        assert [*kept] == [other.filing_id]
    assert (await view(town, mine.filing_id)).state is FilingState.WITHDRAWN
