"""What a kind of notice is declared with: once, where the rules of its subject are.

docs/notices.md, what `/status` calls it, and whether it waits for somebody who wants to be left
alone follow from the declaration.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Waits(StrEnum):
    """Whether a notice waits for somebody who wants to be left alone."""

    NEVER = ""
    """What somebody promised, answers for, or is told about a request of their own."""
    ALWAYS = "yes"
    """Until their pause ends, and in quiet hours of their own."""
    AT_NIGHT = "at night"
    """It asks for an answer by a date and is not asked again: it waits for the end of quiet hours
    of their own, and not of a pause, which could lie beyond the date."""


@dataclass(frozen=True)
class DeclaredNotice:
    """One kind of notice, as it is declared."""

    code: str
    label: str
    """Marked: a few words by which staff know it."""
    to: str
    when: str
    detail: str
    changes: str
    waits: Waits


def notice(
    code: str,
    label: str,
    *,
    to: str,
    when: str,
    detail: str = "",
    changes: str = "",
    waits: Waits = Waits.NEVER,
) -> DeclaredNotice:
    """Declare a kind of notice: its code in the outbox and its marked label.

    `to`, `when`, `detail` (its keys) and `changes` (whether the message changes in place, with
    what) are words of the documentation; what has buttons changes in place with every move.
    """
    return DeclaredNotice(code, label, to, when, detail, changes, waits)


class NoticeKind(StrEnum):
    """The notices of a subject; each member is its code, and carries its declaration."""

    declared: DeclaredNotice

    def __new__(cls, declared: DeclaredNotice) -> Self:
        """Make a member of what was declared."""
        member = str.__new__(cls, declared.code)
        member._value_ = declared.code
        member.declared = declared
        KNOWN[declared.code] = declared
        return member


KNOWN: dict[str, DeclaredNotice] = {}
"""Every kind of notice of the subjects that are imported, by its code. `models.kinds` lists all."""


def that_wait(waits: Waits) -> frozenset[str]:
    """Return the codes of the kinds that wait so."""
    return frozenset(one.code for one in KNOWN.values() if one.waits is waits)


def waits_of(kind: str) -> Waits:
    """Return how a kind of notice waits; one that no imported subject declares never does."""
    declared = KNOWN.get(kind)
    return declared.waits if declared else Waits.NEVER


def changes_in_place(kind: str) -> bool:
    """Return whether the message of such a notice changes with its subject."""
    declared = KNOWN.get(kind)
    return bool(declared and declared.changes)
