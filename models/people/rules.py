"""Who may do what, where; what is personal and how it is written; how acts turn out."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from models.places.rules import covers
from models.text import clean_line

CONSENT_VERSION = "2026-11"
"""Names the text that people agree to; a new text has a new version and is asked for anew."""

NAME_LENGTH = 64
"""Telegram allows 64 characters in each half of a name; we keep one name of that length."""

CODE_LIFE = timedelta(minutes=30)
CODE_REFUSALS = 5
CODE_WINDOW = timedelta(hours=1)
"""After this many refused admin codes within the window a person is not listened to."""

SPOKEN_FOR_AT_MOST = 5
"""People that one resident can speak for; staff can enter as many as they know."""


class Role(StrEnum):
    """What a grant makes of a person. Everybody registered is a resident without any grant."""

    PARTY_MEMBER = "party_member"
    LEADER = "leader"
    """Of a building 楼长: asked to look after a neighbour who is silent and allowed it."""
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
    """Grant and revoke party member, building leader and staff."""
    GRANT_ALL = "grant_all"
    """Grant and revoke every role."""
    MANAGE_PLACES = "manage_places"
    SUPERVISE = "supervise"
    """Answer for a place: be told what is late, sign off what was put right, see to early items."""
    SEE_STATUS = "see_status"
    """See what waits, what failed and what is uncertain at a place, and mend it."""
    BROADCAST = "broadcast"
    """Tell many people at a place something."""
    APPROVE_BROADCAST = "approve_broadcast"
    """Be the second person who lets somebody else's broadcast go."""


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.PARTY_MEMBER: frozenset(),
    Role.LEADER: frozenset(),
    Role.STAFF: frozenset(
        {
            Right.WORK_DESK,
            Right.SEE_PERSONAL,
            Right.APPROVE_VOLUNTEERS,
            Right.SEE_STATUS,
            Right.BROADCAST,
        }
    ),
    Role.SECRETARY: frozenset(
        {
            Right.WORK_DESK,
            Right.SEE_PERSONAL,
            Right.APPROVE_VOLUNTEERS,
            Right.GRANT_STAFF,
            Right.SUPERVISE,
            Right.SEE_STATUS,
            Right.BROADCAST,
            Right.APPROVE_BROADCAST,
        }
    ),
    Role.ADMIN: frozenset(Right),
}


def may(grants: Iterable[tuple[Role, str]], right: Right, path: str) -> bool:
    """Return whether any grant (role, path of its place) gives a right at the place with `path`.

    A grant reaches down the tree, never up or across.
    """
    return any(right in RIGHTS[role] and covers(upper, path) for role, upper in grants)


def may_anywhere(grants: Iterable[tuple[Role, str]], right: Right) -> bool:
    """Tell whether any grant gives a right somewhere: what a menu may offer, not what it allows."""
    return any(right in RIGHTS[role] for role, _ in grants)


def right_to_grant(role: Role) -> Right:
    """Name the right that granting or revoking a role asks for."""
    by_staff = {Role.PARTY_MEMBER, Role.LEADER, Role.STAFF}
    return Right.GRANT_STAFF if role in by_staff else Right.GRANT_ALL


@dataclass(frozen=True)
class Sign:
    """What somebody did by which they were heard of."""

    at: datetime
    """When they did it: Telegram's date of a message, of a tap when it came."""
    words: str = ""
    voice: str = ""
    """Of a voice message the file."""


class Registering(StrEnum):
    """How a change of one's own entry turned out."""

    CHANGED = "changed"
    NO_SUCH_PLACE = "no_such_place"
    NO_NAME = "no_name"


PAUSES = (1, 3, 7, 14, 30)
"""For how many days somebody can have peace."""

LONGEST_PAUSE = 366
"""Days; whoever wants more leaves, or mutes."""

QUIET_CHOICES = ((20, 8), (21, 9), (22, 10), (13, 15))
"""Quiet hours of one's own that are offered: from one hour of the day to another."""

LONGEST_QUIET = 16
"""Hours of a day that can be quiet: whoever wants more pauses."""


def quiet_span(begins: time, ends: time) -> tuple[int, int] | None:
    """Return quiet hours of one's own in whole hours, none of what was named left out; None where
    they are none, or too many."""
    named = (60 * (ends.hour - begins.hour) + ends.minute - begins.minute) % (24 * 60)
    if not 0 < named <= LONGEST_QUIET * 60:
        return None
    first, last = begins.hour, (ends.hour + bool(ends.minute)) % 24
    return (first, last) if 0 < (last - first) % 24 <= LONGEST_QUIET else None


