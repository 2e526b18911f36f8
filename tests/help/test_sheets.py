"""Spreadsheets of the desk: of its own places, on record, phones only where they are rung."""

from datetime import timedelta
from io import BytesIO

from python_calamine import CalamineWorkbook

from handlers.desk import sheets
from handlers.i18n import ENGLISH, speaking
from handlers.sheet import Table, sheet_file
from models.audit.rules import AuditAct
from models.database import transaction
from models.help.actions import visits
from models.help.actions.sheets import hours_sheet, requests_sheet
from models.help.tables import RequestRow
from models.orders.actions.visits import calls_sheet
from models.people.actions.personal import looks_at_me, set_personal
from models.people.rules import Field
from models.people.views import Denied
from tests.audit.reading import acts, lines
from tests.help.street import Street

FORMULA = '=HYPERLINK("http://a.example";"look")'


def read(table: Table) -> list[list[object]]:
    """Write a table as a file and read it back."""
    book = CalamineWorkbook.from_filelike(BytesIO(sheet_file([table])))
    return book.get_sheet_by_name(table.tab).to_python()


async def done(street: Street, text: str = "灯坏了") -> int:
    """Let a volunteer do something for wang."""
    request_id = await street.file(text=text)
    await street.claim("li", request_id)
    async with transaction(street.sessions) as session:
        li = await street.actor(session, "li")
        await visits.report_done(session, li, request_id, now=street.now, minutes=40)
    return request_id


async def test_requests_are_those_of_ones_places_and_words_are_no_formulas(
    street: Street,
) -> None:
    await street.volunteer("li", "b1")
    await street.add("lan", "l1")
    await street.file("lan")
    await done(street, FORMULA)
    async with transaction(street.sessions) as session:
        zhao, wang = await street.actor(session, "zhao"), await street.actor(session, "wang")
        await set_personal(session, wang, wang.id, Field.PHONE, "13800001001", now=street.now)
        found = await requests_sheet(session, zhao, now=street.now)
        assert not isinstance(found, Denied)
        assert isinstance(await requests_sheet(session, wang, now=street.now), Denied)
        (line,) = await lines(session, AuditAct.SHEET_MADE)
        assert (line.actor_id, line.detail) == (zhao.id, {"sheet": "requests", "rows": 1})
        assert await acts(session, AuditAct.LOOKED) == 0
        late = await requests_sheet(session, zhao, now=street.now + timedelta(days=400))
        assert late == []
    with speaking(ENGLISH):
        rows = read(sheets.requests_table(found))
    assert len(rows) == 2
    assert rows[1][-1] == FORMULA
    assert rows[1][3] == "wang"
    assert "13800001001" not in str(rows)


async def test_hours_are_summed_by_volunteer(street: Street) -> None:
    await street.volunteer("li", "b1")
    await done(street)
    await done(street)
    async with transaction(street.sessions) as session:
        found = await hours_sheet(session, await street.actor(session, "zhao"), now=street.now)
        wang = await street.actor(session, "wang")
        assert isinstance(await hours_sheet(session, wang, now=street.now), Denied)
    assert not isinstance(found, Denied)
    with speaking(ENGLISH):
        sums, tasks = sheets.hours_table(found)
        assert read(sums)[1:] == [["li", 2.0, 80.0]]
        assert [row[2] for row in read(tasks)[1:]] == [40.0, 40.0]


async def test_whoever_takes_the_phones_along_is_seen_by_all_in_the_list(street: Street) -> None:
    await street.volunteer("li", "b1")
    request_id = await done(street)
    async with transaction(street.sessions) as session:
        wang = await street.actor(session, "wang")
        await set_personal(session, wang, wang.id, Field.PHONE, "13800001001", now=street.now)
        (await session.get_one(RequestRow, request_id)).unconfirmed = True
    async with transaction(street.sessions) as session:
        zhao, wang = await street.actor(session, "zhao"), await street.actor(session, "wang")
        found = await calls_sheet(session, zhao, now=street.now)
        assert isinstance(await calls_sheet(session, wang, now=street.now), Denied)
        assert not isinstance(found, Denied)
        (row,) = found
        assert (row.who.name, row.phone) == ("wang", "13800001001")
        (look,) = await looks_at_me(session, wang)
        assert look.fields == (Field.PHONE,)
    with speaking(ENGLISH):
        assert read(sheets.calls_table(found))[1][3] == "13800001001"
