"""How acts on a roll-call turn out."""

from enum import StrEnum


class Answering(StrEnum):
    """How an answer turned out."""

    ANSWERED = "answered"
    CHANGED = "changed"
    ALREADY = "already"
    """It says what it said before."""
    OVER = "over"
    """The roll-call has ended, or was stopped."""
    NOT_THEIRS = "not_theirs"
    """Whoever was meant is not asked, or is not theirs to answer for."""
    MISSING = "missing"


class Ending(StrEnum):
    """How ending a roll-call turned out."""

    ENDED = "ended"
    ALREADY = "already"
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class HelperCallOutcome(StrEnum):
    """How calling those up who can help turned out."""

    CALLED = "called"
    NOBODY = "nobody"
    EMPTY = "empty"
    OVER = "over"
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class Refusal(StrEnum):
    """Why somebody is shown nothing."""

    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"
