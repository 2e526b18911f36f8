"""Sheets as rows of a spreadsheet: filled in, a row a filing, or defined, a row a question."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.sheets.rules.answers import NO, YES, AnswerProblem, Value, read_answer
from models.sheets.rules.fields import (
    FIELDS_AT_MOST,
    OF_OPTIONS,
    PERSONAL,
    FieldKind,
    SheetDraft,
    SheetField,
    SheetOption,
    SheetProblem,
    SheetWords,
    wrong_with_sheet,
)
from models.sheets.rules.identity import holds_identity_number, is_rounded_identity_number

Rows = Sequence[Sequence[str]]
"""Written cells, the heads first; a row may be shorter than the heads."""

ROWS_AT_MOST = 2000
FAULTS_AT_MOST = 50
"""Faults that are looked for: with more, the spreadsheet is another one."""

_BETWEEN = re.compile(r"[,，、;；\n|]")
_YES = frozenset({YES, "y", "是", "有", "对", "√", "✓", "✔", "1", "true"})
_NO = frozenset({NO, "n", "否", "没有", "无", "不", "×", "✗", "✘", "0", "false"})


class CellProblem(StrEnum):
    """What can be wrong with a cell, beside what can be wrong with an answer or with a sheet."""

    NO_ROWS = "no_rows"
    """There are heads at most, and nothing below."""
    TOO_MANY_ROWS = "too_many_rows"
    NO_COLUMN = "no_column"
    """A column that has to be there is not."""
    UNKNOWN_COLUMN = "unknown_column"
    """There is more in the spreadsheet than the sheet asks for."""
    DOUBLE_COLUMN = "double_column"
    UNKNOWN_WORD = "unknown_word"
    """The word is none of those that can stand there."""
    NOBODY = "nobody"
    """There is nobody here with this telephone number."""
    FOR_THEMSELVES = "for_themselves"
    """They have Telegram, and fill it in themselves."""


@dataclass(frozen=True)
class CellFault:
    """What is wrong, and where: the row as spreadsheets count, the heads being 1; the column by
    its head, '' for the whole row."""

    row: int
    column: str
    why: CellProblem | AnswerProblem | SheetProblem


@dataclass(frozen=True)
class FilledRow:
    """The answers of one row, by the key of their field."""

    row: int
    answers: Mapping[str, Value]


def read_filled(
    fields: Sequence[SheetField], rows: Rows, most: int = ROWS_AT_MOST
) -> tuple[FilledRow, ...] | tuple[CellFault, ...]:
    """Read one filing a row; all faults of the first fifty where there is one, and then no filing.

    A column is known by what its field is called in either language, or by its key. Photos do not
    come in a spreadsheet: a field of these is left out.
    """
    asked = [field for field in fields if field.kind is not FieldKind.PHOTO]
    if wrong := _wrong_size(rows, most):
        return wrong
    names = {_folded(name): field for field in asked for name in _names(field)}
    columns = [names.get(_folded(head)) for head in rows[0]]
    if faults := _wrong_heads(asked, columns, rows[0]):
        return faults
    filled: list[FilledRow] = []
    for number, row in _written(rows):
        answers, wrongs = _read_row(number, row, columns, rows[0])
        filled.append(FilledRow(number, answers))
        faults = (*faults, *wrongs)
    return faults[:FAULTS_AT_MOST] or tuple(filled)


def heads_of(fields: Sequence[SheetField], language: str) -> tuple[str, ...]:
    """Return the heads of an empty spreadsheet to be filled in."""
    return tuple(one.label.said(language) for one in fields if one.kind is not FieldKind.PHOTO)


def _names(field: SheetField) -> tuple[str, ...]:
    return field.label.zh, field.label.en, field.words.zh, field.words.en, field.key


def _wrong_size(rows: Rows, most: int) -> tuple[CellFault, ...]:
    if sum(1 for _row in _written(rows)) == 0:
        return (CellFault(1, "", CellProblem.NO_ROWS),)
    if len(rows) > most + 1:
        return (CellFault(most + 2, "", CellProblem.TOO_MANY_ROWS),)
    return ()


def _wrong_heads(
    asked: Sequence[SheetField], columns: Sequence[SheetField | None], heads: Sequence[str]
) -> tuple[CellFault, ...]:
    found = [field.key for field in columns if field]
    unknown = [
        CellFault(1, _shown(head), CellProblem.UNKNOWN_COLUMN)
        for head, field in zip(heads, columns, strict=True)
        if field is None and head.strip()
    ]
    missing = [
        CellFault(1, both(field.label), CellProblem.NO_COLUMN)
        for field in asked
        if field.required and field.key not in found
    ]
    twice = [
        CellFault(1, both(field.label), CellProblem.DOUBLE_COLUMN)
        for field in asked
        if found.count(field.key) > 1
    ]
    return (*unknown, *missing, *twice)


def both(words: SheetWords) -> str:
    """Return a head in both languages, once where they are one."""
    return words.zh if words.zh == words.en else f"{words.zh} / {words.en}"


def _shown(head: str) -> str:
    """Return a head as it may be named again: a number of an identity card is not."""
    return "" if holds_identity_number(head) else head.strip()[:40]


def _written(rows: Rows) -> list[tuple[int, Sequence[str]]]:
    below = enumerate(rows[1:], start=2)
    return [(number, row) for number, row in below if any(cell.strip() for cell in row)]


def _read_row(
    number: int, row: Sequence[str], columns: Sequence[SheetField | None], heads: Sequence[str]
) -> tuple[dict[str, Value], list[CellFault]]:
    answers: dict[str, Value] = {}
    wrong: list[CellFault] = []
    for place, field in enumerate(columns):
        cell = row[place].strip() if place < len(row) else ""
        if field is None:
            continue
        value = read_answer(field, _typed(field, cell))
        if is_rounded_identity_number(cell):
            value = AnswerProblem.IDENTITY_NUMBER
        if isinstance(value, AnswerProblem):
            wrong.append(CellFault(number, heads[place].strip(), value))
        elif value is not None:
            answers[field.key] = value
    return answers, wrong


def _typed(field: SheetField, cell: str) -> object:
    """Return a cell as the answer that it stands for: words of options become their keys."""
    match field.kind:
        case FieldKind.YES_NO if cell:
            said = cell.casefold()
            return YES if said in _YES else NO if said in _NO else cell
        case FieldKind.CHOICE if cell:
            return _option(field, cell)
        case FieldKind.MANY if cell:
            if holds_identity_number(cell):
                return cell
            return [_option(field, one) for one in _BETWEEN.split(cell) if one.strip()]
    return cell


def _option(field: SheetField, said: str) -> str:
    folded = _folded(said)
    for one in field.options:
        if folded in {_folded(one.words.zh), _folded(one.words.en), _folded(one.key)}:
            return one.key
    return said


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())


HEADS = {
    "zh": SheetWords("问题", "Question in Chinese"),
    "en": SheetWords("英文", "Question in English"),
    "kind": SheetWords("类型", "Kind"),
    "options": SheetWords("选项", "Options"),
    "required": SheetWords("必填", "Required"),
    "sealed": SheetWords("保密", "Sealed"),
    "indexed": SheetWords("可查找", "Looked up"),
}
"""The columns of a spreadsheet that defines a sheet; the first alone has to be there."""

KINDS = {
    FieldKind.TEXT: SheetWords("文字", "text"),
    FieldKind.NUMBER: SheetWords("数字", "number"),
    FieldKind.CHOICE: SheetWords("单选", "choice"),
    FieldKind.MANY: SheetWords("多选", "several"),
    FieldKind.DAY: SheetWords("日期", "day"),
    FieldKind.YES_NO: SheetWords("是否", "yes or no"),
    FieldKind.PHONE: SheetWords("电话", "telephone"),
    FieldKind.PLATE: SheetWords("车牌", "plate"),
    FieldKind.PHOTO: SheetWords("照片", "photo"),
}
"""How the kinds of field are called where somebody defines one."""


def read_defined(
    draft: SheetDraft, rows: Rows, ever: Collection[str] = ()
) -> tuple[SheetField, ...] | tuple[CellFault, ...]:
    """Read the fields of a sheet from the rows that define it, or every fault.

    `draft` is the sheet as it stands: a question that it asks already keeps its key, so that what
    was answered before is found by the same name. A new one gets a key that no version `ever` had:
    else what was answered to a question that was dropped would stand under it.
    """
    if wrong := _wrong_size(rows, FIELDS_AT_MOST):
        return wrong
    named = {_folded(name): key for key, words in HEADS.items() for name in (words.zh, words.en)}
    columns = [named.get(_folded(head), "") for head in rows[0]]
    if "zh" not in columns:
        return (CellFault(1, both(HEADS["zh"]), CellProblem.NO_COLUMN),)
    fields: list[SheetField] = []
    faults: list[CellFault] = []
    for number, row in _written(rows):
        cells = {key: cell.strip() for key, cell in zip(columns, row, strict=False) if key}
        field = _defined(draft, cells, number, {*ever, *(one.key for one in fields)})
        if isinstance(field, CellFault):
            faults.append(field)
            continue
        if field.key in {one.key for one in fields}:
            faults.append(CellFault(number, both(HEADS["zh"]), SheetProblem.DOUBLE_KEY))
            continue
        fields.append(field)
        alone = SheetDraft(draft.code, draft.subject, draft.title, (field,))
        faults += [CellFault(number, "", one.problem) for one in wrong_with_sheet(alone)]
    return tuple(faults) or tuple(fields)


def _defined(
    draft: SheetDraft, cells: Mapping[str, str], number: int, taken: Collection[str]
) -> SheetField | CellFault:
    words = SheetWords(cells.get("zh", ""), cells.get("en") or cells.get("zh", ""))
    kind = _kind(cells.get("kind", ""))
    if kind is None:
        return CellFault(number, both(HEADS["kind"]), CellProblem.UNKNOWN_WORD)
    flags = {name: _flag(cells.get(name, "")) for name in ("required", "sealed", "indexed")}
    for name, flag in flags.items():
        if flag is None:
            return CellFault(number, both(HEADS[name]), CellProblem.UNKNOWN_WORD)
    asked = next((one for one in draft.fields if one.words.zh == words.zh), None)
    return SheetField(
        key=asked.key if asked else free_key({*taken, *(one.key for one in draft.fields)}),
        kind=kind,
        words=words,
        short=asked.short if asked else None,
        help=asked.help if asked else None,
        options=_options(cells.get("options", ""), asked) if kind in OF_OPTIONS else (),
        required=bool(flags["required"]) if cells.get("required") else True,
        sealed=bool(flags["sealed"]) or kind in PERSONAL,
        indexed=bool(flags["indexed"]),
    )


def free_key(taken: Collection[str]) -> str:
    """Return a key for one more question that is none of these: 'q1', 'q2' and so on."""
    return next(key for key in (f"q{n}" for n in range(1, len(taken) + 2)) if key not in taken)


def _kind(said: str) -> FieldKind | None:
    if not said:
        return FieldKind.TEXT
    folded = _folded(said)
    for kind, words in KINDS.items():
        if folded in {_folded(words.zh), _folded(words.en), _folded(kind)}:
            return kind
    return None


def _flag(said: str) -> bool | None:
    folded = said.strip().casefold()
    if not folded:
        return False
    return True if folded in _YES else False if folded in _NO else None


def _options(said: str, asked: SheetField | None) -> tuple[SheetOption, ...]:
    """Read options parted by commas or lines, each as 'Chinese/English' or in Chinese alone."""
    known = {one.words.zh: one.key for one in asked.options} if asked else {}
    found: list[SheetOption] = []
    for one in _BETWEEN.split(said):
        zh, _slash, en = (part.strip() for part in one.partition("/"))
        if not zh:
            continue
        taken = {*known.values(), *(each.key for each in found)}
        fresh = next(k for k in (f"o{n}" for n in range(1, len(taken) + 2)) if k not in taken)
        found.append(SheetOption(known.get(zh, fresh), SheetWords(zh, en or zh)))
    return tuple(found)
