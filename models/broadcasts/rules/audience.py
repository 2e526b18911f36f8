"""To whom a broadcast goes: groups that are joined, less groups that are left out."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

MOST_GROUPS = 8
"""Of each sort: more nobody can check by eye."""


class Condition(StrEnum):
    """What makes somebody one of a group, besides where they live."""

    ALL = "all"
    PARTY = "party"
    """Party members of the branch of the group's place."""
    STAFF = "staff"
    """Staff and secretaries at the place or below."""
    VOLUNTEERS = "volunteers"
    SKILL = "skill"
    """Approved volunteers who have the skill `value`."""
    HOLDERS = "holders"
    """Whoever holds a task at the place that is not over."""
    TEAM = "team"
    """Whoever is in the team numbered `value`, which helps at the place or below."""
    UNCONFIRMED = "unconfirmed"
    """Whoever was sent the broadcast numbered `value` and has not confirmed it."""


@dataclass(frozen=True)
class Group:
    """People at a place and all below it; every condition has to hold."""

    place_id: int
    who: Condition = Condition.ALL
    value: str = ""
    language: str = ""
    """'' for whichever they read."""

    def kept(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "place": self.place_id,
            "who": str(self.who),
            "value": self.value,
            "language": self.language,
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Group":
        """Read back what `kept` gave."""
        return cls(kept["place"], Condition(kept["who"]), kept["value"], kept["language"])


@dataclass(frozen=True)
class Audience:
    """Everybody in any group of `joined` who is in none of `left_out`."""

    joined: tuple[Group, ...]
    left_out: tuple[Group, ...] = ()

    def kept(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "joined": [each.kept() for each in self.joined],
            "left_out": [each.kept() for each in self.left_out],
        }

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Audience":
        """Read back what `kept` gave."""
        return cls(
            tuple(Group.of(each) for each in kept["joined"]),
            tuple(Group.of(each) for each in kept["left_out"]),
        )

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return all groups, those that are left out last."""
        return (*self.joined, *self.left_out)


def is_sound(audience: Audience) -> bool:
    """Tell an audience that can be kept: somebody joined, nothing twice, no more than can be read.

    A group whose condition needs a value has one, and no other has.
    """
    for groups in (audience.joined, audience.left_out):
        if len(groups) > MOST_GROUPS or len(set(groups)) < len(groups):
            return False
    return bool(audience.joined) and all(_is_whole(group) for group in audience.groups)


def with_group(audience: Audience, group: Group, *, out: bool = False) -> Audience:
    """Join a group, or leave it out; it cannot be both, the last word holds."""
    joined = tuple(each for each in audience.joined if each != group)
    left_out = tuple(each for each in audience.left_out if each != group)
    if out:
        return Audience(joined, (*left_out, group))
    return Audience((*joined, group), left_out)


def without_group(audience: Audience, index: int, *, out: bool = False) -> Audience:
    """Take the group at an index away; the same audience where there is none."""
    groups = audience.left_out if out else audience.joined
    kept = tuple(each for at, each in enumerate(groups) if at != index)
    return replace(audience, left_out=kept) if out else replace(audience, joined=kept)


def _is_whole(group: Group) -> bool:
    match group.who:
        case Condition.SKILL:
            return bool(group.value)
        case Condition.UNCONFIRMED | Condition.TEAM:
            return group.value.isascii() and group.value.isdecimal()
    return not group.value
