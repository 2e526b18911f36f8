"""Kinds of notice and reminder of meetings."""

from enum import StrEnum


class State(StrEnum):
    """Where a meeting stands."""

    CALLED = "called"
    HELD = "held"
    """Its minutes are published."""
    OFF = "off"


class Reply(StrEnum):
    """What a guest says to an invitation."""

    YES = "yes"
    NO = "no"
    INSTEAD = "instead"
    """Somebody else comes instead of them."""
    LISTENER = "listener"
    """Said by nobody: a neighbour who was not invited, came, and was checked in at the door."""


ANSWERS = frozenset({Reply.YES, Reply.NO, Reply.INSTEAD})
"""What a guest can say."""


class Part(StrEnum):
    """Who can be invited beside authors and supporters."""

    MEMBERS = "members"
    """Party members of the community."""
    STAFF = "staff"
    BUILDING = "building"
    """Everybody of one building, or of one grid."""


class Move(StrEnum):
    """What whoever looks after a meeting does to it."""

    CHANGE = "change"
    """Name another time or place."""
    CALL_OFF = "call_off"
    POSTER = "poster"
    """Hang the QR code at the door."""
    TICK = "tick"
    """Note who is there, of those who came without a phone."""
    MINUTES = "minutes"
    """Publish them, or publish them corrected."""
    ITEM = "item"
    """Write down what somebody is to do."""


class Door(StrEnum):
    """Whether people are checked in."""

    EARLY = "early"
    OPEN = "open"
    CLOSED = "closed"


class Notice(StrEnum):
    """Kinds of notice; the subject is the meeting, of the last two the action item."""

    INVITED = "meetings.invited"
    CHANGED = "meetings.changed"
    """Another time or place, or called off."""
    SOON = "meetings.soon"
    INSTEAD = "meetings.instead"
    """Somebody has taken a guest's place: told to that guest."""
    MINUTES = "meetings.minutes"
    ACTION = "meetings.action"
    ACTION_DUE = "meetings.action_due"


CARDS = (Notice.INVITED, Notice.CHANGED, Notice.SOON)
"""Cards of a meeting: they change in place."""


ACTION_CARDS = (Notice.ACTION, Notice.ACTION_DUE)


class Reminder(StrEnum):
    """Kinds of reminder; the subject is the meeting, of the last the action item."""

    SOON = "meetings.soon"
    """A day and an hour before."""
    ACTION_DUE = "meetings.action_due"
