"""Who may do what, where: roles, rights and how they reach down the tree of places."""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from models.places.rules import covers

NAME_LENGTH = 64
"""Telegram allows 64 characters in each half of a name; we keep one name of that length."""


class Role(StrEnum):
    """What a grant makes of a person. Everybody registered is a resident without any grant."""

    PARTY_MEMBER = "party_member"
    STAFF = "staff"
    SECRETARY = "secretary"
    ADMIN = "admin"


class Right(StrEnum):
    """What an act asks for; checked in the action, in the same transaction as the act."""

    WORK_DESK = "work_desk"
    """See and handle the requests of a place."""
    SEE_PERSONAL = "see_personal"
    """Look at phone and door without holding the task; the look is recorded."""
    APPROVE_VOLUNTEERS = "approve_volunteers"
    GRANT_STAFF = "grant_staff"
    """Grant and revoke party member and staff."""
    GRANT_ALL = "grant_all"
    """Grant and revoke every role."""
    MANAGE_PLACES = "manage_places"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.PARTY_MEMBER: frozenset(),
    Role.STAFF: frozenset({Right.WORK_DESK, Right.SEE_PERSONAL, Right.APPROVE_VOLUNTEERS}),
    Role.SECRETARY: frozenset(
        {Right.WORK_DESK, Right.SEE_PERSONAL, Right.APPROVE_VOLUNTEERS, Right.GRANT_STAFF}
    ),
    Role.ADMIN: frozenset(Right),
}


def may(grants: Iterable[tuple[Role, str]], right: Right, path: str) -> bool:
    """Tell whether any grant (role, path of its place) gives a right at the place with `path`.

    A grant reaches down the tree, never up or across.
    """
    return any(right in RIGHTS[role] and covers(upper, path) for role, upper in grants)


def may_anywhere(grants: Iterable[tuple[Role, str]], right: Right) -> bool:
    """Tell whether any grant gives a right somewhere: what a menu may offer, not what it allows."""
    return any(right in RIGHTS[role] for role, _ in grants)


def right_to_grant(role: Role) -> Right:
    """Name the right that granting or revoking a role asks for."""
    return Right.GRANT_STAFF if role in {Role.PARTY_MEMBER, Role.STAFF} else Right.GRANT_ALL


def clean_name(raw: str) -> str:
    """Make a name safe to show beside other text: no controls, no direction marks, one line.

    Joiners that hold emoji together stay; an empty result means there was nothing to show.
    """
    kept = "".join(
        " " if unicodedata.category(char) in {"Zl", "Zp", "Zs"} or char in "\n\t" else char
        for char in raw
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"} or char in "\n\t\u200d"
    )
    return " ".join(kept.split())[:NAME_LENGTH].strip("\u200d ")