class Sparing(StrEnum):
    """How a wish to be left alone turned out."""

    PAUSED = "paused"
    RESUMED = "resumed"
    QUIET = "quiet"
    AS_ALL = "as_all"
    NO_SUCH_CHOICE = "no_such_choice"


class Granting(StrEnum):
    """How granting or revoking a role turned out."""

    GRANTED = "granted"
    REVOKED = "revoked"
    ALREADY = "already"
    """It stood already, or was revoked already: nothing was done."""
    NOT_ALLOWED = "not_allowed"
    NO_SUCH_PERSON = "no_such_person"
    NO_SUCH_PLACE = "no_such_place"
    NO_SUCH_GRANT = "no_such_grant"
    LAST_ADMIN = "last_admin"
    """Nobody would be left to answer for what this admin covers."""


class CodeUse(StrEnum):
    """How using a one-time admin code turned out."""

    GRANTED = "granted"
    REFUSED = "refused"
    """Unknown, used or expired: which of them is not told."""
    TOO_MANY = "too_many"


class Leaving(StrEnum):
    """How asking to be forgotten turned out."""

    LEFT = "left"
    OPEN_DUTIES = "open_duties"
    LAST_ADMIN = "last_admin"


class Field(StrEnum):
    """Personal fields, kept sealed."""

    PHONE = "phone"
    DOOR = "door"
    NOTE = "note"


FIELD_LENGTH = {Field.PHONE: 24, Field.DOOR: 40, Field.NOTE: 200}
"""Characters that a personal field may have."""


class PersonalSet(StrEnum):
    """How writing a personal field turned out."""

    SAVED = "saved"
    CLEARED = "cleared"
    NOT_ALLOWED = "not_allowed"
    NOT_A_PHONE = "not_a_phone"
    TOO_LONG = "too_long"


class Adding(StrEnum):
    """Why somebody without Telegram was not entered."""

    NOT_ALLOWED = "not_allowed"
    NO_SUCH_PLACE = "no_such_place"
    NO_SUCH_PROXY = "no_such_proxy"
    NO_NAME = "no_name"
    NOT_A_PHONE = "not_a_phone"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    """A resident speaks for as many people as one resident can."""


def leaves_uncovered(path: str, others: Iterable[str]) -> bool:
    """Tell whether no other admin (paths of their places) would answer for the place at `path`."""
    return not any(covers(other, path) for other in others)


def clean_name(raw: str) -> str:
    """Make a name safe to show beside other text: no controls, no direction marks, one line.

    Joiners that hold emoji together stay; an empty result means there was nothing to show.
    """
    return clean_line(raw, NAME_LENGTH)


PHONE_SIGNS = re.compile(r"[\s().\-\u2010-\u2015/]")
PHONE = re.compile(r"\+?\d{5,15}", re.ASCII)
"""ITU-T E.164 allows 15 digits; five is the shortest number that a household has."""


def clean_phone(raw: str) -> str | None:
    """Read a telephone number as people write it; None for what is none."""
    text = PHONE_SIGNS.sub("", unicodedata.normalize("NFKC", raw[:100]))
    return text if PHONE.fullmatch(text) else None


def bare_phone(phone: str) -> str:
    """Return a cleaned number without China's code in front: how it is written is all one."""
    digits = phone.removeprefix("+")
    for code in ("0086", "86"):
        if digits.startswith(code) and len(digits) - len(code) == MOBILE_DIGITS:
            return digits.removeprefix(code)
    return digits


MOBILE_DIGITS = 11
"""Of a mobile number in China."""


def mask(phone: str) -> str:
    """Show enough of a number to know one's own: '138****8000'."""
    if len(phone) < 7:
        return "*" * (len(phone) - 2) + phone[-2:]
    return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]


def read_field(field: Field, raw: str) -> str | PersonalSet:
    """Clean what was typed for a field; '' means to clear it, and a verdict says what is wrong."""
    text = clean_line(raw, FIELD_LENGTH[field] + 1)
    if len(text) > FIELD_LENGTH[field]:
        return PersonalSet.TOO_LONG
    if field is Field.PHONE and text:
        return clean_phone(text) or PersonalSet.NOT_A_PHONE
    return text
