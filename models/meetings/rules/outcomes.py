"""How acts on meetings turn out."""

from enum import StrEnum


class MeetingCallOutcome(StrEnum):
    """What became of a form that calls a meeting; proposals refuse by outcomes of their own."""

    CALLED = "called"
    ALREADY = "already"
    """This form was sent before."""
    PAST = "past"
    TOO_FAR = "too_far"
    NO_WHERE = "no_where"
    """The place has to be told in words."""
    MOVED_ON = "moved_on"
    """Something else that was to be on the agenda is not deliberated any more."""
    TOO_MANY = "too_many"
    """More on the agenda than a meeting takes."""
    BAD_BUILDING = "bad_building"
    """The building is not of the community."""


class MeetingOutcome(StrEnum):
    """What became of an act of whoever looks after a meeting, or of the owner of an action item."""

    DONE = "done"
    ALREADY = "already"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    """Words, or a file, are needed."""
    PAST = "past"
    TOO_FAR = "too_far"
    TOO_EARLY = "too_early"
    """It has not begun."""
    TOO_LATE = "too_late"
    """It has begun, or it is over."""
    OFF = "off"
    BAD_OWNER = "bad_owner"
    """The one who is to do it neither came nor works here."""
    NOT_ALLOWED = "not_allowed"
    MISSING = "missing"


class ReplyOutcome(StrEnum):
    """What became of a guest's answer."""

    NOTED = "noted"
    ALREADY = "already"
    TOO_LATE = "too_late"
    """It has begun."""
    OFF = "off"
    NOT_INVITED = "not_invited"
    MISSING = "missing"


class LinkOutcome(StrEnum):
    """What a link to come instead of somebody is worth to whoever opened it."""

    OPEN = "open"
    """It can be taken."""
    YOURS = "yours"
    """They have just taken it."""
    ALREADY = "already"
    """They have taken it before."""
    TAKEN = "taken"
    """Somebody else was first."""
    OWN = "own"
    INVITED = "invited"
    """They are invited themselves."""
    WITHDRAWN = "withdrawn"
    """Whoever gave it answers otherwise now."""
    TOO_LATE = "too_late"
    OFF = "off"
    MISSING = "missing"


class ArriveOutcome(StrEnum):
    """What became of checking in."""

    HERE = "here"
    LISTENING = "listening"
    """A neighbour who was not invited: welcome to listen."""
    ALREADY = "already"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    OFF = "off"
    NOT_INVITED = "not_invited"
    MISSING = "missing"


class Refusal(StrEnum):
    """Why something is not shown."""

    MISSING = "missing"
    NOT_ALLOWED = "not_allowed"
