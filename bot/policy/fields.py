"""Which field of the policy holds which kind of value, and what is told of it."""

import ast
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, get_args, get_origin, get_type_hints

from bot.policy import values
from bot.policy.values import Kind
from models.help.rules.policy import Policy, Span, Urgency
from models.hours.rules.desk import DeskHours
from models.hours.rules.quiet import QuietHours

SET_ELSEWHERE = {
    "zone": "is set by TIME_ZONE",
    "is_workday": "is China's official calendar",
}
"""Fields of the policy that are not for the file, and why."""

MOST = 100_000
"""No count in a policy is meant to be greater; a slip of the finger is."""

RANGES = {
    "nudge_percent": (1, 99),
    "low_rating": (1, 4),
    "content_from": (1, 5),
    "quorum": (0, 100),
    "seconds_needed": (0, MOST),
    "early_count": (2, MOST),
    "most_hands": (1, 1000),
    "most_asked": (1, 5000),
    "visits": (1, 3660),
}
"""Where a whole number has narrower bounds than from 1 to MOST. A statement names everybody who is
asked at once, and databases take some thirty thousand values; a return visit waits ten years."""

MAY_BE_NOTHING = frozenset(
    {"street_after", "clash", "before_start", "no_show_after", "contact_kept"}
)
"""Lengths of time that may be zero; in all others zero would fire without end, or at once."""


@dataclass(frozen=True)
class Single:
    """A field with one value."""

    name: str
    told: str
    kind: Kind[Any]

    def opened(self, value: Any) -> dict[str, Any]:
        """Give what is set, by its key."""
        return {self.name: value}

    def path(self, _key: str) -> str:
        """Name a key as people are told of it."""
        return self.name


@dataclass(frozen=True)
class Table:
    """A field with a value for each urgency."""

    name: str
    told: str
    kind: Kind[Any]
    keys = tuple(each.value for each in Urgency)

    def opened(self, value: Any) -> dict[str, Any]:
        """Give what is set for each urgency."""
        return {key: value[Urgency(key)] for key in self.keys}

    def path(self, key: str) -> str:
        """Name a key as people are told of it."""
        return f"{self.name}.{key}"


Field = Single | Table


@cache
def fields() -> dict[str, Field]:
    """Give every field that the file may set, in the order of the policy; TypeError for a field of
    a type that nobody can write down yet."""
    hints, told = get_type_hints(Policy), _told()
    return {
        name: _field(name, told.get(name, ""), hint)
        for name, hint in hints.items()
        if name not in SET_ELSEWHERE
    }


def _field(name: str, told: str, hint: Any) -> Field:
    if get_origin(hint) is Mapping and get_args(hint)[0] is Urgency:
        return Table(name, told, _kind(name, get_args(hint)[1]))
    return Single(name, told, _kind(name, hint))


def _kind(name: str, hint: Any) -> Kind[Any]:
    nothing, zone = name in MAY_BE_NOTHING, Policy().zone
    known: dict[Any, Kind[Any]] = {
        int: values.whole(*RANGES.get(name, (1, MOST))),
        timedelta: values.length(nothing=nothing),
        Span: values.span(nothing=nothing),
        time | None: values.moment(),
        DeskHours: values.desk(zone),
        QuietHours: values.quiet(zone),
        tuple[int | None, ...]: values.rings(MOST),
    }
    if hint in known:
        return known[hint]
    if get_origin(hint) is tuple:
        return values.rising(_kind(name, get_args(hint)[0]))
    raise TypeError(f"Policy.{name}: bot/policy/values.py has no kind for {hint}")


def _told() -> dict[str, str]:
    """Give what the source says of each field, right behind it."""
    (shape,) = ast.parse(inspect.getsource(Policy)).body
    assert isinstance(shape, ast.ClassDef)  # noqa: S101 - narrows what `ast` cannot say
    return {
        one.target.id: " ".join(then.value.value.split())
        for one, then in pairwise(shape.body)
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
        if isinstance(then, ast.Expr) and isinstance(then.value, ast.Constant)
        if isinstance(then.value.value, str)
    }
