"""What care never keeps, never ranks, and never lets out; held on its tables, its code, a story."""

import ast
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, LargeBinary, select
from sqlalchemy.exc import IntegrityError

from models.care import tables
from models.care.actions import calls, confiding, ending, homes, needs
from models.care.queries.calls import call_opened
from models.care.queries.concerns import concern_view
from models.care.queries.homes import home_opened
from models.care.rules.states import CareFound, Concern, HomeSaid, HomeState, PairState
from models.care.tables import CareHomeRow, CareNeedRow, CarePairRow
from models.database import transaction
from models.help.tables import RequestRow
from models.records.rules import Refusal
from models.schema import metadata
from tests.care.lane import WISH, Lane

CANARY = "金丝雀"
CARE = [table for table in metadata().sorted_tables if table.name.startswith("care_")]
NEVER = re.compile(
    r"score|rank|points|streak|rating|minutes|duration|latitude|longitude|location|device"
    r"|diagnos|illness|disease|health|last_seen|online|read_at|amount|price|money"
)
"""Names of columns that would watch, rank, locate, diagnose or pay somebody."""


def names_of_columns() -> Iterator[str]:
    for table in CARE:
        yield from (f"{table.name}.{column.name}" for column in table.columns)


def test_no_column_keeps_a_score_a_streak_a_place_a_diagnosis_or_money() -> None:
    assert len(CARE) >= 6
    assert [name for name in names_of_columns() if NEVER.search(name.partition(".")[2])] == []


def test_whatever_somebody_wrote_about_anybody_is_sealed() -> None:
    wordy = {"reasons", "wishes", "wishes_voice", "words", "voice", "report", "sent_back"}
    for table in CARE:
        for column in table.columns:
            if column.name in wordy:
                assert isinstance(column.type, LargeBinary), f"{table.name}.{column.name}"


def test_nothing_of_care_orders_people_by_anything_counted() -> None:
    """What is ordered is ordered by instants, states, numbers and the part of a pair."""
    allowed = re.compile(
        r"^(\w+Row\.\w*(_at|_on|id|state|part)( != \S+)?|main_first\(\)|\w+Row\.ended_at\.desc\(\)"
        r"|\w+Row\.id\.desc\(\)|PlaceRow\.path|CareFestivalRow\.day|is_mine|is_open)$"
    )
    room = Path(tables.__file__).parent
    found = []
    for path in sorted(room.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "order_by"
            ):
                found += [(path.name, ast.unparse(one)) for one in node.args]
    assert found
    assert [one for one in found if not allowed.match(one[1])] == []


@pytest.mark.parametrize("state", [HomeState.AGREED, HomeState.PAUSED])
async def test_no_home_stands_as_agreed_without_the_instant_at_which_she_agreed(
    lane: Lane, state: HomeState
) -> None:
    home_id = await lane.proposed()
    row = await lane.home(home_id)
    assert row.agreed_at is None
    with pytest.raises(IntegrityError):
        async with transaction(lane.street.sessions) as session:
            (await session.get_one(CareHomeRow, home_id)).state = state


@pytest.mark.parametrize("state", [PairState.AGREED, PairState.RESTING])
async def test_no_pair_stands_without_a_yes_of_both(lane: Lane, state: PairState) -> None:
    await lane.proposed()
    pair = await lane.pair("li")
    with pytest.raises(IntegrityError):
        async with transaction(lane.street.sessions) as session:
            (await session.get_one(CarePairRow, pair.id)).state = state


def test_the_database_itself_holds_both() -> None:
    checks = {
        f"{table.name}: {constraint.name}"
        for table in CARE
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert any(name.startswith("care_homes") and "agreed" in name for name in checks), checks
    assert any(name.startswith("care_pairs") and "agreed" in name for name in checks), checks


async def in_plain(lane: Lane) -> list[str]:
    """List every cell of every table, as it is kept, in which the canary sings."""
    found = []
    async with transaction(lane.street.sessions) as session:
        for table in metadata().sorted_tables:
            for row in (await session.execute(select(table))).mappings():
                for name, value in row.items():
                    kept = value if isinstance(value, bytes) else str(value).encode()
                    if CANARY.encode() in kept or CANARY.encode("unicode_escape") in kept:
                        found.append(f"{table.name}.{name}")
    return found


async def test_what_is_sealed_sings_nowhere_after_a_whole_story(
    lane: Lane, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    home_id = await lane.agreed(wishes=f"{CANARY}喜欢下棋", reasons=WISH.reasons)
    await lane.instead("chen")
    await lane.does(homes.set_wishes, "zhao", home_id, f"{CANARY}喜欢听戏")
    one = await lane.opened()
    await lane.made("li", one, CareFound.NEEDS)
    await lane.does(calls.write_down, "li", one, f"{CANARY}精神不好")
    await lane.does(needs.note_need, "li", home_id, f"{CANARY}纱窗坏了")
    await lane.does(needs.note_need, "wang", home_id, "", voice=f"{CANARY}.ogg")
    await lane.does(calls.say, "wang", one, HomeSaid.DID_NOT)
    await lane.does(confiding.confide, "wang", home_id, Concern.MONEY, words=f"{CANARY}借钱")
    opened = await lane.does(home_opened, "zhao", home_id)
    read = await lane.does(call_opened, "zhao", one)
    [*_mismatch, told] = await lane.concerns()
    confided = await lane.does(concern_view, "zhou", told.id)
    assert CANARY in opened.wishes
    assert CANARY in read.said_words
    assert CANARY in confided.words
    await lane.passes(days=10)
    assert await in_plain(lane) == []
    out = "".join(capfd.readouterr())
    assert CANARY not in caplog.text + out
    assert await lane.does(concern_view, "zhao", told.id) is Refusal.NOT_ALLOWED


async def test_words_become_a_request_only_when_they_are_asked_for(lane: Lane) -> None:
    """A need that is asked for as help is a request like any other: its words are read there."""
    home_id = await lane.agreed()
    await lane.does(needs.note_need, "wang", home_id, f"{CANARY}纱窗坏了")
    async with transaction(lane.street.sessions) as session:
        need = (await session.scalars(select(CareNeedRow))).one()
        assert (await session.scalars(select(RequestRow))).all() == []
    assert await in_plain(lane) == []
    await lane.does(needs.ask_help, "wang", need.id)
    assert set(await in_plain(lane)) == {"help_requests.text"}


async def test_what_is_ended_is_forgotten_but_that_it_was(lane: Lane) -> None:
    home_id = await lane.agreed(wishes=CANARY)
    one = await lane.opened()
    await lane.made("li", one, CareFound.NEEDS)
    await lane.does(calls.write_down, "li", one, CANARY)
    await lane.does(needs.note_need, "li", home_id, CANARY)
    await lane.does(ending.end, "wang", home_id)
    await lane.closed()
    async with transaction(lane.street.sessions) as session:
        for table in CARE:
            for row in (await session.execute(select(table))).mappings():
                for name in {"reasons", "wishes", "wishes_voice", "words", "voice"} & {*row}:
                    assert row[name] is None, f"{table.name}.{name}"
        assert (await session.scalars(select(CareNeedRow))).one().noted_at is not None
