"""Letters in buttons: two acts of one letter would be one act under two names."""

import pkgutil
from collections.abc import Iterator
from enum import Enum, StrEnum
from importlib import import_module
from typing import Any, get_args

import pytest

import handlers
from handlers.callbacks import Button


def every_enum() -> list[type[Enum]]:
    """List the acts that modules of buttons declare, and what else buttons carry a value of."""
    modules = [
        import_module(found.name)
        for found in pkgutil.walk_packages(handlers.__path__, "handlers.")
        if found.name.rpartition(".")[2] == "callbacks"
    ]
    values = [value for module in modules for value in vars(module).values()]
    classes = [value for value in values if isinstance(value, type)]
    declared = {each for each in classes if issubclass(each, StrEnum) and each is not StrEnum}
    buttons = [each for each in classes if issubclass(each, Button)]
    fields = [field.annotation for each in buttons for field in each.model_fields.values()]
    carried = {each for field in fields for each in parts_of(field) if is_enum(each)}
    return sorted(declared | carried, key=repr)


def parts_of(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from parts_of(part)


def is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


@pytest.mark.parametrize("acts", every_enum(), ids=repr)
def test_no_two_acts_of_a_button_share_a_letter(acts: type[Enum]) -> None:
    aliases = {name: act.name for name, act in acts.__members__.items() if name != act.name}
    assert not aliases


def test_the_acts_are_found() -> None:
    names = {acts.__name__ for acts in every_enum()}
    assert {"CaseAct", "MineAct", "OrderAct", "Act", "Body"} <= names
