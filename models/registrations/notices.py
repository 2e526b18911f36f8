"""What people are told of registrations, and what comes by the clock; each declared once."""

from models.outbox.kinds import NoticeKind, Waits, notice
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class Notice(NoticeKind):
    """Kinds of notice; the subject is the registration."""

    FILED = notice(
        "registrations.filed",
        mark("a registration waits for an answer"),
        to="the desk of its place, or who answers for it",
        when="it was sent, sent anew or is to be renewed; once more after three days",
        detail="`late`",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    ACCEPTED = notice(
        "registrations.accepted",
        mark("your registration stands"),
        to="its holder",
        when="it was accepted",
        changes="yes",
    )
    RETURNED = notice(
        "registrations.returned",
        mark("your registration came back"),
        to="its holder",
        when="something has to be put right, with the reason",
        changes="yes",
    )
    EXPIRES = notice(
        "registrations.expires",
        mark("your registration ends soon"),
        to="its holder",
        when="30 days before its last day, or as soon after as can be; the card changes 7 days "
        "before, on the day and 7 days after",
        detail="`late`",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    EXPIRED = notice(
        "registrations.expired",
        mark("your registration has ended"),
        to="its holder",
        when="it was not renewed within 7 days after its last day",
        detail="`late`",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    PERMIT = notice(
        "registrations.permit",
        mark("a residence permit can be asked for"),
        to="whoever registered that they stay for a while",
        when="half a year after they moved in",
        detail="`late`",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    ENDORSE = notice(
        "registrations.endorse",
        mark("a residence permit can be endorsed"),
        to="whoever registered that they stay for a while",
        when="a month before each year of the permit is over, once a year",
        detail="`late`",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    MOVED = notice(
        "registrations.moved",
        mark("your registration and your new home"),
        to="its holder",
        when="they live in another community now: it went along with a new number, or has ended",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    BUILDING = notice(
        "registrations.building",
        mark("builders come to your building"),
        to="whoever lives in the building and wants to hear of it, but for its holder",
        when="a renovation was accepted, and once more where its days or its floor have changed "
        "since; never who has it done",
        detail="`changed`: it was told before, and differs now",
        waits=Waits.ALWAYS,
    )


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the registration."""

    BEGUN = reminder(
        "registrations.begun",
        mark("forget a form that was never sent"),
        Lateness.SEND_LATE,
        about="the registration",
        does="ends it where it was never sent",
    )
    WAITS = reminder(
        "registrations.waits",
        mark("a registration still waits for an answer"),
        Lateness.SEND_LATE,
        about="the registration",
        does="asks the desk once more while it waits",
    )
    EXPIRY = reminder(
        "registrations.expiry",
        mark("a registration ends soon"),
        Lateness.SEND_LATE,
        about="the registration",
        does="30, 7 and 0 days before and 7 days after its last day: sends its holder one card, "
        "which changes; at last ends it. After an outage one card comes, and 7 more days are given",
    )
    PERMIT = reminder(
        "registrations.permit",
        mark("remind of the residence permit"),
        Lateness.SEND_LATE,
        about="the registration",
        does="reminds whoever stays for a while that they can ask for a permit",
    )
    ENDORSE = reminder(
        "registrations.endorse",
        mark("remind that a residence permit is endorsed"),
        Lateness.SEND_LATE,
        about="the registration",
        does="reminds whoever stays for a while that a permit is endorsed in the last month of its "
        "year, and comes back in a year",
    )
    ERASE = reminder(
        "registrations.erase",
        mark("forget whose a registration was"),
        Lateness.SEND_LATE,
        about="the registration",
        does="erases whose it was and who was told of it; its number and its days stay",
    )
