"""Asking whether it was well, some days after a concern about money was settled."""

from datetime import datetime, timedelta
from enum import StrEnum

from models.hours.rules.quiet import QuietHours, out_of_quiet
from models.records.rules import Lifecycle, Transition

RUNG_WITHIN = timedelta(days=30)
"""How long a question without an answer stays in the list of who may ring about it."""


class FollowUpState(StrEnum):
    """Where a question stands."""

    PLANNED = "planned"
    ASKED = "asked"
    WELL = "well"
    AGAIN = "again"
    """It happened again."""
    SILENT = "silent"
    """No answer: that is never 'well'. They can still say."""
    DROPPED = "dropped"
    """Not asked: it is open again, care has ended, or a later question is due as well."""


class FollowUpMove(StrEnum):
    """What is done about a question."""

    LOOK = "look"
    WELL = "well"
    AGAIN = "again"
    MORE = "more"
    """Say more of what happened again."""


class FollowUpRelation(StrEnum):
    """What somebody is to a question."""

    ASKED = "asked"
    """The person of the home, or who speaks for them where they have no account."""
    RINGS = "rings"
    """May ring them where there was no answer, and pass their word on."""


_ASKED, _RINGS = frozenset({FollowUpRelation.ASKED}), frozenset({FollowUpRelation.RINGS})
_WAITS, _SILENT = frozenset({FollowUpState.ASKED}), frozenset({FollowUpState.SILENT})
_WELL, _AGAIN = frozenset({FollowUpState.WELL}), frozenset({FollowUpState.AGAIN})
FOLLOW_UPS = Lifecycle(
    FollowUpState,
    Transition(FollowUpMove.LOOK, _ASKED, frozenset(FollowUpState)),
    Transition(FollowUpMove.WELL, _ASKED, _WAITS | _SILENT, FollowUpState.WELL),
    Transition(FollowUpMove.WELL, _RINGS, _SILENT, FollowUpState.WELL),
    Transition(FollowUpMove.AGAIN, _ASKED, _WAITS | _SILENT | _WELL, FollowUpState.AGAIN),
    Transition(FollowUpMove.AGAIN, _RINGS, _SILENT, FollowUpState.AGAIN),
    Transition(FollowUpMove.MORE, _ASKED, _AGAIN),
)
"""She says whether it was well, or whoever rang her passes it on; nothing else makes it well."""


def asked_at(settled_at: datetime, days: int, quiet: QuietHours) -> datetime:
    """Return when the question is put, in UTC: so many days later, never in quiet hours."""
    return out_of_quiet(settled_at + timedelta(days=days), quiet)
