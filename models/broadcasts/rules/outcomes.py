"""How acts on broadcasts turn out."""

from enum import StrEnum


class BroadcastOutcome(StrEnum):
    """How an act on a broadcast turned out."""

    SAVED = "saved"
    WAITING = "waiting"
    """It goes once a second person has approved."""
    SCHEDULED = "scheduled"
    BEGUN = "begun"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    TAKEN_BACK = "taken_back"
    PAUSED = "paused"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    CORRECTED = "corrected"
    RECALLED = "recalled"
    DISCARDED = "discarded"
    TESTED = "tested"
    MISSING = "missing"
    """There is no such broadcast."""
    NOT_ALLOWED = "not_allowed"
    TOO_LATE = "too_late"
    """It stands elsewhere by now."""
    CHANGED = "changed"
    """It is no longer the version that was seen."""
    NOBODY = "nobody"
    """Nobody is in its audience."""
    NO_APPROVER = "no_approver"
    """Nobody else has the right to approve it: an admin has to give it to somebody."""
    PAST = "past"
    """Its time has gone by."""
    WRONG_CONTENT = "wrong_content"
    """A correction changes words, never one kind of message into another."""


class Confirming(StrEnum):
    """How a tap under a broadcast turned out."""

    CONFIRMED = "confirmed"
    ALREADY = "already"
    SIGNED_UP = "signed_up"
    SIGNED_OFF = "signed_off"
    NOT_THEIRS = "not_theirs"
    """They were not sent it."""
    OVER = "over"
    """It was recalled."""
