"""The levels of those who are told when nobody acts, and who stands on each."""

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from models.people.rules import Role


class Level(StrEnum):
    """Who is told, from below."""

    OWNER = "owner"
    """Whoever answers for the request."""
    SECRETARY = "secretary"
    """Whoever answers for its place."""
    STREET = "street"
    """Whoever answers for the places around."""


class RoleInReach(NamedTuple):
    """A role that reaches a place; `depth` counts the places above the one it was granted at."""

    person_id: int
    role: Role
    depth: int


def is_led(standing: Collection[RoleInReach]) -> bool:
    """Return whether a secretary answers for a place: else the admins are told in their stead."""
    return any(one.role is Role.SECRETARY for one in standing)


def on_rung(rung: Level, standing: Collection[RoleInReach]) -> list[int]:
    """List who stands on a rung at a place, by the roles that reach it; each once, by number.

    The secretaries granted nearest answer for the place, those granted next above for the street.
    Where there are none, the admins do. A place by itself has no owner: that rung is empty.
    """
    if rung is Level.OWNER:
        return []
    depths = sorted({one.depth for one in standing if one.role is Role.SECRETARY}, reverse=True)
    level = 0 if rung is Level.SECRETARY else 1
    found = {
        one.person_id
        for one in standing
        if one.role is Role.SECRETARY and level < len(depths) and one.depth == depths[level]
    }
    return sorted(found or {one.person_id for one in standing if one.role is Role.ADMIN})
