"""What is told of day checks, and what the clock does with them."""

from models.outbox.kinds import NoticeKind, notice
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class Notice(NoticeKind):
    """Kinds of notice; the subject is the day."""

    ASK = notice(
        "daychecks.ask",
        mark("is all well?"),
        to="who has a day check",
        when="at their hour, unless a sign of theirs came since early morning",
        detail="`late`",
        changes="yes",
    )
    AGAIN = notice(
        "daychecks.again",
        mark("is all well? (asked again)"),
        to="who has a day check",
        when="an hour after the question, when they have been silent",
        detail="`late`",
        changes="yes",
    )
    TROUBLE = notice(
        "daychecks.trouble",
        mark("do you need help?"),
        to="who has a day check",
        when="the first they wrote of a day was words of trouble; in the lane `urgent`",
        changes="yes",
    )
    CONTACT = notice(
        "daychecks.contact",
        mark("can you reach somebody?"),
        to="one of the circle, ten minutes each",
        when="somebody has been silent, and whoever was asked before could not help",
        detail="`late`",
        changes="yes",
    )
    CALL = notice(
        "daychecks.call",
        mark("please ring one of somebody's circle"),
        to="whoever is on duty",
        when="the next of the circle is somebody without the bot",
        detail="`late`",
        changes="yes",
    )
    NEAR = notice(
        "daychecks.near",
        mark("please look after somebody"),
        to="whoever visits them, and where they allowed it the leader of the building",
        when="nobody of the circle could reach them; in the lane `urgent`",
        detail="`late`",
        changes="yes",
    )
    DESK = notice(
        "daychecks.desk",
        mark("nobody knows whether somebody is well"),
        to="whoever is on duty, and the secretary",
        when="nobody who is near knew; in the lane `urgent`",
        detail="`late`",
        changes="yes",
    )
    HEARD = notice(
        "daychecks.heard",
        mark("somebody was heard of"),
        to="everybody who was told of a silence",
        when="a sign of theirs came, or somebody found them well",
    )
    AFTER = notice(
        "daychecks.after",
        mark("somebody went to look after you"),
        to="who has a day check",
        when="they were silent and somebody went there, or asked; once",
    )
    LISTEN = notice(
        "daychecks.listen",
        mark("a voice message is to be listened to"),
        to="whoever is on duty; after an hour the secretary",
        when="the first sign of a day is a voice message: it may be a call for help",
        changes="yes",
    )


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the day, of ASK the day check."""

    ASK = reminder(
        "daychecks.ask",
        mark("ask whether all is well"),
        Lateness.SEND_LATE,
        about="the day check",
        does="asks whoever gave no sign since early morning; three hours late the first of the "
        "circle at the same time",
    )
    CLIMB = reminder(
        "daychecks.climb",
        mark("somebody is silent: tell the next"),
        Lateness.SEND_LATE,
        about="the day",
        does="tells the next on the ladder; after an outage only the highest that was reached",
    )
    LISTEN = reminder(
        "daychecks.listen",
        mark("a voice message waits"),
        Lateness.SEND_LATE,
        about="the day",
        does="tells the secretary where nobody has listened to a voice message",
    )
