"""Every act that a button can carry: each button with each value of what it says."""

import itertools
from collections.abc import Iterator
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from handlers.callbacks import Button
from tests.matrix.samples import STRINGS, values_of

IDS = range(1, 9)
"""Of what there is: things of each subject, in their states, are numbered from 1 on."""

WHERE = {"page", "below", "card", "value"}
"""Fields that say where the answer is shown; of a draft's parts, what is put there."""

OTHERS = (1, 2, 3, 5)
"""Of what else a button names: a person, a place, a version."""


def acts_of(button: type[Button]) -> Iterator[tuple[str, dict[str, Any]]]:
    """List what a button can say: (its name, the fields that say it)."""
    said = {
        name: words
        for name, field in button.model_fields.items()
        if (words := _words(button, name, field))
    }
    for chosen in itertools.product(*said.values()):
        fields = dict(zip(said, chosen, strict=True))
        yield ".".join([button.__prefix__, *(_shown(value) for value in chosen)]), fields


def _words(button: type[Button], name: str, field: FieldInfo) -> list[Any]:
    """List the values of a field that says what is to be done; none for one that says to what."""
    kind = field.annotation
    if get_origin(kind) is Literal:
        return list(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return list(kind)
    if name in WHERE:
        return []
    if kind is bool:
        return [False, True]
    return [word for word in STRINGS.get((button.__prefix__, name), ()) if word not in {"?", ""}]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.name.lower() if isinstance(value, Enum) else str(value)


def candidates(button: type[Button], fields: dict[str, Any]) -> Iterator[str]:
    """List data that say an act, of this thing and that."""
    rest = [name for name in button.model_fields if name not in fields]
    pools = [IDS if name == "id" else _of(button, name) for name in rest]
    for chosen in itertools.product(*pools):
        try:
            yield button(**fields, **dict(zip(rest, chosen, strict=True))).pack()
        except (ValidationError, ValueError):
            continue


def _of(button: type[Button], name: str) -> list[Any]:
    field = button.model_fields[name]
    if name in WHERE:
        return [0]
    if name.endswith("_id") or "int" in str(field.annotation):
        usual = [*OTHERS, 0]
        if field.annotation is int:
            usual = list(dict.fromkeys([*usual, *values_of(button, name, field, OTHERS)]))
        return usual
    return list(values_of(button, name, field, OTHERS))
