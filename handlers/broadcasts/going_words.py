"""What is said about a broadcast on its way."""

from enum import StrEnum

from handlers.broadcasts import words
from handlers.i18n import gettext as _
from handlers.i18n import mark
from models.broadcasts.rules.outcomes import Outcome
from models.broadcasts.rules.states import Move

OUTCOMES: dict[StrEnum, str] = {
    Outcome.WAITING: mark("🖐 Asked: a second person has to approve it first. Nobody has got it."),
    Outcome.SCHEDULED: mark("✅ It is set. Until it goes you can take it back and change it."),
    Outcome.BEGUN: mark("📤 It is going out now. How far it is stands below."),
    Outcome.APPROVED: mark("✅ Approved. Its author is told."),
    Outcome.SENT_BACK: mark("↩️ Sent back; its author is told why."),
    Outcome.TAKEN_BACK: mark("✏️ Taken back: a draft again. Nobody was sent it."),
    Outcome.PAUSED: mark("⏸ Paused. Nothing more goes out until you let it."),
    Outcome.RESUMED: mark("▶️ It goes on where it was."),
    Outcome.CANCELLED: mark("✕ Cancelled. Whoever has not got it will not."),
    Outcome.CORRECTED: mark("✏️ Every copy is being corrected."),
    Outcome.RECALLED: mark("🧹 Recalled. The copies are being deleted."),
    Outcome.TESTED: mark("🧪 The test is coming to you alone."),
    Outcome.NOT_ALLOWED: mark("This is for others to do. The attempt has been noted."),
    Outcome.TOO_LATE: mark("It is too late for that: see how it stands now."),
    Outcome.CHANGED: mark("It has been changed since. Please look at it once more."),
    Outcome.NOBODY: mark("Nobody is in its audience. Please choose again to whom it goes."),
    Outcome.NO_APPROVER: mark(
        "It needs a second person, and nobody else here may approve. Please ask an admin to make "
        "somebody a secretary, or the street office."
    ),
}

QUESTIONS = {
    Move.ASK: mark("Shall it really go out like this?"),
    Move.APPROVE: mark("Have you read it whole? Once you approve, it goes out."),
    Move.CANCEL: mark("Cancel it? Whoever has not got it yet never will."),
    Move.RECALL: mark(
        "Recall it? Every copy younger than 48 hours is deleted; older ones Telegram keeps."
    ),
}
"""What is asked before these are done."""

YES = {
    Move.ASK: mark("📢 Yes, send it"),
    Move.APPROVE: mark("✅ Yes, approve"),
    Move.CANCEL: mark("✕ Yes, cancel it"),
    Move.RECALL: mark("🧹 Yes, recall it"),
}


APPROVED_FIRST = mark(
    "Shall it be handed in? Nobody gets it before a second person has read and approved it."
)
HAND_IN = mark("🖐 Yes, to be approved")
"""What is asked in place of 'send it' where a second person has to see it first."""


def said(outcome: StrEnum) -> str:
    """Say how an act on a broadcast turned out, in the reader's language."""
    return _(OUTCOMES[outcome]) if outcome in OUTCOMES else words.said(outcome)
