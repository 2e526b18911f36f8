"""Which field of the policy holds which kind of value, and what is told of it."""

import ast
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, get_args, get_origin, get_type_hints

from bot.policy import values
from bot.policy.values import Kind
from models.broadcasts.rules.sending import BroadcastPolicy
from models.care.rules.plans import CarePolicy
from models.care.survey_rules import SurveyPolicy
from models.cars.rules import CarPolicy
from models.daychecks.rules.ladder import DayCheckPolicy
from models.digests.rules.times import DigestPolicy
from models.early.rules import EarlyPolicy
from models.gatherings.rules import GatheringPolicy
from models.help.rules.policy import HelpPolicy
from models.hours.rules.desk import DeskHours
from models.hours.rules.quiet import QuietHours
from models.inspections.rules import InspectionPolicy
from models.meetings.rules.timing import MeetingPolicy
from models.orders.rules import OrderPolicy
from models.policy.floods import FloodPolicy
from models.policy.rules import Policy, Span
from models.posts.rules import PostPolicy
from models.proposals.rules.reception import ProposalPolicy
from models.registrations.rules import RegistrationPolicy
from models.rollcalls.rules.rounds import RollCallPolicy
from models.savings.rules import SavingsPolicy
from models.teams.rules import TeamPolicy
from models.volunteers.rules import VolunteerPolicy
from models.votes.rules.terms import VotePolicy

SECTIONS: tuple[type[Policy], ...] = (
    Policy,
    HelpPolicy,
    VolunteerPolicy,
    OrderPolicy,
    EarlyPolicy,
    DigestPolicy,
    ProposalPolicy,
    MeetingPolicy,
    GatheringPolicy,
    TeamPolicy,
    SavingsPolicy,
    PostPolicy,
    RegistrationPolicy,
    CarPolicy,
    InspectionPolicy,
    CarePolicy,
    SurveyPolicy,
    DayCheckPolicy,
    VotePolicy,
    BroadcastPolicy,
    RollCallPolicy,
    FloodPolicy,
)
"""The clocks and every subject's section, in the order of the file."""

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
    "concern_asked": (1, 3660),
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

    section: type[Policy]
    name: str
    told: str
    kind: Kind[Any]

    def opened(self, value: Any) -> dict[str, Any]:
        """Return what is set, by its key."""
        return {self.name: value}

    def path(self, _key: str) -> str:
        """Name a key as people are told of it."""
        return self.name


@dataclass(frozen=True)
class Table:
    """A field with a value for each member of an enum, such as the urgencies."""

    section: type[Policy]
    name: str
    told: str
    kind: Kind[Any]
    each: type[StrEnum]

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the table in the file."""
        return tuple(one.value for one in self.each)

    def opened(self, value: Any) -> dict[str, Any]:
        """Return what is set for each key."""
        return {key: value[self.each(key)] for key in self.keys}

    def path(self, key: str) -> str:
        """Name a key as people are told of it."""
        return f"{self.name}.{key}"


Field = Single | Table


@cache
def fields() -> dict[str, Field]:
    """Return every field that the file may set, by name, in the order of the sections.

    TypeError for a field of a type that nobody can write down yet, and for a name given twice.
    """
    found: dict[str, Field] = {}
    for section in SECTIONS:
        hints, told = get_type_hints(section), _told(section)
        for name in inspect.get_annotations(section):
            if name in found:
                raise TypeError(f"{section.__name__}.{name}: {found[name].section} has that name")
            if name not in SET_ELSEWHERE:
                found[name] = _field(section, name, told.get(name, ""), hints[name])
    return found


def _field(section: type[Policy], name: str, told: str, hint: Any) -> Field:
    if get_origin(hint) is Mapping:
        each, of = get_args(hint)
        return Table(section, name, told, _kind(name, of), each)
    return Single(section, name, told, _kind(name, hint))


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
    raise TypeError(f"{name}: bot/policy/values.py has no kind for {hint}")


def _told(section: type[Policy]) -> dict[str, str]:
    """Return what the source says of each field, right behind it."""
    (shape,) = ast.parse(inspect.getsource(section)).body
    assert isinstance(shape, ast.ClassDef)  # noqa: S101 - narrows what `ast` cannot say
    return {
        one.target.id: " ".join(then.value.value.split())
        for one, then in pairwise(shape.body)
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
        if isinstance(then, ast.Expr) and isinstance(then.value, ast.Constant)
        if isinstance(then.value.value, str)
    }
