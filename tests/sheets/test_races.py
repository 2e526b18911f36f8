"""Many at once: a form files once, and versions are numbered without a gap."""

import asyncio
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from models.database import transaction
from models.records.rules import Refusal
from models.sheets import actions
from models.sheets.rules.fields import SheetWords
from models.sheets.rules.filings import DefinedSheet
from models.sheets.tables import FilingRow, FilingValueRow, SheetRow
from tests.sheets.survey import ANSWERS, CODE, RECORD, SURVEY, defined
from tests.town import Town


async def test_sending_one_form_ten_times_at_once_files_once(town: Town) -> None:
    wang = await town.settle(1)
    sheet = await defined(town.sessions, town.now)

    async def send() -> Any:
        async with transaction(town.sessions) as session:
            return await actions.file(
                session,
                sheet.sheet_id,
                subject_id=RECORD,
                about_id=wang.id,
                by_id=wang.id,
                answers=ANSWERS,
                token="once",
                now=town.now,
            )

    done = await asyncio.gather(*(send() for _ in range(10)))
    assert sorted(one.again for one in done) == [False] + [True] * 9
    assert len({one.filing_id for one in done}) == 1
    async with transaction(town.sessions) as session:
        assert await session.scalar(select(func.count(FilingRow.id))) == 1
        assert await session.scalar(select(func.count(FilingValueRow.id))) == len(ANSWERS)


async def test_the_same_sheet_defined_at_once_is_one_version(town: Town) -> None:
    done = await asyncio.gather(*(defined(town.sessions, town.now) for _ in range(8)))
    assert {one.version for one in done} == {1}
    assert sum(one.fresh for one in done) == 1


async def test_other_sheets_defined_at_once_leave_one_current(town: Town) -> None:
    drafts = [replace(SURVEY, title=SheetWords(f"表{n}", f"Sheet {n}")) for n in range(8)]

    async def define(n: int) -> Any:
        async with transaction(town.sessions) as session:
            return await actions.define(session, drafts[n], by_id=None, now=town.now)

    done = await asyncio.gather(*(define(n) for n in range(8)))
    made = [one for one in done if isinstance(one, DefinedSheet)]
    assert all(one is Refusal.WRONG_TIME for one in done if not isinstance(one, DefinedSheet))
    async with transaction(town.sessions) as session:
        rows = [*await session.scalars(select(SheetRow).where(SheetRow.code == CODE))]
    assert sorted(row.version for row in rows) == [*range(1, len(made) + 1)]
    assert [row.version for row in rows if row.retired_at is None] == [len(made)]
