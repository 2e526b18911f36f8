"""Spreadsheets of registers: sent empty, read when they come back, every fault named."""

from handlers.form import (
    Again,
    Answers,
    Form,
    FormContext,
    OneFile,
    Question,
    forms,
    plain,
)
from handlers.i18n import current_language, mark, ngettext
from handlers.i18n import gettext as _
from handlers.records.forms import RECORD
from handlers.records.said import said
from handlers.registrations.callbacks import OfKind
from handlers.registrations.forms import kind_shown
from handlers.screen import Screen, button, inline
from handlers.sheet import Table, tab
from handlers.sheets.rows import WRONG_FILE, fault_lines, read_sent
from handlers.show import send_tables
from handlers.text import joined
from handlers.workbook import UnreadableBook
from models.registrations.actions.lists import (
    ROWS_OF_A_LIST,
    ListTaken,
    define_by_list,
    take_list,
)
from models.registrations.rules import KINDS_NAME, NAME
from models.registrations.views import KindView
from models.sheets.rules.fields import SheetField, SheetWords
from models.sheets.rules.rows import HEADS, KINDS, CellFault, heads_of

BRING, DEFINE = "registrations.bring", "registrations.define"


async def send_empty(ctx: FormContext, title: SheetWords, fields: tuple[SheetField, ...]) -> None:
    """Send an empty table to be filled in, a row a registration."""
    language = current_language()
    table = Table(tab(title.said(language)), heads_of(fields, language), [])
    words = _("Fill in a row for each, at most {count}, and send the file back here.").format(
        count=ROWS_OF_A_LIST
    )
    await send_tables(ctx.bot, ctx.actor.telegram_id or 0, [table], words)


async def send_questions(ctx: FormContext, view: KindView) -> None:
    """Send the questions of a kind as a table to be changed, a row a question."""
    language = current_language()
    yes, no = _("yes"), _("no")
    rows = [
        (
            one.words.zh,
            one.words.en,
            KINDS[one.kind].said(language),
            ", ".join(f"{option.words.zh}/{option.words.en}" for option in one.options),
            *(yes if flag else no for flag in (one.required, one.sealed, one.indexed)),
        )
        for one in view.fields
    ]
    table = Table(
        tab(view.title.said(language)), tuple(one.said(language) for one in HEADS.values()), rows
    )
    kinds = _(", ").join(one.said(language) for one in KINDS.values())
    words = _("A row is a question. Kinds: {kinds}. Send the file back here.").format(kinds=kinds)
    await send_tables(ctx.bot, ctx.actor.telegram_id or 0, [table], words)


def _faulty(faults: tuple[CellFault, ...]) -> Again:
    head = _("Nothing was taken yet. Please put this right, and send the file again:")
    return Again("file", joined(head, *fault_lines(faults)))


async def _rows(ctx: FormContext, answers: Answers) -> list[list[str]] | Again:
    rows = await read_sent(ctx.bot, answers["file"])
    return Again("file", _(WRONG_FILE[rows])) if isinstance(rows, UnreadableBook) else rows


async def _bring(ctx: FormContext, answers: Answers) -> Screen | Again:
    rows = await _rows(ctx, answers)
    if isinstance(rows, Again):
        return rows
    kind, token = answers["record"], f"reg:{ctx.actor.id}:{ctx.run}"
    taken = await take_list(ctx.session, ctx.actor, kind, rows, token, now=ctx.now)
    if isinstance(taken, tuple):
        return _faulty(taken)
    told = said(taken, NAME) if not isinstance(taken, ListTaken) else _taken(taken)
    return Screen(told, keyboard=inline([button(_("‹ Back"), OfKind(kind=kind))]))


def _taken(taken: ListTaken) -> str:
    said_so = ngettext(
        "One registration was sent. Somebody else at the office accepts it.",
        "{count} registrations were sent. Somebody else at the office accepts them.",
        taken.count,
    )
    return said_so.format(count=taken.count)


async def _define(ctx: FormContext, answers: Answers) -> Screen | Again:
    rows = await _rows(ctx, answers)
    if isinstance(rows, Again):
        return rows
    outcome = await define_by_list(ctx.session, ctx.actor, answers["record"], rows, now=ctx.now)
    if isinstance(outcome, tuple):
        return _faulty(outcome)
    return await kind_shown(ctx, answers["record"], said(outcome, KINDS_NAME))


for name, title, then in (
    (BRING, mark("Registrations from a spreadsheet"), _bring),
    (DEFINE, mark("Questions from a spreadsheet"), _define),
):
    asks = plain(mark("Please send the spreadsheet, filled in."))
    question = Question("file", asks, accepts=(OneFile(),))
    forms.add(Form(name, 1, title, (question, RECORD), then, confirm=False))
