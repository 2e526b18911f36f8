"""The ledger: numbers that a recount gives, sealed words for a reason and by a second person."""

from collections import Counter
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from handlers.care.ledger import ledger_tables
from handlers.i18n import ENGLISH, speaking
from handlers.sheet import sheet_file
from models.audit.rules import AuditAct
from models.care.actions import ledger, needs
from models.care.actions.ledger import Decided
from models.care.ledger import CareLedger, ledger_view
from models.care.ledger_rules import MASKED, LedgerState
from models.care.rules.notices import Notice
from models.care.rules.outcomes import CareOutcome
from models.care.rules.states import CareFound
from models.care.tables import CareHomeRow
from models.database import transaction
from models.leaving.actions import leave
from models.people.actions.personal import looks_at_me
from models.people.rules import Role
from models.records.rules import Refusal
from models.routines.rules import OccasionState
from models.routines.tables import OccasionRow
from tests.audit.reading import lines
from tests.care.lane import Lane

REASON = "街道年底检查"
FORMULA = '=HYPERLINK("http://a.example";"look")'


async def lived(lane: Lane) -> None:
    """Let two homes be looked in on for some weeks of a year, not every time."""
    await lane.street.add("sun", "b1")
    await lane.agreed("wang", wishes=FORMULA)
    await lane.agreed("sun", "chen")
    await lane.passes(days=2, hours=2)
    for week in range(4):
        on = [one for one in await lane.occasions(1) if one.state == OccasionState.DUE]
        if week != 1:
            open_now = [one for one in on if one.opens_at <= lane.street.now < one.ends_at]
            await lane.made("li", open_now[0].id, CareFound.WELL)
        await lane.passes(days=7)
    await lane.does(needs.note_need, "wang", 1, "纱窗坏了")


def place(lane: Lane, at: str = "gui") -> int:
    return lane.street.places[at].id


async def masked(lane: Lane, name: str = "zhao") -> CareLedger:
    year = lane.street.now.year
    found = await lane.does(ledger.take_masked, name, place(lane), year)
    assert isinstance(found, CareLedger), found
    return found


async def asked(lane: Lane) -> Any:
    return await lane.does(ledger.ask, "zhao", place(lane), lane.street.now.year, REASON)


def read(found: CareLedger) -> dict[str, list[list[object]]]:
    """Write a ledger as a file in English and read it back."""
    with speaking(ENGLISH):
        book = CalamineWorkbook.from_filelike(BytesIO(sheet_file(ledger_tables(found))))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


async def test_the_figures_are_those_of_a_recount(lane: Lane) -> None:
    await lived(lane)
    found = await masked(lane)
    year = lane.street.now.year
    async with transaction(lane.street.sessions) as session:
        rows = (await session.scalars(select(OccasionRow))).all()
        homes = (await session.scalars(select(CareHomeRow))).all()
    raw = [row for row in rows if (row.ends_at + timedelta(hours=8)).year == year]
    assert Counter(one.state for one in found.calls) == Counter(row.state for row in raw)
    assert len(found.homes) == len(homes)
    by_home = {home.id: Counter[str]() for home in homes}
    for row in raw:
        by_home[row.subject_id][row.state] += 1
    assert [home.counts for home in found.homes] == [dict(one) for one in by_home.values()]
    sheets = read(found)
    assert list(sheets) == ["What is counted", "Call-ons", "Homes"]
    assert len(sheets["Call-ons"]) == len(raw) + 1
    facts = {str(row[0]): row[1] for row in sheets["What is counted"]}
    assert facts["Rows of “Call-ons”"] == len(raw)
    assert facts["Rows of “Homes”"] == len(homes)
    summed = sum(
        sum(int(str(cell).split(".")[0]) for cell in row[5:10]) for row in sheets["Homes"][1:]
    )
    assert summed == len(raw)


async def test_without_approval_nobody_is_named_and_it_says_why(lane: Lane) -> None:
    await lived(lane)
    sheets = read(await masked(lane))
    cells = {str(cell) for rows in sheets.values() for row in rows for cell in row}
    assert not cells & {"wang", "sun", "li", "chen"}
    words = str(sheets)
    assert not any(secret in words for secret in ("wang", "chen", "纱窗", "HYPERLINK", "frail"))
    assert [row[-4:] for row in sheets["Homes"][1:]] == [[MASKED] * 4] * 2
    assert "nobody has approved" in words
    async with transaction(lane.street.sessions) as session:
        (made,) = await lines(session, AuditAct.SHEET_MADE)
        assert made.actor_id == lane.street.people["zhao"]
        assert made.detail is not None
        assert "approved_by" not in made.detail
        looks = await looks_at_me(session, await lane.street.actor(session, "sun"))
    assert looks == []


