"""What goes into the book."""

from datetime import timedelta
from enum import StrEnum

DENIED_ONCE_IN = timedelta(hours=1)
"""Within which the same denied attempt of the same person is written once."""


class AuditAct(StrEnum):
    """Kinds of line in the audit book."""

    GRANTED = "granted"
    REVOKED = "revoked"
    LOOKED = "looked"
    """Phone or door was shown to somebody."""
    DENIED = "denied"
    """Somebody tried what they have no right to."""
    CONSENTED = "consented"
    LEFT = "left"
    CODE_MADE = "code_made"
    CODE_USED = "code_used"
    CODE_REFUSED = "code_refused"
    PERSON_ADDED = "person_added"
    """Somebody without Telegram was entered, to be spoken for by a proxy."""
    PERSONAL_SET = "personal_set"
    """Phone, door or note of somebody else was written."""
    SHEET_MADE = "sheet_made"
    """A spreadsheet that names people was written for somebody."""
    PLACE_ADDED = "place_added"
    PLACE_RENAMED = "place_renamed"
    PLACE_MOVED = "place_moved"
    PLACE_MERGED = "place_merged"
    PLACE_REMOVED = "place_removed"
    REPLAY_ASKED = "replay_asked"
    """A failed update is to be taken again."""
    SENT_AGAIN = "sent_again"
    """A message of uncertain fate goes out a second time."""
    TRIED_AGAIN = "tried_again"
    """A failed reminder may fire once more."""
    ACCIDENT_TAKEN_BACK = "accident_taken_back"
    """The day of an accident had been entered by mistake."""
    DROPPED = "dropped"
    """A failed update, an uncertain message or a failed reminder was let go."""
