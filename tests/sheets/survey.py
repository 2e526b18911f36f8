"""A sheet near to the yearly survey of needs, of nobody's subject, and a way to fill it in."""

from dataclasses import replace
from typing import Any

from aiogram import F, Router
from aiogram.types import Message

from handlers.form import FormContext
from handlers.records.said import said
from handlers.screen import Screen
from handlers.sheets.forms import FilledIn, sheets_of, start_sheet
from models.database import Sessions, transaction
from models.records.rules import Refusal
from models.sheets.actions import define, file
from models.sheets.rules.answers import WrongAnswer
from models.sheets.rules.fields import (
    FieldKind,
    SheetDraft,
    SheetField,
    SheetOption,
    SheetWords,
)
from models.sheets.rules.filings import DefinedSheet
from models.sheets.views import SheetView

SUBJECT, CODE, RECORD = "tested", "survey", 77

IDENTITY = "11010519491231002X"
"""The example of GB 11643."""


def option(key: str, zh: str, en: str) -> SheetOption:
    return SheetOption(key, SheetWords(zh, en))


SURVEY = SheetDraft(
    code=CODE,
    subject=SUBJECT,
    title=SheetWords("摸底表", "Survey of needs"),
    fields=(
        SheetField(
            "alone",
            FieldKind.YES_NO,
            SheetWords("您是一个人住吗？", "Do you live alone?"),
            short=SheetWords("独居", "Lives alone"),
            sealed=True,
        ),
        SheetField(
            "mobility",
            FieldKind.CHOICE,
            SheetWords("走路方便吗？", "How well can you walk?"),
            short=SheetWords("行动", "Walking"),
            options=(
                option("well", "方便", "Well"),
                option("stick", "拄拐杖", "With a stick"),
                option("home", "出不了门", "Not out of the house"),
            ),
        ),
        SheetField(
            "wishes",
            FieldKind.MANY,
            SheetWords("希望有人帮什么忙？", "What help is wished?"),
            short=SheetWords("希望", "Wishes"),
            options=(
                option("visit", "聊聊天", "A chat"),
                option("shop", "买菜", "Shopping"),
                option("doctor", "陪看病", "To the doctor"),
            ),
            most=2,
            required=False,
        ),
        SheetField(
            "floors",
            FieldKind.NUMBER,
            SheetWords("住几楼？", "On which floor?"),
            short=SheetWords("楼层", "Floor"),
            least=1,
            most=40,
        ),
        SheetField(
            "since",
            FieldKind.DAY,
            SheetWords("哪天搬来的？", "When did you move in?"),
            short=SheetWords("搬来", "Moved in"),
            help=SheetWords("大概也行。", "About is enough."),
            required=False,
        ),
        SheetField(
            "plate",
            FieldKind.TEXT,
            SheetWords("车牌号？", "The number plate?"),
            short=SheetWords("车牌", "Plate"),
            most=20,
            required=False,
            indexed=True,
        ),
        SheetField(
            "told",
            FieldKind.PHONE,
            SheetWords("有事打哪个电话？", "Whom may we ring?"),
            short=SheetWords("电话", "Phone"),
            sealed=True,
            indexed=True,
        ),
        SheetField(
            "words",
            FieldKind.TEXT,
            SheetWords("还有什么想说的？", "Anything else?"),
            short=SheetWords("还想说", "Anything else"),
            sealed=True,
            required=False,
        ),
    ),
)

SHORTER = replace(
    SURVEY,
    title=SheetWords("摸底表（新）", "Survey of needs (new)"),
    fields=(
        replace(SURVEY.fields[1], words=SheetWords("新问题：走路方便吗？", "New: can you walk?")),
    ),
)
"""Another version, that asks less."""

ANSWERS: dict[str, object] = {
    "alone": "yes",
    "mobility": "stick",
    "wishes": ["shop", "visit"],
    "floors": 3,
    "since": "2019-03-05",
    "plate": "京A·12345",
    "told": "+86 138 0000 1001",
    "words": "晚上怕摔跤",
}


async def defined(sessions: Sessions, now: Any, draft: SheetDraft = SURVEY) -> DefinedSheet:
    """Define a sheet that nothing is wrong with."""
    async with transaction(sessions) as session:
        found = await define(session, draft, by_id=None, now=now)
    assert isinstance(found, DefinedSheet)
    return found


def view_of(draft: SheetDraft, version: int = 1) -> SheetView:
    """Return a sheet as if it were kept."""
    return SheetView(draft.code, draft.subject, draft.title, draft.fields, 1, version, current=True)


async def _file(ctx: FormContext, filled: FilledIn) -> Screen | WrongAnswer:
    filed = await file(
        ctx.session,
        filled.sheet.id,
        subject_id=filled.subject_id,
        about_id=ctx.actor.id,
        by_id=ctx.actor.id,
        answers=filled.answers,
        token=filled.token,
        now=ctx.now,
    )
    if isinstance(filed, WrongAnswer):
        return filed
    return Screen(said(filed) if isinstance(filed, Refusal) else f"filed: {filled.sheet.version}")


sheets_of(SUBJECT, _file)


def way_in() -> Router:
    """Begin the survey at a word."""
    router = Router(name="survey")

    @router.message(F.text == "!survey")
    async def begin(message: Message, **data: Any) -> None:
        assert await start_sheet(CODE, message, FormContext.of(data), RECORD)

    return router
