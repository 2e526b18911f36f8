"""Lengths and limits of what is written; lines of the timeline; how a request came in."""

from enum import StrEnum

TEXT_LENGTH = 2000


WHEN_LENGTH = 200


NOTE_LENGTH = 1000


REASON_LENGTH = 300


MOST_MEDIA = 10


STARS = range(1, 6)


FIRST_NUMBER = 101
"""Every community counts its requests from here, so that a number never has fewer than three
digits and cannot be taken for a building or a time."""


class Line(StrEnum):
    """Kinds of line in a request's timeline."""

    FILED = "filed"
    ASKED = "asked"
    """detail: `count` of volunteers asked, `ring`."""
    CLAIMED = "claimed"
    ASSIGNED = "assigned"
    QUEUED = "queued"
    PROMOTED = "promoted"
    CONFIRMED = "confirmed"
    HANDED_BACK = "handed_back"
    """detail: `reason` (HandBackReason)."""
    LEFT_LINE = "left_line"
    ON_WAY = "on_way"
    LATE = "late"
    """detail: `minutes` later than agreed."""
    PART_DONE = "part_done"
    DONE = "done"
    LOOKED = "looked"
    """Door and phone were shown to the holder."""
    SOLVED = "solved"
    UNSOLVED = "unsolved"
    RATED = "rated"
    """detail: `stars`."""
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNCONFIRMED = "unconfirmed"
    ASKED_AGAIN = "asked_again"
    OWNER = "owner"
    """Somebody at the desk became the owner."""
    NOTE = "note"
    WAITING = "waiting"
    """The desk waits for the resident; what it asks is in the words."""
    RESUMED = "resumed"
    """It waits no longer."""
    CALLED = "called"
    """The desk rang and nobody answered. detail: `calls` so far."""
    GIVEN_UP = "given_up"
    """Closed without the resident's word, after calls that nobody answered."""
    REOPENED = "reopened"
    WRONG = "wrong"
    """What went wrong, in the resident's words, after a low rating."""
    ORDERED = "ordered"
    """A rectification order was opened. detail: `order`, `cause` (Cause)."""
    ORDER_AGAIN = "order_again"
    """A second cause while one stands. detail as above."""
    ORDER_SET = "order_set"
    """Its terms were named. detail: `order`, `what` (Term)."""
    ORDER_REPORTED = "order_reported"
    ORDER_BACK = "order_back"
    """The report was not enough."""
    ORDER_SIGNED = "order_signed"
    ORDER_LATE = "order_late"
    VISITED = "visited"
    """The resident was asked whether it is still well. detail: `days` after sign-off."""
    STILL_WELL = "still_well"
    LADDER = "ladder"
    """Somebody was told that a promise is in danger or broken: `clock` (Promise), `rung`."""
    UNCLAIMED = "unclaimed"
    """Hands are missing after the last ring. detail: `rung` (Level) that was told."""
    NO_ANSWER = "no_answer"
    """A holder did not answer 'still coming?' in time; detail: `person`."""
    CAME = "came"
    """The resident says that a holder has come; detail: `person`."""
    NO_SHOW = "no_show"
    """A holder was awaited and did not come; detail: `person`."""
    SWAPPED = "swapped"
    """Two holders changed places; detail: `person` who comes now, `instead_of`."""
    EXCHANGED = "exchanged"
    """The desk asked somebody else to go; detail: `person` who comes now, `instead_of`."""


class Channel(StrEnum):
    """How a request came in."""

    SELF = "self"
    PROXY = "proxy"
    DESK = "desk"
    INSPECTION = "inspection"
    """Found by staff: the desk's own, of which nobody is asked whether it is solved."""
