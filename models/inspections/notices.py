"""What people are told of rounds and walks, and what comes by the clock; each declared once."""

from models.outbox.kinds import NoticeKind, Waits, notice
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class InspectionNotice(NoticeKind):
    """Kinds of notice; the subject is the round."""

    DUE = notice(
        "rounds.due",
        mark("a round is to be walked"),
        to="whose turn it is; where they do not work there any more, the next in turn",
        when="in the morning of the day on which it is due",
        detail="`occasion`, `late`",
        changes="yes",
    )
    MISSED = notice(
        "rounds.missed",
        mark("a round was not walked"),
        to="the secretary of the place, and the admins where there is none",
        when="its days are over and nobody has walked it; before the next one opens",
        detail="`occasion`, `late`",
        changes="yes",
    )
    UNSEEN = notice(
        "rounds.unseen",
        mark("nobody knows of a missed round"),
        to="the street, or the admins where there is none, and the desk of the place",
        when="two hours after it was told as missed, or in the morning, where nobody has said that "
        "they know",
        detail="`occasion`, `late`",
        changes="yes",
    )
    NOBODY = notice(
        "rounds.nobody",
        mark("nobody walks a round any more"),
        to="the secretary of the place, and the admins where there is none",
        when="whoever walked it has left, or nobody of its list works there any more",
        changes="yes",
    )


class WalkNotice(NoticeKind):
    """Kinds of notice; the subject is the walk."""

    HALF = notice(
        "walks.half",
        mark("a walk is half-done"),
        to="whoever walks",
        when="a day after it was begun, once",
        detail="`late`",
        changes="yes",
        waits=Waits.AT_NIGHT,
    )


class InspectionReminder(ReminderKind):
    """Kinds of reminder; the subject is the round."""

    DUE = reminder(
        "rounds.due",
        mark("a round is to be walked"),
        Lateness.SEND_LATE,
        about="the round",
        does="tells whose turn it is, and plans the next one",
    )
    MISSED = reminder(
        "rounds.missed",
        mark("a round was not walked"),
        Lateness.ESCALATE,
        about="the round",
        does="notes it as missed where nobody has walked it, and tells the secretary",
    )
    UNSEEN = reminder(
        "rounds.unseen",
        mark("nobody knows of a missed round"),
        Lateness.ESCALATE,
        about="the round",
        does="tells the street and the desk, where nobody has said that they know",
    )


class WalkReminder(ReminderKind):
    """Kinds of reminder; the subject is the walk."""

    HALF = reminder(
        "walks.half",
        mark("a walk is half-done"),
        Lateness.SEND_LATE,
        about="the walk",
        does="tells whoever walks, once, a day after it was begun",
    )
    ERASE = reminder(
        "walks.erase",
        mark("forget who walked"),
        Lateness.SEND_LATE,
        about="the walk",
        does="erases who walked it and who marked its points; what was found stays",
    )
