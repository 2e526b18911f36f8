"""What a sheet can be, as data, and what is wrong with one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

CODE = re.compile(r"[a-z][a-z0-9_]{0,29}", re.ASCII)
"""Names of sheets, fields and options; they are never renamed."""

FIELDS_AT_MOST = 30
OPTIONS_AT_MOST = 24
WORDS_LENGTH = 300
"""Characters of a question in one language."""
TITLE_LENGTH = 60
TEXT_AT_MOST = 1000
"""Characters of a written answer."""
NUMBER_AT_MOST = 1_000_000_000


class FieldKind(StrEnum):
    """What a field asks for."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    MANY = "many"
    DAY = "day"
    YES_NO = "yes_no"
    PHONE = "phone"
    PLATE = "plate"
    """Of a vehicle."""
    PHOTO = "photo"


OF_OPTIONS = frozenset({FieldKind.CHOICE, FieldKind.MANY})
PERSONAL = frozenset({FieldKind.PHONE, FieldKind.PLATE})
"""Kinds that lead to a person: they are kept sealed, always."""
LOOKED_UP = frozenset({FieldKind.TEXT, *PERSONAL})
"""Kinds with so many values that a digest does not tell which one it is."""


@dataclass(frozen=True)
class SheetWords:
    """Words in both languages."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """Return them in one language, by its code."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class SheetOption:
    """One of the answers to choose from."""

    key: str
    words: SheetWords


@dataclass(frozen=True)
class SheetField:
    """One question of a sheet."""

    key: str
    kind: FieldKind
    words: SheetWords
    """The question."""
    short: SheetWords | None = None
    """A word or two for it, where answers are read back; None: the question."""
    help: SheetWords | None = None
    """What is said under the question."""
    options: tuple[SheetOption, ...] = ()
    least: int | None = None
    """Of a number; not below 0."""
    most: int | None = None
    """Of a number; the characters of a text; how many of many."""
    required: bool = True
    sealed: bool = False
    indexed: bool = False
    """It is found by its answer, of which a keyed digest is kept."""

    @property
    def label(self) -> SheetWords:
        """Return what it is called where its answer is read."""
        return self.short or self.words

    def option(self, key: str) -> SheetOption | None:
        """Return one of its options."""
        return next((one for one in self.options if one.key == key), None)


@dataclass(frozen=True)
class SheetDraft:
    """A sheet before it has a version."""

    code: str
    subject: str
    """Whose it is: filings with it are about records of this subject."""
    title: SheetWords
    fields: tuple[SheetField, ...]

    def field(self, key: str) -> SheetField | None:
        """Return one of its fields."""
        return next((one for one in self.fields if one.key == key), None)


class SheetProblem(StrEnum):
    """What can be wrong with a sheet."""

    BAD_CODE = "bad_code"
    """A name is no short word of small letters."""
    NO_WORDS = "no_words"
    """Words are missing in a language, or too long."""
    NO_FIELDS = "no_fields"
    TOO_MANY_FIELDS = "too_many_fields"
    DOUBLE_KEY = "double_key"
    UNKNOWN_KIND = "unknown_kind"
    NO_OPTIONS = "no_options"
    """There is nothing to choose from."""
    TOO_MANY_OPTIONS = "too_many_options"
    OPTIONS_OF_NOTHING = "options_of_nothing"
    """Options of a field in which nothing is chosen."""
    BAD_BOUNDS = "bad_bounds"
    SEALED_MANY = "sealed_many"
    """Several of the options cannot be sealed: ask for each by itself."""
    OPEN_PERSONAL = "open_personal"
    """A telephone number and a plate are kept sealed, always."""
    INDEX_TELLS = "index_tells"
    """There are so few answers that the digest would tell which one was given."""
    BAD_SHAPE = "bad_shape"
    """What was kept or brought in is no field."""


@dataclass(frozen=True)
class WrongSheet:
    """One thing that is wrong, and with which field; '' for the sheet as a whole."""

    problem: SheetProblem
    key: str = ""


def wrong_with_sheet(sheet: SheetDraft) -> tuple[WrongSheet, ...]:
    """List what is wrong with a sheet; empty for one that can be used."""
    found: list[WrongSheet] = []
    if not CODE.fullmatch(sheet.code) or not CODE.fullmatch(sheet.subject):
        found.append(WrongSheet(SheetProblem.BAD_CODE))
    if not _said(sheet.title, TITLE_LENGTH):
        found.append(WrongSheet(SheetProblem.NO_WORDS))
    if not sheet.fields:
        found.append(WrongSheet(SheetProblem.NO_FIELDS))
    if len(sheet.fields) > FIELDS_AT_MOST:
        found.append(WrongSheet(SheetProblem.TOO_MANY_FIELDS))
    found += [WrongSheet(SheetProblem.DOUBLE_KEY, key) for key in _double(sheet.fields)]
    for field in sheet.fields:
        found += [WrongSheet(problem, field.key) for problem in _wrong_with(field)]
    return tuple(found)


