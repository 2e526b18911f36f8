"""What is told of a failed update, and whose it is."""

import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.notices import RENDERERS
from handlers.rooms import routers
from handlers.status.words import MENDED, NOTICES, REMINDERS
from models.status.rules import FINDING, Error, Mending, UpdateKind, kind_of, reaches, read_report
from scheduler.effects import EFFECTS
from tests.bot.street import message, tap
from tests.status.broken import REPORT, SECRET


def test_frames_are_told_from_the_room_on_and_code_is_not() -> None:
    where = ("bot/turn.py:120 _take", "handlers/desk/cases.py:40 open_case")
    assert read_report(REPORT) == Error("KeyError", where)


def test_a_library_s_own_frame_is_told_last() -> None:
    report = REPORT.replace(
        "KeyError", '  File "/v/site-packages/aiogram/bot.py", line 3, in send\n    x()\nTypeError'
    )
    found = read_report(report)
    assert found.name == "TypeError"
    assert found.where[-2:] == ("handlers/desk/cases.py:40 open_case", "aiogram/bot.py:3 send")


def test_only_the_innermost_of_many_frames_are_told() -> None:
    frames = "".join(f'  File "/x/models/a.py", line {n}, in f\n    y\n' for n in range(99))
    assert read_report(f"{frames}ValueError").where[-1] == "models/a.py:98 f"
    assert len(read_report(f"{frames}ValueError").where) == 6


def test_what_the_parser_found_is_told_by_place_and_type() -> None:
    found = read_report("message.chat.id: int_parsing; message.date: missing")
    assert found.name == "ValidationError"
    assert found.where == ("message.chat.id: int_parsing", "message.date: missing")


@given(st.text())
def test_whatever_else_stands_in_a_report_is_not_told(words: str) -> None:
    report = f"{REPORT.removesuffix('KeyError')}KeyError: {words}"
    told = read_report(report)
    assert told.where == read_report(REPORT).where or 'File "' in words
    assert all(FINDING.fullmatch(part) for part in read_report(f"我家门牌 {words}").where)


def test_a_real_traceback_is_read() -> None:
    try:
        reaches(None, "/1/")  # type: ignore[arg-type]  # to make it raise
    except TypeError as error:
        frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    assert read_report(f"{frames}TypeError").name == "TypeError"
    assert read_report(f"{frames}TypeError").where[0].startswith("models/status/rules.py:")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (message(1, SECRET), UpdateKind.TEXT),
        ({"message": {"voice": {}}}, UpdateKind.VOICE),
        ({"message": {"dice": {}}}, UpdateKind.OTHER_MESSAGE),
        ({"message": 5}, UpdateKind.UNKNOWN),
        ({"edited_message": {}}, UpdateKind.EDITED),
        (tap(1, "x"), UpdateKind.TAP),
        ({"my_chat_member": {}}, UpdateKind.MEMBERSHIP),
        ({"raw": "[]"}, UpdateKind.UNKNOWN),
        ({}, UpdateKind.UNKNOWN),
    ],
)
def test_the_kind_of_an_update(raw: dict[str, object], kind: UpdateKind) -> None:
    assert kind_of(raw) is kind


@pytest.mark.parametrize(
    ("paths", "where", "reached"),
    [
        (["/1/2/"], "/1/2/9/", True),
        (["/1/2/"], "/1/3/", False),
        (["/1/2/"], "/1/", False),
        (["/1/2/"], None, True),
        ([], None, False),
    ],
)
def test_the_right_reaches_down_and_to_what_has_no_place(
    paths: list[str], where: str | None, reached: bool
) -> None:
    assert reaches(paths, where) is reached


def test_everything_that_can_break_has_words() -> None:
    routers()
    assert set(RENDERERS) - set(NOTICES) == set()
    assert set(EFFECTS) - set(REMINDERS) == set()
    assert set(MENDED) == set(Mending)
