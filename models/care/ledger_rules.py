"""The ledger 台账 with its sealed columns: asked for, and approved by a second person."""

from datetime import datetime, timedelta
from enum import StrEnum

from models.records.rules import Lifecycle, Refusal, Transition

ASK_STANDS = timedelta(days=7)
"""So long somebody can approve it; then it is asked for anew, with the reason of that day."""
MASKED = "●●●"


class LedgerState(StrEnum):
    """Where a ledger that was asked for stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class LedgerMove(StrEnum):
    """What is done about a ledger."""

    LOOK = "look"
    APPROVE = "approve"
    REFUSE = "refuse"


class LedgerRelation(StrEnum):
    """What somebody is to a ledger."""

    ASKER = "asker"
    SECOND = "second"
    """Has a desk at its place, and has not asked for it."""


class LedgerRole(StrEnum):
    """As what somebody looked in: never who."""

    MAIN = "main"
    INSTEAD = "instead"
    OTHER = "other"
    """Staff, or a neighbour who was found."""


_BOTH = frozenset(LedgerRelation)
_SECOND, _ASKED = frozenset({LedgerRelation.SECOND}), frozenset({LedgerState.ASKED})

LEDGERS = Lifecycle(
    LedgerState,
    Transition(LedgerMove.LOOK, _BOTH, frozenset(LedgerState)),
    Transition(LedgerMove.APPROVE, _SECOND, _ASKED, LedgerState.APPROVED),
    Transition(LedgerMove.REFUSE, _SECOND, _ASKED, LedgerState.REFUSED),
    barred={LedgerRelation.ASKER: Refusal.OWN},
)
"""Nobody approves what they asked for."""


def is_stale(asked_at: datetime, now: datetime) -> bool:
    """Return whether what was asked for can be approved no more."""
    return now >= asked_at + ASK_STANDS
