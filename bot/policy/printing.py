"""From the policy to a file: every field with what it means, and its default where it differs."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from bot.policy.fields import Field, Table, fields
from models.policy.current import DEFAULT
from models.policy.rules import Policies

WIDTH = 96
OPENING = """\
# Linli's policy: promises, rings, waits and limits.
# Save this as a file, name the file in POLICY_FILE, change what you like and start anew.
# What is left out keeps its default. Lengths of time are days, hours and minutes.
"""


def page(policy: Policies) -> str:
    """Write a policy as TOML that reads back as the same policy."""
    parts = ("\n".join(_field(field, policy)) for field in _in_order())
    return "\n".join((OPENING, *(f"{part}\n" for part in parts)))


def changed(policy: Policies) -> list[str]:
    """List the keys whose values are not the defaults."""
    return [
        field.path(key)
        for field in _in_order()
        for key, value, default in _values(field, policy)
        if value != default
    ]


def _in_order() -> list[Field]:
    """Return the fields as TOML wants them: tables last."""
    return sorted(fields().values(), key=lambda field: isinstance(field, Table))


def _field(field: Field, policy: Policies) -> Iterator[str]:
    yield from (f"# {line}" for line in wrap(_told(field), WIDTH - 2))
    if isinstance(field, Table):
        yield f"[{field.name}]"
    for key, value, default in _values(field, policy):
        usual = "" if value == default else f"  # default: {default}"
        yield f"{key} = {value}{usual}"


def _told(field: Field) -> str:
    """Say what a field means, in the words of the file: it knows no None."""
    told = field.told.replace("None", f"'{field.kind.none}'") if field.kind.none else field.told
    return f"{told} {field.kind.note}".strip()


def _values(field: Field, policy: Policies) -> Iterator[tuple[str, Any, Any]]:
    """Return every key of a field with its value and its default, as they are written."""
    ours, usual = (
        field.opened(getattr(one.of(field.section), field.name)) for one in (policy, DEFAULT)
    )
    for key, value in ours.items():
        yield key, field.kind.write(value), field.kind.write(usual[key])
