"""What people are told of hazards, and what comes by the clock; each declared once."""

from models.outbox.kinds import NoticeKind, notice
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class Notice(NoticeKind):
    """Kinds of notice; the subject is the hazard."""

    LOOK_AGAIN = notice(
        "hazards.look_again",
        mark("look at a hazard again"),
        to="whoever found it where they did not put it right, else who is on duty, else the "
        "secretary",
        when="7 and 30 days after it was signed off, 7 after it was put right on the spot",
        detail="`late`",
        changes="yes",
    )
    AGAIN = notice(
        "hazards.again",
        mark("a hazard has come back"),
        to="the street",
        when="a look again says that it is as it was: it is put right once more, under its number",
        changes="yes",
    )
    SOON = notice(
        "hazards.soon",
        mark("a hazard is due tomorrow"),
        to="whoever has to put it right",
        when="a day before its date, while it is not reported",
        detail="`late`",
        changes="yes",
    )
    HANDED_ON = notice(
        "hazards.handed_on",
        mark("a hazard was handed on to an authority"),
        to="the secretary of the place",
        when="staff say of what is under an order that it is beyond them",
        changes="yes",
    )
    WAITS = notice(
        "hazards.waits",
        mark("an authority has not answered"),
        to="the secretary of the place",
        when="every 14 days while a hazard that was handed on is not answered",
        detail="`late`",
        changes="yes",
    )


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the hazard."""

    LOOK_AGAIN = reminder(
        "hazards.look_again",
        mark("look at a hazard again"),
        Lateness.SEND_LATE,
        about="the hazard",
        does="asks somebody who did not put it right to look at it again",
    )
    SOON = reminder(
        "hazards.soon",
        mark("a hazard is due tomorrow"),
        Lateness.SEND_LATE,
        about="the hazard",
        does="tells whoever has to put it right that its date is tomorrow; after the date nobody",
    )
    WAITS = reminder(
        "hazards.waits",
        mark("an authority has not answered"),
        Lateness.SEND_LATE,
        about="the hazard",
        does="tells the secretary that the authority has not answered, every 14 days",
    )