async def test_with_a_second_person_sealed_words_come_and_everybody_reads_of_it(
    lane: Lane,
) -> None:
    await lived(lane)
    assert await asked(lane) is CareOutcome.SHEET_ASKED
    assert "zhou" in await lane.street.told(Notice.LEDGER_ASKED)
    assert "zhao" not in await lane.street.told(Notice.LEDGER_ASKED)
    own = await lane.does(ledger.approve, "zhao", 1)
    assert own == Decided(Refusal.OWN)
    assert (await lane.does(ledger.approve, "li", 1)).outcome is Refusal.NOT_ALLOWED
    decided = await lane.does(ledger.approve, "zhou", 1)
    assert decided.outcome is CareOutcome.SHEET_APPROVED
    assert decided.asker.id == lane.street.people["zhao"]
    assert await lane.street.told(Notice.LEDGER_ANSWERED) == ["zhao"]
    sheets = read(decided.ledger)
    assert sheets["Homes"][1][-4:] == ["wang", "lives alone, frail", FORMULA, "纱窗坏了"]
    assert REASON in str(sheets["What is counted"])
    assert "zhou" in str(sheets["What is counted"])
    async with transaction(lane.street.sessions) as session:
        made = (await lines(session, AuditAct.SHEET_MADE))[-1]
        assert made.actor_id == lane.street.people["zhao"]
        assert made.detail is not None
        assert made.detail["approved_by"] == lane.street.people["zhou"]
        for name in ("wang", "sun"):
            looks = await looks_at_me(session, await lane.street.actor(session, name))
            fields = {field for look in looks for field in look.fields if look.name == "zhao"}
            assert {"name", "reasons"} <= fields
    again = await lane.does(ledger.approve, "zhou", 1)
    assert again.ledger is None, "it is sent once"


async def test_a_refusal_opens_nothing(lane: Lane) -> None:
    await lived(lane)
    await asked(lane)
    assert await lane.does(ledger.refuse, "zhou", 1) is CareOutcome.SHEET_REFUSED
    assert (await lane.does(ledger.approve, "zhou", 1)).ledger is None
    async with transaction(lane.street.sessions) as session:
        assert await lines(session, AuditAct.SHEET_MADE) == []


async def test_it_wants_a_reason_a_desk_a_second_and_a_year(lane: Lane) -> None:
    year = lane.street.now.year
    ask, at = ledger.ask, place(lane)
    assert await lane.does(ask, "zhao", at, year, "  ") is Refusal.EMPTY
    assert await lane.does(ask, "li", at, year, REASON) is Refusal.NOT_ALLOWED
    assert await lane.does(ask, "zhao", place(lane, "lan"), year, REASON) is Refusal.NOT_ALLOWED
    for wrong in (0, 1999, year + 1, 10**9):
        assert await lane.does(ask, "zhao", at, wrong, REASON) is Refusal.BAD_DATE
    assert await lane.does(ask, "zhao", 10**6, year, REASON) is Refusal.MISSING


async def test_where_nobody_else_has_a_desk_nobody_can_approve(lane: Lane) -> None:
    await lane.street.add("alone", "l1")
    await lane.street.grant("alone", Role.STAFF, "l1")
    year = lane.street.now.year
    said = await lane.does(ledger.ask, "alone", place(lane, "l1"), year, REASON)
    assert said is CareOutcome.NO_SECOND


@pytest.mark.parametrize(("days", "sent"), [(6, True), (7, False)])
async def test_after_a_week_it_is_asked_for_anew(lane: Lane, days: int, sent: bool) -> None:
    await asked(lane)
    await lane.passes(days=days)
    decided = await lane.does(ledger.approve, "zhou", 1)
    assert (decided.ledger is not None) is sent


async def test_who_leaves_has_asked_for_nothing_any_more(lane: Lane) -> None:
    await asked(lane)
    async with transaction(lane.street.sessions) as session:
        await leave(session, await lane.street.actor(session, "zhao"), now=lane.street.now)
    assert (await lane.does(ledger.approve, "zhou", 1)).ledger is None
    view = await lane.does(ledger_view, "zhou", 1)
    assert (view.state, view.reason) == (LedgerState.REFUSED, "")


async def test_of_whoever_has_left_nothing_is_shown_and_no_look_is_on_record(lane: Lane) -> None:
    await lived(lane)
    async with transaction(lane.street.sessions) as session:
        await leave(session, await lane.street.actor(session, "sun"), now=lane.street.now)
    await asked(lane)
    decided = await lane.does(ledger.approve, "zhou", 1)
    assert {one.sealed.name for one in decided.ledger.homes} == {"wang", ""}
    async with transaction(lane.street.sessions) as session:
        looked = {line.concerning_id for line in await lines(session, AuditAct.LOOKED)}
    assert lane.street.people["wang"] in looked
    assert lane.street.people["sun"] not in looked
