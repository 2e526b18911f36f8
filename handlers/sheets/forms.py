"""A sheet as a form: made anew from the version with which a filling-in began.

A subject says once what becomes of its sheets, and begins one from any handler of its own:

    sheets_of("care", filed)
    ...
    await start_sheet("survey", callback, ctx, home_id)
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiogram.types import CallbackQuery, Message

from handlers.form import (
    Again,
    Answers,
    Ask,
    Choice,
    Choose,
    Contact,
    Form,
    FormContext,
    Nothing,
    Number,
    OnePhoto,
    Phone,
    Photo,
    Prompt,
    Question,
    Reader,
    Text,
    Voice,
    VoiceNote,
    forms,
    start_form,
)
from handlers.form.plain_words import read_days
from handlers.form.readers import Refused, Understand
from handlers.i18n import current_language
from handlers.i18n import gettext as _
from handlers.records.forms import RECORD
from handlers.screen import Screen
from handlers.sheets.screens import answer_words, wrong_answer
from models.database import Session
from models.sheets.queries import current_sheet, sheet_of_version
from models.sheets.rules.answers import (
    NO,
    YES,
    AnswerProblem,
    Pictured,
    Spoken,
    WrongAnswer,
    read_answer,
)
from models.sheets.rules.fields import FieldKind, SheetField, bounds
from models.sheets.views import FilingView, SheetView

FAMILY = "sheet"
"""Names of forms begin with it; the sheet's code follows."""
OF_FIELD = "field."
"""Keys of questions begin with it; the field's key follows."""
LENGTHS = {FieldKind.DAY: 40, FieldKind.PLATE: 40}
"""Typed characters, of kinds that have no bounds of their own; gaps and points among them."""


@dataclass(frozen=True)
class FilledIn:
    """A sheet that somebody has filled in and sent; `models.sheets.actions.file` takes it so."""

    sheet: SheetView
    subject_id: int
    """The record of the subject that it is about."""
    answers: Mapping[str, object]
    token: str
    """Of this filling-in by this person."""


ThenFile = Callable[[FormContext, FilledIn], Awaitable[Screen | WrongAnswer | Nothing]]
"""Calls the subject's action, which checks the right and files; the screen ends the form. A
WrongAnswer has its question asked again, with the reason."""

SERVED: dict[str, ThenFile] = {}
"""What becomes of the sheets of each subject."""


def sheets_of(subject: str, then: ThenFile) -> None:
    """Name what becomes of the sheets of a subject; ValueError for one that is named already."""
    if SERVED.setdefault(subject, then) is not then:
        raise ValueError(f"the sheets of {subject!r} are served already")


async def start_sheet(
    code: str,
    event: Message | CallbackQuery,
    ctx: FormContext,
    subject_id: int,
    before: FilingView | None = None,
    *,
    days: bool = True,
) -> bool:
    """Ask the first question of the current version; False, and nothing said, where there is none.

    The subject has checked that whoever asks may fill it in about this record; its action does so
    once more. What was answered `before` is not asked again, and can be changed before it is sent;
    what is sealed is asked anew, and so are days without `days`.
    """
    sheet = await current_sheet(ctx.session, code)
    if sheet is None:
        return False
    given = _again(sheet, before, days=days) if before is not None else {}
    await start_form(f"{FAMILY}.{code}", event, ctx, {**given, RECORD.key: subject_id})
    return True


def _again(sheet: SheetView, before: FilingView, *, days: bool) -> dict[str, Any]:
    """Return what was answered before and can be answered so still, by the key of its question."""
    given: dict[str, Any] = {}
    for field in sheet.fields:
        value = before.value(field.key)
        yes_no = (YES if value else NO) if isinstance(value, bool) else value
        fits = value is not None and not isinstance(value, Spoken | Pictured)
        day = field.kind is FieldKind.DAY and not days
        if fits and not (day or field.sealed) and read_answer(field, yes_no) == value:
            given[_key(field)] = list(value) if isinstance(value, tuple) else yes_no
    return given


async def _made(session: Session, name: str, version: int | None) -> Form | None:
    code = name.removeprefix(f"{FAMILY}.")
    found = current_sheet(session, code) if version is None else None
    sheet = await (found or sheet_of_version(session, code, version or 0))
    then = SERVED.get(sheet.subject) if sheet is not None else None
    return None if sheet is None or then is None else form_of(sheet, then, current_language())


