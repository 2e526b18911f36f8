"""Kinds of notice and reminder of meetings."""

from enum import StrEnum

from models.outbox.kinds import NoticeKind, Waits, notice
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


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


class GuestGroup(StrEnum):
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


class DoorState(StrEnum):
    """Whether people are checked in."""

    EARLY = "early"
    OPEN = "open"
    CLOSED = "closed"


class Notice(NoticeKind):
    """Kinds of notice; the subject is the meeting, of the last two the action item."""

    INVITED = notice(
        "meetings.invited",
        mark("an invitation to a meeting"),
        to=(
            "the authors, everybody who seconded, and whoever else is invited; whoever comes "
            "instead of a guest"
        ),
        when=(
            "a meeting is called; the subject of every `meetings` notice is the meeting, of the "
            "last two the action item"
        ),
        changes="yes",
        waits=Waits.ALWAYS,
    )
    CHANGED = notice(
        "meetings.changed",
        mark("a meeting was changed"),
        to="the guests who have not said no",
        when="another time or place, or called off",
        detail="`version`",
        changes="yes",
    )
    SOON = notice(
        "meetings.soon",
        mark("a meeting is soon"),
        to="the guests but those who said no or found somebody instead",
        when="a day and an hour before; after the start it is dropped",
        detail="`late`, `starts`",
        changes="yes",
    )
    INSTEAD = notice(
        "meetings.instead",
        mark("somebody comes instead"),
        to="a guest who sends somebody else",
        when="somebody has taken their place, cannot come after all, or can again",
        detail="`person`",
    )
    MINUTES = notice(
        "meetings.minutes",
        mark("the minutes of a meeting"),
        to="the guests, the authors and everybody who seconded, each once",
        when="the minutes are published, or published corrected",
        detail="`at`, `corrected`",
        waits=Waits.ALWAYS,
    )
    ACTION = notice(
        "meetings.action",
        mark("an action item of a meeting"),
        to="the owner; whoever wrote it down",
        when="they are given an action item; it is done",
        changes="yes",
    )
    ACTION_DUE = notice(
        "meetings.action_due",
        mark("an action item is due"),
        to="the owner; then the secretary too",
        when="the day of an action item; the morning after, if it is not done",
        detail="`late`, `again`",
        changes="yes",
    )


ACTION_CARDS = (Notice.ACTION, Notice.ACTION_DUE)

CARDS = tuple(kind for kind in Notice if kind.declared.changes and kind not in ACTION_CARDS)
"""Cards of a meeting: they change in place."""


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the meeting, of the last the action item."""

    SOON = reminder(
        "meetings.soon",
        mark("remind of a meeting"),
        Lateness.SEND_LATE,
        about="the meeting",
        does=(
            "reminds the guests a day and an hour before, all but those who said no or found "
            "somebody instead; of two that are due at once the later one counts, and after the "
            "start it is let go"
        ),
    )
    ACTION_DUE = reminder(
        "meetings.action_due",
        mark("remind of an action item"),
        Lateness.SEND_LATE,
        about="the action item",
        does=(
            "reminds its owner on the day, and the morning after owner and secretary, unless it "
            "is done"
        ),
    )
