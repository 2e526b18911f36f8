"""From the file to the policy; every mistake is told by its key."""

import tomllib
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.policy.fields import SET_ELSEWHERE, Field, Table, fields
from bot.policy.values import Kind
from bot.settings import Settings, SettingsError
from models.help.rules.policy import HelpPolicy
from models.policy.current import DEFAULT
from models.policy.rules import Policies, Policy, in_zone

SETTING = "POLICY_FILE"
SHOWN_AT_MOST = 60
"""Characters of a wrong value that are told; the key tells where the rest is."""


class Wrong(Exception):  # noqa: N818 - the name says what was found
    """What is wrong with a file, a line a mistake: its key, what was found, what is taken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def in_force(settings: Settings) -> Policies:
    """Return the policy that POLICY_FILE sets, or the defaults, by the clocks of TIME_ZONE.

    SettingsError names in one line a mistake what is wrong with the file.
    """
    base = in_zone(settings.time_zone, DEFAULT)
    if settings.policy_file is None:
        return base
    try:
        text = Path(settings.policy_file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        told = f"{SETTING}: takes a readable TOML file, not {settings.policy_file}"
        raise SettingsError(told) from error
    try:
        return read_text(text, base)
    except Wrong as wrong:
        raise SettingsError("\n".join(f"{SETTING}: {line}" for line in wrong.lines)) from None


def read_text(text: str, base: Policies = DEFAULT) -> Policies:
    """Read a policy; what the text leaves out is as in `base`. Wrong tells every mistake."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Wrong([f"is not TOML: {error}"]) from None
    mistakes: list[str] = []
    found = dict(_fields_in(given, base, mistakes))
    policy = in_zone(base.of(Policy).zone, Policies({**base.values, **found}))
    mistakes += _at_odds(policy)
    if mistakes:
        raise Wrong(mistakes)
    return _differing(policy)


def _fields_in(
    given: dict[str, Any], base: Policies, mistakes: list[str]
) -> Iterator[tuple[str, Any]]:
    for name, found in given.items():
        if name in SET_ELSEWHERE:
            mistakes.append(f"{name}: {SET_ELSEWHERE[name]}, not here")
        elif name not in fields():
            mistakes.append(f"{name}: is not known; the nearest is {_nearest(name, fields())}")
        else:
            field = fields()[name]
            default = getattr(base.of(field.section), name)
            yield name, _field(field, found, default, mistakes)


def _field(field: Field, found: Any, default: Any, mistakes: list[str]) -> Any:
    """Read one field; the default where it is wrong, which is told."""
    if not isinstance(field, Table):
        return _value(field.name, field.kind, found, default, mistakes)
    if not isinstance(found, dict):
        keys = ", ".join(field.keys)
        mistakes.append(f"{field.name}: {_found(found)}, takes a table [{field.name}] of {keys}")
        return default
    parts = field.opened(default)
    for key, value in found.items():
        path = field.path(key)
        if key in parts:
            parts[key] = _value(path, field.kind, value, parts[key], mistakes)
        else:
            mistakes.append(f"{path}: is not known; the nearest is {_nearest(key, parts)}")
    return MappingProxyType({field.each(key): value for key, value in parts.items()})


def _value(path: str, kind: Kind[Any], found: Any, default: Any, mistakes: list[str]) -> Any:
    try:
        return kind.read(found)
    except ValueError:
        mistakes.append(f"{path}: {_found(found)}, takes {kind.takes}")
        return default


def _found(value: Any) -> str:
    said = repr(value)
    return f"found {said if len(said) <= SHOWN_AT_MOST else said[:SHOWN_AT_MOST] + '…'}"


def _nearest(name: str, known: Iterable[str]) -> str:
    return f"'{get_close_matches(name, list(known), n=1, cutoff=0.0)[0]}'"


def _at_odds(policies: Policies) -> Iterator[str]:
    """Tell which values, each right in itself, cannot stand side by side."""
    policy = policies.of(HelpPolicy)
    if policy.unconfirmed_after <= policy.after_done[-1]:
        yield "unconfirmed_after: takes more than the last of after_done, the last time of asking"


def _differing(policy: Policies) -> Policies:
    """Leave out what is as it would be anyway, so that equal policies are equal."""

    def usual(name: str) -> Any:
        section = fields()[name].section if name in fields() else Policy
        return getattr(DEFAULT.of(section), name)

    kept = {name: value for name, value in policy.values.items() if value != usual(name)}
    return Policies({**DEFAULT.values, **kept})