forms.add_family(FAMILY, _made)


def form_of(sheet: SheetView, then: ThenFile, language: str) -> Form:
    """Return a version of a sheet as a form, in one language: a question a field, read back before
    it is sent. What is sealed is sealed while the form is open, too, and not read back."""

    async def finish(ctx: FormContext, answers: Answers) -> Screen | Again | Nothing:
        given = {field.key: _plain(answers[_key(field)]) for field in sheet.fields}
        token = f"{FAMILY}:{ctx.actor.id}:{ctx.run}"
        record: Any = answers[RECORD.key]
        result = await then(ctx, FilledIn(sheet, record, given, token))
        if isinstance(result, WrongAnswer):
            return Again(OF_FIELD + result.key, wrong_answer(result.why))
        return result

    return Form(
        name=f"{FAMILY}.{sheet.code}",
        version=sheet.version,
        title=sheet.title.said(language),
        questions=(*(_question(field, language) for field in sheet.fields), RECORD),
        finish=finish,
    )


def _key(field: SheetField) -> str:
    return OF_FIELD + field.key


def _plain(value: Any) -> object:
    """Return an answer of a form as the rules of sheets read it."""
    match value:
        case Phone(number=number):
            return number
        case Voice(file_id=file_id, seconds=seconds):
            return Spoken(file_id, seconds)
        case Photo(file_id=file_id):
            return Pictured(file_id)
    return value


def _question(field: SheetField, language: str) -> Question:
    def show(_ctx: FormContext, value: Any) -> str:
        return answer_words(field, read_answer(field, _plain(value)), language)

    return Question(
        _key(field),
        _asking(field, language),
        _readers(field),
        label=field.label.said(language),
        optional=not field.required,
        show=None if field.sealed else show,
        personal=field.sealed,
    )


def _asking(field: SheetField, language: str) -> Ask:
    def ask(_ctx: FormContext, _answers: Answers) -> Prompt:
        said = [field.words.said(language), field.help.said(language) if field.help else ""]
        choices = [Choice(one.words.said(language), one.key) for one in field.options]
        if field.kind is FieldKind.YES_NO:
            choices = [Choice(_("Yes"), YES), Choice(_("No"), NO)]
        long = any(len(choice.label) > SHORT_LABEL for choice in choices)
        return Prompt("\n\n".join(filter(None, said)), choices, columns=1 if long else 2)

    return ask


SHORT_LABEL = 10
"""Characters of a button that fits beside another on a small phone, also in Chinese."""


def _readers(field: SheetField) -> tuple[Reader, ...]:
    least, most = bounds(field)
    written = Text(LENGTHS.get(field.kind, most), _understanding(field))
    spoken = () if field.indexed else (VoiceNote(),)
    return {
        FieldKind.TEXT: (written, *spoken),
        FieldKind.NUMBER: (Number(least, most),),
        FieldKind.CHOICE: (Choose(),),
        FieldKind.YES_NO: (Choose(),),
        FieldKind.MANY: (Choose(many=True, at_least=1, at_most=most),),
        FieldKind.DAY: (written,),
        FieldKind.PHONE: (Contact(),),
        FieldKind.PLATE: (written,),
        FieldKind.PHOTO: (OnePhoto(),),
    }[field.kind]


YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
"""How people name the years around, beside the year that it is."""


def with_year(text: str, year: int) -> str:
    """Return words in which a year that is named stands in figures: "明年6月1日" in 2026 is
    "2027年6月1日"."""
    for name, away in YEARS.items():
        text = re.sub(rf"{name}的?\s*(?=\d)", f"{year + away}年", text)
    return text


def _understanding(field: SheetField) -> Understand:
    """Read written words by the rules, days in plain words too; say why some do not serve."""

    async def understand(ctx: FormContext, _answers: Answers, text: str) -> Any:
        value = read_answer(field, text)
        if value is AnswerProblem.NO_DAY:
            now = ctx.now.astimezone(ctx.zone).replace(tzinfo=None)
            said = with_year(text, now.year)
            value = read_answer(field, said)
            if value is AnswerProblem.NO_DAY and (found := read_days(said, now)):
                value = read_answer(field, found[0][0])
        if value is None:
            return None
        return Refused(wrong_answer(value)) if isinstance(value, AnswerProblem) else value

    return understand
