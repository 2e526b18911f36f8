"""What an answer to a field can be, and how it is kept."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.people.rules import bare_phone, clean_phone
from models.sheets.rules.fields import FieldKind, SheetField, bounds
from models.sheets.rules.identity import holds_identity_number
from models.sheets.rules.plates import plates_meant
from models.text import clean_text

YES, NO = "yes", "no"
FIRST_YEAR, LAST_YEAR = 1900, 2100
DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)
WHOLE = re.compile(r"\d{1,10}", re.ASCII)


@dataclass(frozen=True)
class Spoken:
    """A text that was spoken: a voice message as Telegram keeps it, and its length in seconds."""

    file_id: str
    seconds: int


@dataclass(frozen=True)
class Pictured:
    """A photo as Telegram keeps it."""

    file_id: str


Value = str | int | bool | date | tuple[str, ...] | Spoken | Pictured
"""Of text, phone and plate a str or, of text, Spoken, of a choice the key of its option, of many
the keys in the order of the options."""


class AnswerProblem(StrEnum):
    """Why an answer does not serve."""

    MISSING = "missing"
    UNKNOWN_FIELD = "unknown_field"
    IDENTITY_NUMBER = "identity_number"
    """The number of an identity card is kept nowhere."""
    TOO_LONG = "too_long"
    NO_NUMBER = "no_number"
    OUT_OF_RANGE = "out_of_range"
    NO_OPTION = "no_option"
    TOO_MANY = "too_many"
    NO_DAY = "no_day"
    PAST_DAY = "past_day"
    BEFORE_START = "before_start"
    """It ends before it begins."""
    FAR_DAY = "far_day"
    """So far ahead that it is a slip; these three are for a subject to say."""
    NOT_YES_OR_NO = "not_yes_or_no"
    NO_PHONE = "no_phone"
    NO_PLATE = "no_plate"
    WHICH_PLATE = "which_plate"
    """The sign of the province is spelt in letters that several have in common."""
    NO_PHOTO = "no_photo"
    NO_VOICE = "no_voice"
    """It has to be written."""


@dataclass(frozen=True)
class WrongAnswer:
    """Why an answer does not serve, and to which field."""

    key: str
    why: AnswerProblem


def read_answers(
    fields: Sequence[SheetField], raw: Mapping[str, object]
) -> dict[str, Value] | WrongAnswer:
    """Read all answers of a filing, by the key of their field; the first that does not serve.

    What was not answered is left out.
    """
    known = {field.key for field in fields}
    for key in raw:
        if key not in known:
            return WrongAnswer(key, AnswerProblem.UNKNOWN_FIELD)
    found: dict[str, Value] = {}
    for field in fields:
        value = read_answer(field, raw.get(field.key))
        if isinstance(value, AnswerProblem):
            return WrongAnswer(field.key, value)
        if value is not None:
            found[field.key] = value
    return found


def read_answer(field: SheetField, raw: object) -> Value | AnswerProblem | None:
    """Return what an answer is, typed or chosen; None for one that was not given and need not be.

    What holds the number of an identity card serves nowhere.
    """
    if isinstance(raw, str) and holds_identity_number(raw):
        return AnswerProblem.IDENTITY_NUMBER
    if raw is None or (isinstance(raw, str | list | tuple) and not _anything(raw)):
        return AnswerProblem.MISSING if field.required else None
    return _READ[field.kind](field, raw)


def _anything(raw: object) -> bool:
    return bool(raw.strip()) if isinstance(raw, str) else bool(raw)


def _text(field: SheetField, raw: object) -> Value | AnswerProblem | None:
    if isinstance(raw, Spoken):
        return AnswerProblem.NO_VOICE if field.indexed else raw
    _least, most = bounds(field)
    text = clean_text(raw, most + 1) if isinstance(raw, str) else ""
    if not text:
        return AnswerProblem.MISSING if field.required else None
    return AnswerProblem.TOO_LONG if len(text) > most else text


def _number(field: SheetField, raw: object) -> int | AnswerProblem:
    text = unicodedata.normalize("NFKC", str(raw)).strip()
    if isinstance(raw, bool) or not isinstance(raw, int | str) or not WHOLE.fullmatch(text):
        return AnswerProblem.NO_NUMBER
    least, most = bounds(field)
    return int(text) if least <= int(text) <= most else AnswerProblem.OUT_OF_RANGE


def _choice(field: SheetField, raw: object) -> str | AnswerProblem:
    known = isinstance(raw, str) and field.option(raw) is not None
    return str(raw) if known else AnswerProblem.NO_OPTION


def _yes_no(_field: SheetField, raw: object) -> bool | AnswerProblem:
    said = raw if isinstance(raw, bool) else {YES: True, NO: False}.get(str(raw))
    return AnswerProblem.NOT_YES_OR_NO if said is None else said


def _phone(_field: SheetField, raw: object) -> str | AnswerProblem:
    phone = clean_phone(raw) if isinstance(raw, str) else None
    return phone or AnswerProblem.NO_PHONE


def _plate(_field: SheetField, raw: object) -> str | AnswerProblem:
    meant = plates_meant(raw) if isinstance(raw, str) else ()
    if len(meant) > 1:
        return AnswerProblem.WHICH_PLATE
    return meant[0] if meant else AnswerProblem.NO_PLATE


def _photo(_field: SheetField, raw: object) -> Pictured | AnswerProblem:
    return raw if isinstance(raw, Pictured) else AnswerProblem.NO_PHOTO


def _many(field: SheetField, raw: object) -> tuple[str, ...] | AnswerProblem:
    if not isinstance(raw, list | tuple) or any(field.option(str(one)) is None for one in raw):
        return AnswerProblem.NO_OPTION
    chosen = tuple(one.key for one in field.options if one.key in raw)
    _least, most = bounds(field)
    return chosen if len(chosen) <= most else AnswerProblem.TOO_MANY


def _day(_field: SheetField, raw: object) -> date | AnswerProblem:
    day = raw if isinstance(raw, date) else None
    found = (
        DATE.fullmatch(unicodedata.normalize("NFKC", raw).strip()) if isinstance(raw, str) else None
    )
    if found is not None:
        try:
            day = date(*(int(part) for part in found.groups()))
        except ValueError:
            return AnswerProblem.NO_DAY
    if day is None or type(day) is not date or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return AnswerProblem.NO_DAY
    return day


_READ: dict[FieldKind, Callable[[SheetField, object], Value | AnswerProblem | None]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.CHOICE: _choice,
    FieldKind.MANY: _many,
    FieldKind.DAY: _day,
    FieldKind.YES_NO: _yes_no,
    FieldKind.PHONE: _phone,
    FieldKind.PLATE: _plate,
    FieldKind.PHOTO: _photo,
}


def kept_text(value: Value) -> tuple[str, int | None]:
    """Return how a value is kept: as text, and the seconds of what was spoken."""
    match value:
        case bool():
            return (YES if value else NO), None
        case tuple():
            return " ".join(value), None
        case date():
            return value.isoformat(), None
        case Spoken(file_id=file_id, seconds=seconds):
            return file_id, seconds
        case Pictured(file_id=file_id):
            return file_id, None
    return str(value), None


def value_of(field: SheetField, text: str, seconds: int | None) -> Value:
    """Return what a kept text stands for."""
    if seconds is not None:
        return Spoken(text, seconds)
    made = _OF_TEXT.get(field.kind)
    return made(text) if made else text


_OF_TEXT: dict[FieldKind, Callable[[str], Value]] = {
    FieldKind.NUMBER: int,
    FieldKind.MANY: lambda text: tuple(text.split()),
    FieldKind.DAY: date.fromisoformat,
    FieldKind.YES_NO: lambda text: text == YES,
    FieldKind.PHOTO: Pictured,
}


def looked_up_by(field: SheetField, value: Value) -> str:
    """Return what an answer is found by, however it is written: width, case and gaps are all one.

    '' for one that is not found by anything.
    """
    if not isinstance(value, str):
        return ""
    if field.kind is FieldKind.PHONE:
        return bare_phone(value)
    folded = unicodedata.normalize("NFKC", value).casefold()
    return "".join(char for char in folded if char.isalnum())


def answers_meant(field: SheetField, typed: str) -> tuple[Value, ...]:
    """List the answers that typed words can mean where somebody looks for them; a plate's province
    may be spelt as several are."""
    if field.kind is FieldKind.PLATE:
        return plates_meant(typed)
    value = read_answer(field, typed)
    return () if value is None or isinstance(value, AnswerProblem) else (value,)
