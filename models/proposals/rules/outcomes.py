"""How acts on proposals turn out."""

from enum import StrEnum


class SubmitOutcome(StrEnum):
    """What became of a form that was sent."""

    SUBMITTED = "submitted"
    ALREADY = "already"
    """This form was sent before."""
    NO_TITLE = "no_title"
    EMPTY = "empty"
    """Neither problem nor wish was told."""
    NO_PLACE = "no_place"
    NOT_YOURS = "not_yours"
    """It concerns a community where they do not live."""
    TOO_MANY = "too_many"
    """They have as many proposals at the reception as anybody may."""
    NEW_HERE = "new_here"
    """They have as many there as somebody new may."""


class ProposalOutcome(StrEnum):
    """What became of an act on a proposal."""

    DONE = "done"
    ALREADY = "already"
    UNCHANGED = "unchanged"
    """The text is as it was."""
    OTHER_TEXT = "other_text"
    """It reads otherwise by now than what they had before them."""
    EMPTY = "empty"
    """Words are needed."""
    BAD_DATE = "bad_date"
    BAD_TARGET = "bad_target"
    """It cannot be merged into that one: it is itself, is over, or of another community."""
    NOT_STAFF = "not_staff"
    """The one it is given to does not work at its place."""
    TOO_LATE = "too_late"
    """The date has passed, or it was decided meanwhile."""
    WRONG_TIME = "wrong_time"
    """Not in the state that it is in."""
    OWN = "own"
    """Nobody receives, seconds or decides what is their own proposal."""
    HAD_A_HAND = "had_a_hand"
    """Nobody rates what they delivered themselves."""
    NOT_NEIGHBOUR = "not_neighbour"
    """They do not live in its community."""
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class Refusal(StrEnum):
    """Why something is not shown."""

    MISSING = "missing"
    NOT_ALLOWED = "not_allowed"
