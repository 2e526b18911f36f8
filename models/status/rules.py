"""Who may mend what, how mending turns out, and what is told of a failed update."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from models.places.rules import covers
from models.reminders.rules import LET_GO

LET_GO_SHOWN = timedelta(days=7)
"""How long a reminder that was let go is shown: so long somebody may still see to its subject."""

LISTED_AT_MOST = 200
"""Nobody reads longer lists on a phone; a count that reaches it is shown as '200+'."""

FRAMES_SHOWN = 6
FINDINGS_SHOWN = 8


class Mending(StrEnum):
    """How an act on something broken turned out."""

    REPLAY_ASKED = "replay_asked"
    SENT_AGAIN = "sent_again"
    TRIED_AGAIN = "tried_again"
    TOO_LATE = "too_late"
    """A reminder that is of no use when late: it was let go instead."""
    DROPPED = "dropped"
    ALREADY = "already"
    """Somebody was quicker, or it was never there: nothing was done."""
    NOT_ALLOWED = "not_allowed"


class Subject(StrEnum):
    """What can be mended, as the audit book names it."""

    UPDATE = "update"
    MESSAGE = "message"
    REMINDER = "reminder"
    STATUS = "status"
    """Looking at all of them."""


class Trouble(StrEnum):
    """What is the matter with a reminder."""

    OVERDUE = "overdue"
    """It should have come by now."""
    FAILED = "failed"
    """Its effect failed."""
    LET_GO = "let_go"
    """It did not come at all: the reason says why."""


class LetGo(StrEnum):
    """Why a reminder was let go."""

    TOO_LATE = "too_late"
    BY_STAFF = "by_staff"
    TURNED_OFF = "turned_off"
    NO_USE = "no_use"
    """By the time it fell due, or after an outage, there was nothing left to say."""


BY_STAFF = "dropped by staff"
"""The reason of what somebody has dropped by hand."""

REASONS = {
    LET_GO: LetGo.TOO_LATE,
    "too late": LetGo.TOO_LATE,
    BY_STAFF: LetGo.BY_STAFF,
    "turned off": LetGo.TURNED_OFF,
}
"""How reasons begin; every other one says that it was of no use."""


def why_let_go(reason: str | None) -> LetGo:
    """Read why a reminder was let go."""
    found = (why for begins, why in REASONS.items() if (reason or "").startswith(begins))
    return next(found, LetGo.NO_USE)


class UpdateKind(StrEnum):
    """What kind of thing a failed update was, without what it said."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    LOCATION = "location"
    CONTACT = "contact"
    OTHER_MESSAGE = "other_message"
    EDITED = "edited"
    TAP = "tap"
    MEMBERSHIP = "membership"
    UNKNOWN = "unknown"


CONTENTS = (
    UpdateKind.TEXT,
    UpdateKind.PHOTO,
    UpdateKind.VOICE,
    UpdateKind.LOCATION,
    UpdateKind.CONTACT,
)
"""Named as Telegram names the part of a message."""

EVENTS = {
    "edited_message": UpdateKind.EDITED,
    "callback_query": UpdateKind.TAP,
    "my_chat_member": UpdateKind.MEMBERSHIP,
}


def reaches(paths: Iterable[str], where: str | None) -> bool:
    """Return whether somebody with the right at `paths` may mend what belongs to the place `where`.

    What belongs to no place (a stranger's update, a group's message) is anybody's who has the
    right at all.
    """
    return any(where is None or covers(path, where) for path in paths)


def kind_of(raw: dict[str, Any]) -> UpdateKind:
    """Name the kind of an update, in whatever shape it came."""
    if isinstance(message := raw.get("message"), dict):
        found = (kind for kind in CONTENTS if kind.value in message)
        return next(found, UpdateKind.OTHER_MESSAGE)
    return next((EVENTS[event] for event in EVENTS if event in raw), UpdateKind.UNKNOWN)


@dataclass(frozen=True)
class Error:
    """What is told of an error: its type, and where it came about; never a value."""

    name: str
    """'' where the report names none."""
    where: tuple[str, ...]
    """'handlers/desk/cases.py:40 open_case', outermost first; or 'message.text: missing'."""


FRAME = re.compile(r'^  File "([^"\n]+)", line (\d+), in (\S+)$', re.MULTILINE)
OURS = re.compile(r"(?:^|/)((?:bot|handlers|models|scheduler)/[\w/]+\.py)$")
FOREIGN = re.compile(r"/(?:site-packages|lib/python)")
NAME = re.compile(r"[A-Za-z_][\w.]*", re.ASCII)
FINDING = re.compile(r"[\w.\[\],-]{1,120}: \w{1,60}", re.ASCII)


def read_report(report: str) -> Error:
    """Read frames and type out of a kept report; all else in it is left out.

    Reports hold no values to begin with; what is not certainly a frame, a type or a finding of
    the parser is not shown either.
    """
    frames = FRAME.findall(report)
    if frames:
        last = report.rstrip().rpartition("\n")[2]
        return Error(last if NAME.fullmatch(last) else "", _shown(frames))
    findings = [part for part in report.split("; ") if FINDING.fullmatch(part)]
    if findings:
        return Error("ValidationError", tuple(findings[:FINDINGS_SHOWN]))
    return Error(report if NAME.fullmatch(report) else "", ())


REFUSAL = re.compile(r"[A-Za-z][A-Za-z_' -]{0,60}(?:: [A-Za-z][A-Za-z_' -]{0,60})?", re.ASCII)


def read_refusal(reason: str | None) -> str:
    """Read why Telegram refused a message, up to where it may quote what was written.

    'Bad Request: can't parse entities: …' is told as far as 'Bad Request: can't parse entities'.
    """
    found = REFUSAL.match(reason or "")
    return found[0].strip() if found else ""


def _shown(frames: list[tuple[str, str, str]]) -> tuple[str, ...]:
    """Keep our own innermost frames, and the very last one where it is a library's."""
    ours = [frame for frame in frames if _is_ours(frame[0])]
    kept = ours[-FRAMES_SHOWN:]
    if not kept or kept[-1] is not frames[-1]:
        kept = [*kept, frames[-1]]
    return tuple(f"{_short(path)}:{line} {name}" for path, line, name in kept)


def _is_ours(path: str) -> bool:
    return bool(OURS.search(path)) and not FOREIGN.search(path)


def _short(path: str) -> str:
    found = OURS.search(path) if _is_ours(path) else None
    return found[1] if found else "/".join(path.split("/")[-2:])
