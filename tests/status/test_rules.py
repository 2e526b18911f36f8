"""What is told of a failed update, and whose it is."""

import traceback
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.notices import RENDERERS
from handlers.rooms import routers
from handlers.status.words import LET_GO, MENDED, TROUBLES
from models.kinds import NOTICES, REMINDERS
from models.reminders.rules import why_let_go as why_late
from models.status.queries.reminders import (
    ABOUT_BROADCASTS,
    ABOUT_CALLS,
    ABOUT_CALLUPS,
    ABOUT_CARS,
    ABOUT_CHECKS,
    ABOUT_CLAIMS,
    ABOUT_CONCERNS,
    ABOUT_DAYS,
    ABOUT_EVERYBODY,
    ABOUT_FESTIVALS,
    ABOUT_FOLLOW_UPS,
    ABOUT_GATHERINGS,
    ABOUT_HAZARDS,
    ABOUT_HOMES,
    ABOUT_ITEMS,
    ABOUT_MEETINGS,
    ABOUT_ORDERS,
    ABOUT_POSTS,
    ABOUT_PROPOSALS,
    ABOUT_REGISTRATIONS,
    ABOUT_REQUESTS,
    ABOUT_ROUNDS,
    ABOUT_SHIFTS,
    ABOUT_SURVEYS,
    ABOUT_TEAMS,
    ABOUT_TIMES,
    ABOUT_VISITS,
    ABOUT_VOTES,
    ABOUT_WALKS,
)
from models.status.rules import (
    BY_STAFF,
    FINDING,
    Error,
    LetGo,
    Mending,
    Trouble,
    UpdateKind,
    kind_of,
    reaches,
    read_refusal,
    read_report,
    why_let_go,
)
from scheduler.effects import EFFECTS
from tests.bot.street import message, tap
from tests.conftest import NOON
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


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("Bad Request: message is too long", "Bad Request: message is too long"),
        ("Bad Request: BUTTON_DATA_INVALID", "Bad Request: BUTTON_DATA_INVALID"),
        (
            'Bad Request: can\'t parse entities: Unsupported start tag "老王" at byte offset 7',
            "Bad Request: can't parse entities",
        ),
        ('Bad Request: unexpected "my door is 1234"', "Bad Request: unexpected"),
        ("KeyError", "KeyError"),
        ("门牌 1234", ""),
        (None, ""),
    ],
)
def test_a_refusal_is_told_up_to_where_it_may_quote(reason: str | None, told: str) -> None:
    assert read_refusal(reason) == told


@given(st.text())
def test_nothing_behind_a_quotation_mark_is_told(words: str) -> None:
    assert read_refusal(f'Bad Request: no "{words}') == "Bad Request: no"


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        (why_late(NOON - timedelta(hours=1), NOON), LetGo.TOO_LATE),
        ("too late to fire", LetGo.TOO_LATE),
        (BY_STAFF, LetGo.BY_STAFF),
        ("turned off", LetGo.TURNED_OFF),
        ("of no use any more, late by 1:00:00", LetGo.NO_USE),
        (None, LetGo.NO_USE),
    ],
)
def test_why_a_reminder_was_let_go(reason: str | None, why: LetGo) -> None:
    assert why_let_go(reason) is why


def test_everything_that_can_break_has_a_place_and_words() -> None:
    routers()
    about = (
        ABOUT_BROADCASTS,
        ABOUT_CLAIMS,
        ABOUT_REQUESTS,
        ABOUT_ORDERS,
        ABOUT_VISITS,
        ABOUT_PROPOSALS,
        ABOUT_VOTES,
        ABOUT_MEETINGS,
        ABOUT_GATHERINGS,
        ABOUT_HAZARDS,
        ABOUT_TEAMS,
        ABOUT_TIMES,
        ABOUT_POSTS,
        ABOUT_ROUNDS,
        ABOUT_WALKS,
        ABOUT_SHIFTS,
        ABOUT_REGISTRATIONS,
        ABOUT_CARS,
        ABOUT_CALLUPS,
        ABOUT_HOMES,
        ABOUT_CONCERNS,
        ABOUT_FOLLOW_UPS,
        ABOUT_FESTIVALS,
        ABOUT_SURVEYS,
        ABOUT_CALLS,
        ABOUT_CHECKS,
        ABOUT_DAYS,
        ABOUT_ITEMS,
        ABOUT_EVERYBODY,
    )
    assert set(EFFECTS) - set().union(*about) == set()
    assert sum(map(len, about)) == len(set().union(*about))
    assert (set(LET_GO), set(TROUBLES)) == (set(LetGo), set(Trouble))
    assert set(RENDERERS) - set(NOTICES) == set()
    assert set(EFFECTS) - set(REMINDERS) == set()
    assert set(MENDED) == set(Mending)
