"""What each act on a request can come to, by name."""

from dataclasses import dataclass
from enum import StrEnum


class FileOutcome(StrEnum):
    """What became of filing a request."""

    FILED = "filed"
    ALREADY = "already"
    """The same form was sent before: the receipt is the one of then."""
    EMPTY = "empty"
    """Neither words nor media say what is needed."""
    BAD_CHOICE = "bad_choice"
    """Unknown category, too many hands, a start in the past, or no such person."""
    NO_PLACE = "no_place"
    TOO_MANY = "too_many"
    NEW_HERE = "new_here"
    """Somebody new has as many unended requests as they may have in their first days."""
    NOT_ALLOWED = "not_allowed"


class CancelOutcome(StrEnum):
    """What became of calling a request off."""

    CANCELLED = "cancelled"
    ALREADY = "already"
    TOO_LATE = "too_late"
    """Done or ended: it is for the resident to say whether it is solved."""
    REASON_NEEDED = "reason_needed"
    """Staff must say why."""
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class ClaimOutcome(StrEnum):
    """What became of 'I'll come'."""

    HELD = "held"
    WAITING = "waiting"
    """All hands are found; this person stands in line."""
    ALREADY_YOURS = "already_yours"
    ENDED = "ended"
    """Done, closed, cancelled or expired: thanks, nothing left to do."""
    OVER_CAP = "over_cap"
    PAUSED = "paused"
    OWN_REQUEST = "own_request"
    NOT_VOLUNTEER = "not_volunteer"
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class DeclineOutcome(StrEnum):
    """What became of 'not this one'."""

    DECLINED = "declined"
    ALREADY = "already"
    HOLDING = "holding"
    """The person holds it or waits for it: that is handed back, not declined."""
    NOT_ASKED = "not_asked"


class HandBackReason(StrEnum):
    """Why somebody hands a task back."""

    NO_TIME = "no_time"
    ILL = "ill"
    TOO_HARD = "too_hard"
    UNREACHABLE = "unreachable"
    """The resident did not answer."""
    NOT_SAFE = "not_safe"
    LEFT = "left"
    """Stopped being a volunteer."""
    OTHER = "other"


class HandBackOutcome(StrEnum):
    """What became of handing back."""

    HANDED_BACK = "handed_back"
    LEFT_LINE = "left_line"
    NOT_HOLDER = "not_holder"
    TOO_LATE = "too_late"
    MISSING = "missing"


class ConfirmOutcome(StrEnum):
    """What became of the answer to 'still coming?'."""

    CONFIRMED = "confirmed"
    HANDED_BACK = "handed_back"
    NOT_HOLDER = "not_holder"


class ArrivalOutcome(StrEnum):
    """What became of the word that a holder has come, or that nobody came."""

    CAME = "came"
    RECORDED = "recorded"
    """Whoever was awaited is let go; the next in line comes, or others are asked."""
    TOLD = "told"
    """Nobody should have been there yet: owner and holders read it."""
    UNSOLVED = "unsolved"
    """It was reported done: that is taken for not solved."""
    ALREADY = "already"
    TOO_LATE = "too_late"
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class SwapOutcome(StrEnum):
    """What became of proposing to change tasks, or of the answer."""

    ASKED = "asked"
    SWAPPED = "swapped"
    DECLINED = "declined"
    ALREADY = "already"
    """Asked, or answered, before."""
    OVER = "over"
    """One of the two tasks is no longer in the same hands, has begun or is over."""
    NOT_FIT = "not_fit"
    """One of the two cannot take the other's task on."""
    NOT_HOLDER = "not_holder"
    NOT_YOURS = "not_yours"
    """The question was somebody else's."""
    MISSING = "missing"


class WorkOutcome(StrEnum):
    """What became of 'on my way' and of 'I am late'."""

    ON_WAY = "on_way"
    TOLD_LATE = "told_late"
    ALREADY = "already"
    NOT_HOLDER = "not_holder"
    MISSING = "missing"


class DoneOutcome(StrEnum):
    """What became of 'done'."""

    ALL_DONE = "all_done"
    """The work is over; the resident is asked."""
    PART_DONE = "part_done"
    """Others are still at it, or still to be found."""
    ALREADY = "already"
    NOT_HOLDER = "not_holder"
    MISSING = "missing"


class ContactOutcome(StrEnum):
    """What became of asking for door and phone, or for having them hidden."""

    SHOWN = "shown"
    """The look is in the book, and the card is on its way."""
    HIDDEN = "hidden"


class VerdictOutcome(StrEnum):
    """What became of 'solved' or 'not solved'."""

    CLOSED = "closed"
    UNSOLVED = "unsolved"
    ALREADY = "already"
    NOT_YET = "not_yet"
    """Nobody has come yet, or nobody has reported done: there is nothing to judge."""
    TOO_LATE = "too_late"
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class RateOutcome(StrEnum):
    """What became of stars."""

    RATED = "rated"
    LOW = "low"
    """Rated so low that it is put right; what went wrong may be asked."""
    SAID = "said"
    """The desk wrote down stars where there are some already: the first word stays."""
    BAD_CHOICE = "bad_choice"
    NOT_CLOSED = "not_closed"
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class ReopenOutcome(StrEnum):
    """What became of 'not solved after all'."""

    REOPENED = "reopened"
    ALREADY = "already"
    """It is not closed: somebody sees to it."""
    TOO_LATE = "too_late"
    """Called off, expired, or closed too long ago."""
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class WrongOutcome(StrEnum):
    """What became of saying what went wrong."""

    NOTED = "noted"
    EMPTY = "empty"
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class CallOutcome(StrEnum):
    """What became of a call that nobody answered."""

    PUT_OFF = "put_off"
    GIVEN_UP = "given_up"
    """Closed as unconfirmed; a return visit is over."""
    TOO_FEW = "too_few"
    """Nobody gives up before so many calls."""
    ALREADY = "already"
    """Somebody rang just now, or the word has come."""
    NOT_ALLOWED = "not_allowed"
    """No desk of theirs, or they did the work themselves."""
    MISSING = "missing"


class DeskOutcome(StrEnum):
    """What became of an act of the desk."""

    TAKEN_OVER = "taken_over"
    HANDED_OVER = "handed_over"
    ASSIGNED = "assigned"
    TAKEN_ON = "taken_on"
    """The actor goes themselves; nobody is asked."""
    ASKED_AGAIN = "asked_again"
    NOTED = "noted"
    WAITING = "waiting"
    """The resident is waited for; the clocks stand still."""
    RESUMED = "resumed"
    ALREADY = "already"
    FULL = "full"
    """No hand is missing."""
    EMPTY = "empty"
    """A note without words."""
    NOT_STAFF = "not_staff"
    """The one it is handed to does not work at this place."""
    NOT_VOLUNTEER = "not_volunteer"
    OVER_CAP = "over_cap"
    OWN_REQUEST = "own_request"
    """The one to be assigned is the one who needs help."""
    TOO_LATE = "too_late"
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class Refusal(StrEnum):
    """Why a picture is not shown."""

    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"
    EXPIRED = "expired"
    """Door and phone were visible only for a set time after closing."""


@dataclass(frozen=True)
class Claimed:
    """A claim's outcome; `position` (from 1) when waiting, `other_id` the nearest open task."""

    outcome: ClaimOutcome
    position: int | None = None
    other_id: int | None = None