def _double(named: Sequence[SheetField] | Sequence[SheetOption]) -> list[str]:
    keys = [one.key for one in named]
    return sorted({key for key in keys if keys.count(key) > 1})


def _wrong_with(field: SheetField) -> list[SheetProblem]:
    chosen = field.kind in OF_OPTIONS
    codes = (field.key, *(one.key for one in field.options))
    shown = (field.words, *(one.words for one in field.options))
    also = [one for one in (field.short, field.help) if one is not None]
    wrong = {
        SheetProblem.BAD_CODE: not all(CODE.fullmatch(one) for one in codes),
        SheetProblem.NO_WORDS: not all(_said(one, WORDS_LENGTH) for one in (*shown, *also)),
        SheetProblem.NO_OPTIONS: chosen and not field.options,
        SheetProblem.TOO_MANY_OPTIONS: len(field.options) > OPTIONS_AT_MOST,
        SheetProblem.OPTIONS_OF_NOTHING: bool(field.options) and not chosen,
        SheetProblem.DOUBLE_KEY: bool(_double(field.options)),
        SheetProblem.BAD_BOUNDS: not _bounded(field),
        SheetProblem.SEALED_MANY: field.sealed and field.kind is FieldKind.MANY,
        SheetProblem.OPEN_PERSONAL: field.kind in PERSONAL and not field.sealed,
        SheetProblem.INDEX_TELLS: field.indexed and field.kind not in LOOKED_UP,
    }
    return [problem for problem, holds in wrong.items() if holds]


def _said(words: SheetWords, length: int) -> bool:
    return all(one.strip() and len(one) <= length for one in (words.zh, words.en))


def _bounded(field: SheetField) -> bool:
    least, most = bounds(field)
    limit = {
        FieldKind.NUMBER: (0, NUMBER_AT_MOST),
        FieldKind.TEXT: (1, TEXT_AT_MOST),
        FieldKind.MANY: (1, OPTIONS_AT_MOST),
    }.get(field.kind)
    if limit is None:
        return field.least is None and field.most is None
    free = field.least is None or field.kind is FieldKind.NUMBER
    return free and limit[0] <= least <= most <= limit[1]


def bounds(field: SheetField) -> tuple[int, int]:
    """Return least and most of a field, where they were not set as they are by themselves."""
    usual = {
        FieldKind.NUMBER: (0, NUMBER_AT_MOST),
        FieldKind.TEXT: (1, TEXT_AT_MOST),
        FieldKind.MANY: (1, max(1, len(field.options))),
    }
    least, most = usual.get(field.kind, (0, 0))
    return (
        least if field.least is None else field.least,
        most if field.most is None else field.most,
    )


def written_fields(fields: Sequence[SheetField]) -> list[dict[str, Any]]:
    """Return fields as JSON-able data."""
    return [_written(field) for field in fields]


def _written(field: SheetField) -> dict[str, Any]:
    said = {"words": field.words, "short": field.short, "help": field.help}
    kept: dict[str, Any] = {"key": field.key, "kind": str(field.kind)}
    kept |= {name: _pair(words) for name, words in said.items() if words is not None}
    if field.options:
        kept["options"] = [{"key": one.key, "words": _pair(one.words)} for one in field.options]
    kept |= {name: getattr(field, name) for name in ("required", "sealed", "indexed")}
    bound = {"least": field.least, "most": field.most}
    return kept | {name: value for name, value in bound.items() if value is not None}


def _pair(words: SheetWords) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def read_fields(kept: Sequence[Mapping[str, Any]]) -> tuple[SheetField, ...] | WrongSheet:
    """Read fields from data; what is no field is named with its key, where it has one."""
    found: list[SheetField] = []
    for one in kept:
        key = str(one.get("key", ""))
        if one.get("kind") not in set(FieldKind):
            return WrongSheet(SheetProblem.UNKNOWN_KIND, key)
        try:
            found.append(_read(one))
        except (KeyError, TypeError, AttributeError):
            return WrongSheet(SheetProblem.BAD_SHAPE, key)
    return tuple(found)


def _read(one: Mapping[str, Any]) -> SheetField:
    for names, kind in ((("least", "most"), int), (("required", "sealed", "indexed"), bool)):
        if any(type(one[name]) is not kind for name in names if name in one):
            raise TypeError("a bound is a whole number, a flag is yes or no")
    return SheetField(
        key=str(one["key"]),
        kind=FieldKind(one["kind"]),
        words=_words(one["words"]),
        short=_words(one["short"]) if "short" in one else None,
        help=_words(one["help"]) if "help" in one else None,
        options=tuple(
            SheetOption(str(each["key"]), _words(each["words"])) for each in one.get("options", ())
        ),
        least=one.get("least"),
        most=one.get("most"),
        required=one.get("required", True),
        sealed=one.get("sealed", False),
        indexed=one.get("indexed", False),
    )


def _words(kept: Mapping[str, Any]) -> SheetWords:
    return SheetWords(str(kept["zh"]), str(kept["en"]))
