"""How acts on votes turn out."""

from enum import StrEnum


class PlanOutcome(StrEnum):
    """What became of putting a proposal to the vote."""

    OPENED = "opened"
    PLANNED = "planned"
    """It opens later."""
    ALREADY = "already"
    """A vote on it is planned or open: this form was sent before, or somebody was faster."""
    BAD_START = "bad_start"
    BAD_END = "bad_end"
    BAD_QUORUM = "bad_quorum"
    NOBODY = "nobody"
    """There is nobody who could vote."""
    NO_DOORS = "no_doors"
    """No household is known there: nobody has given a door."""
    TOO_FEW = "too_few"
    """So few could vote that the counts of a secret ballot would tell who voted what."""
    WRONG_TIME = "wrong_time"
    """The proposal is not being deliberated."""
    OWN = "own"
    """Nobody puts their own proposal to the vote."""
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class VoteOutcome(StrEnum):
    """What became of voting."""

    CAST = "cast"
    CHANGED = "changed"
    """The voice counts as it says now; whether it had said the same before is told to nobody."""
    ALREADY_VOTED = "already_voted"
    """The vote is secret and its voice has been given; the slip that could change it is not the
    newest one, or not theirs, or missing."""
    NOT_YET = "not_yet"
    """It is planned, and not open."""
    TOO_LATE = "too_late"
    CALLED_OFF = "called_off"
    NO_DOOR = "no_door"
    """Households vote, and which theirs is cannot be known before they give a door."""
    NOT_ON_ROLL = "not_on_roll"
    MISSING = "missing"


class OffOutcome(StrEnum):
    """What became of calling a vote off."""

    OFF = "off"
    ALREADY = "already"
    TOO_LATE = "too_late"
    """It has been counted."""
    OWN = "own"
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class Refusal(StrEnum):
    """Why something of a vote is not shown."""

    NOT_ALLOWED = "not_allowed"
    SECRET = "secret"  # noqa: S105 - a kind of ballot, not a password
    """Nobody can see who voted what."""
    NOT_YET = "not_yet"
    """It is shown after the end."""
    MISSING = "missing"
