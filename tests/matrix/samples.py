"""Data that a button can carry: made from its fields, whole and broken."""

import itertools
from collections.abc import Sequence
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from handlers.callbacks import DATA_BYTES, Button
from models.broadcasts.queries.lists import BroadcastScope
from models.broadcasts.rules.reports import Listing
from models.broadcasts.rules.states import Move
from tests.profile import length

ROUNDS = length(1, 2)
"""How often every value of a field is tried, each time beside other values."""

STRINGS: dict[tuple[str, str], Sequence[str]] = {
    ("go", "to"): ("home", "mine", "desk", "tasks", "orders", "settings", "help", "nowhere"),
    ("bo", "move"): (*map(str, Move), "?"),
    ("bp", "part"): ("words", "other", "time", "audience", "buttons", "topic", "style", "outlook"),
    ("bp", "value"): ("", "join", "leave", "link", "subject", "x0.1", "j0.1", "x9.9", "emergency"),
    ("br", "part"): ("", "building", "sheet", "remind", *map(str, Listing)),
    ("bl", "which"): ("new", "received", *map(str, BroadcastScope)),
    ("f", "act"): ("c0", "c99", "t", "x", "?"),
    ("fz", "name"): ("help.request", "no.such.form"),
}
"""By prefix and field: words worth trying; other strings get RUBBISH."""

RUBBISH = ("", "x", "’; --", "老王", "🙂")

BROKEN_PARTS = ("", "x", "-1", "0", "1.5", "９", "9" * 30, "None", "🙂")


def samples(button: type[Button], ids: Sequence[int]) -> list[str]:
    """Give data of a button as one of ours would carry it, with these ids in its id fields.

    Every value of every field comes at least once, each time beside others of the other fields.
    """
    fields = {
        name: values_of(button, name, field, ids) for name, field in button.model_fields.items()
    }
    longest = max((len(values) for values in fields.values()), default=1)
    found = []
    for turn, place in itertools.product(range(ROUNDS), range(longest)):
        chosen = {
            name: values[(place + turn * shift) % len(values)]
            for shift, (name, values) in enumerate(fields.items())
        }
        try:
            found.append(button(**chosen).pack())
        except (ValidationError, ValueError):
            continue
    return list(dict.fromkeys(found))


def values_of(button: type[Button], name: str, field: FieldInfo, ids: Sequence[int]) -> list[Any]:
    if name == "id" or name.endswith("_id"):
        optional = [None] if NoneType in get_args(field.annotation) else []
        return [*ids, *optional]
    words = STRINGS.get((button.__prefix__, name), RUBBISH)
    return _of_type(field.annotation, field.metadata, words)


def _of_type(kind: Any, limits: Sequence[Any], words: Sequence[str]) -> list[Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        return _of_type(get_args(kind)[0], get_args(kind)[1:], words)
    if origin in {Union, UnionType}:
        return [each for part in get_args(kind) for each in _of_type(part, limits, words)]
    if origin is Literal:
        return list(get_args(kind))
    if isinstance(kind, type):
        return _of_class(kind, limits, words)
    raise AssertionError(f"teach tests/matrix/samples.py the type {kind}")


def _of_class(kind: type, limits: Sequence[Any], words: Sequence[str]) -> list[Any]:
    if issubclass(kind, Enum):
        return list(kind)
    if issubclass(kind, bool):
        return [True, False]
    if issubclass(kind, int):
        return _integers(limits)
    if issubclass(kind, str):
        return list(words)
    if kind is NoneType:
        return [None]
    raise AssertionError(f"teach tests/matrix/samples.py the type {kind}")


def _integers(limits: Sequence[Any]) -> list[int]:
    found = {0, 1, 5}
    for limit in limits:
        match limit:
            case Ge(ge=bound) | Le(le=bound):
                found.add(int(bound))  # type: ignore[call-overload]  # limits of our own are ints
            case Gt(gt=bound):
                found.add(int(bound) + 1)  # type: ignore[call-overload]  # as above
            case Lt(lt=bound):
                found.add(int(bound) - 1)  # type: ignore[call-overload]  # as above
    return sorted(found)


def broken(button: type[Button], ids: Sequence[int]) -> list[str]:
    """Give data that looks like a button's and is none: cut, swapped, stuffed, forged."""
    prefix = button.__prefix__
    whole = samples(button, ids)[:2]
    found = [prefix, f"{prefix}:", f"{prefix}::::::::", f"{prefix}:{'z' * DATA_BYTES}"]
    found += [f"{prefix}:{'９' * DATA_BYTES}", f"{prefix}:\u202e\u2066\n\t", f"{prefix}:{{}}:%s"]
    for data in whole:
        parts = data.split(":")
        found += [data[:-1], f"{data}:1", data.upper(), f" {data}"]
        found += [
            ":".join([*parts[:place], part, *parts[place + 1 :]])
            for place in range(1, len(parts))
            for part in BROKEN_PARTS
        ]
    return [fit(data) for data in dict.fromkeys(found)]


def fit(data: str) -> str:
    """Cut to the bytes that Telegram lets through."""
    return data.encode()[:DATA_BYTES].decode(errors="ignore") or "-"
