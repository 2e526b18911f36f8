"""What a kind of reminder is declared with: once, where the rules of its subject are.

docs/reminders.md, what `/status` calls it and what it does when it comes late follow from the
declaration; `scheduler.effects` says which action it sets going.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from models.reminders.rules import Lateness


@dataclass(frozen=True)
class DeclaredReminder:
    """One kind of reminder, as it is declared."""

    code: str
    label: str
    """Marked: a few words by which staff know it."""
    late: Lateness
    about: str
    does: str


def reminder(code: str, label: str, late: Lateness, *, about: str, does: str) -> DeclaredReminder:
    """Declare a kind of reminder: its code in the table, its marked label, what it does when late.

    `about` (its subject) and `does` are words of the documentation.
    """
    return DeclaredReminder(code, label, late, about, does)


class ReminderKind(StrEnum):
    """The reminders of a subject; each member is its code, and carries its declaration."""

    declared: DeclaredReminder

    def __new__(cls, declared: DeclaredReminder) -> Self:
        """Make a member of what was declared."""
        member = str.__new__(cls, declared.code)
        member._value_ = declared.code
        member.declared = declared
        KNOWN[declared.code] = declared
        return member


KNOWN: dict[str, DeclaredReminder] = {}
"""Every kind of reminder of the subjects that are imported, by its code. `models.kinds` lists
all."""


def lateness_of(kind: str) -> Lateness:
    """Return what a kind does when it comes late; KeyError for a name that declares no kind."""
    return KNOWN[kind].late
