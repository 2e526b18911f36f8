"""What is told of care, and what the clock does about it."""

from models.outbox.kinds import NoticeKind, Waits, notice
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class Notice(NoticeKind):
    """Kinds of notice; the subject is named for each."""

    PROPOSED = notice(
        "care.proposed",
        mark("may somebody look in on you?"),
        to="the person, or their proxy; about the home",
        when="staff propose that somebody looks in",
        changes="yes",
    )
    ANSWERED = notice(
        "care.answered",
        mark("the answer of a home"),
        to="whoever keeps the home; about the home",
        when="somebody agreed, declined, paused, ended, took that back, or asked for company "
        "themselves; when they move, to whoever keeps the home from then on",
        detail="`moved`, `back`",
        changes="yes",
    )
    WELCOME = notice(
        "care.welcome",
        mark("may this neighbour look in?"),
        to="the home, or its proxy; about the pair",
        when="a neighbour is proposed to it",
        changes="yes",
    )
    TAKE_ON = notice(
        "care.take_on",
        mark("would you look in on somebody?"),
        to="the neighbour; about the pair",
        when="the home has said yes to them",
        changes="yes",
    )
    PAIRED = notice(
        "care.paired",
        mark("paired"),
        to="the home and whoever keeps it; about the pair",
        when="both have agreed, or the neighbour could not",
        changes="yes",
    )
    CALL = notice(
        "care.call",
        mark("a day to look in"),
        to="whose call-on it is, or who is asked to come instead; about the occasion",
        when="the window opens, or whoever was to come cannot; again when half of it is over",
        detail="`half`, `late`",
        changes="yes",
    )
    COMING = notice(
        "care.coming",
        mark("somebody looks in today"),
        to="the home, or its proxy; about the occasion",
        when="a visitor says that they come, with the word of the day for the door",
        changes="yes",
    )
    CAME = notice(
        "care.came",
        mark("did they come?"),
        to="the home, or its proxy; about the occasion",
        when="a visitor reported that they were there",
        changes="yes",
        waits=Waits.AT_NIGHT,
    )
    UNSEEN = notice(
        "care.unseen",
        mark("nobody was seen at a door"),
        to="whoever keeps the home; about the occasion",
        when="a visitor reported that nobody opened, or that they were away",
        changes="yes",
    )
    MISSED = notice(
        "care.missed",
        mark("a call-on was missed"),
        to="whoever keeps the home; about the occasion",
        when="the window ended and nobody had looked in",
        detail="`late`",
        changes="yes",
    )
    COVERED = notice(
        "care.covered",
        mark("a missed call-on was made up for"),
        to="whoever keeps the home; about the occasion",
        when="somebody looked in after all",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    CONCERN = notice(
        "care.concern",
        mark("told in confidence"),
        to="whom it belongs to, never whom it is about; about the concern",
        when="somebody says that money was asked of them, that nobody came, or wants another "
        "visitor; again to those above when nobody has seen to it in time; when a report of what "
        "was done is sent back, and when it is not well after all",
        detail="`late`, `sent_back`, `again`",
        changes="yes",
    )
    CONCERN_REPORTED = notice(
        "care.concern_reported",
        mark("please look at what was done in confidence"),
        to="somebody else who answers for the place, else the street; about the concern",
        when="what was done about money that was asked for is reported; once more a working day "
        "later",
        detail="`late`, `waits`",
        changes="yes",
    )
    CONCERN_SIGNED = notice(
        "care.concern_signed",
        mark("what was done in confidence is signed off"),
        to="who reported it; about the concern",
        when="somebody else has signed it off",
        changes="yes",
    )
    CONCERN_ASKED = notice(
        "care.concern_asked",
        mark("was it well afterwards?"),
        to="the home, or its proxy, never whom it is about; about the question",
        when="7 and 30 days after it was settled that money was asked for",
        detail="`late`",
        changes="yes",
        waits=Waits.AT_NIGHT,
    )
    CONCERN_SILENT = notice(
        "care.concern_silent",
        mark("please ring: no word whether it was well"),
        to="who signed it off, else whoever may; about the concern",
        when="that question has no answer after 96 hours, or nobody can be asked",
        detail="`late`",
        changes="yes",
    )
    REVIEW = notice(
        "care.review",
        mark("is it still as they wish?"),
        to="whoever keeps the home; about the home",
        when="a year has gone by since it was agreed or looked at",
        detail="`late`",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    GIFTS = notice(
        "care.gifts",
        mark("visits for a festival"),
        to="whoever looks in on homes of the place; about the festival",
        when="staff arrange visits for a festival",
        changes="yes",
    )
    GIFT_CAME = notice(
        "care.gift_came",
        mark("has the gift come?"),
        to="the home, or its proxy; about the gift",
        when="a visitor ticks that they brought it",
        changes="yes",
        waits=Waits.AT_NIGHT,
    )
    GIFTS_LEFT = notice(
        "care.gifts_left",
        mark("homes that nobody visits for a festival"),
        to="whoever arranged the visits while they work there, else who is on duty; about the "
        "festival",
        when="`gifts_told` before the festival, and when it is over, while there are any",
        detail="`late`",
        changes="yes",
    )
    LEDGER_ASKED = notice(
        "care.ledger_asked",
        mark("may the ledger show what is sealed?"),
        to="everybody else with a desk at the place; about the ledger",
        when="somebody asks for the ledger with names, reasons, wishes and needs",
        changes="yes",
    )
    LEDGER_ANSWERED = notice(
        "care.ledger_answered",
        mark("the answer about a ledger"),
        to="who asked for it; about the ledger",
        when="a second person has approved or refused it",
    )


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is named for each."""

    OPENS = reminder(
        "care.opens",
        mark("a day to look in begins"),
        Lateness.SEND_LATE,
        about="the occasion",
        does="tells whose call-on it is, and arranges the next one where the plan says",
    )
    HALF = reminder(
        "care.half",
        mark("half of the time to look in is over"),
        Lateness.SEND_LATE,
        about="the occasion",
        does="tells whose call-on it is once more; where nobody has it, asks the next",
    )
    DAY = reminder(
        "care.day",
        mark("somebody comes today, as they said"),
        Lateness.SEND_LATE,
        about="the occasion",
        does="tells both sides, on a later day that a visitor chose, with the word for the door",
    )
    NEXT = reminder(
        "care.next",
        mark("ask the next substitute"),
        Lateness.SEND_LATE,
        about="the occasion",
        does="asks the next substitute where the last has not answered; after them a ring",
    )
    ENDS = reminder(
        "care.ends",
        mark("the time to look in is over"),
        Lateness.ESCALATE,
        about="the occasion",
        does="notes what nobody has made as missed, and tells whoever keeps the home",
    )
    REVIEW = reminder(
        "care.review",
        mark("look at a home again"),
        Lateness.SEND_LATE,
        about="the home",
        does="asks whoever keeps the home whether it is still as they wish",
    )
    CLOSES = reminder(
        "care.closes",
        mark("a home closes that was ended"),
        Lateness.SEND_LATE,
        about="the home",
        does="ends its pairs and erases reasons, wishes and words, where nobody has taken it back",
    )
    CONCERN = reminder(
        "care.concern",
        mark("what was told in confidence is not settled"),
        Lateness.ESCALATE,
        about="the concern",
        does="tells those above where nobody has seen to it",
    )
    CONCERN_WAITS = reminder(
        "care.concern_waits",
        mark("a report in confidence waits for a second look"),
        Lateness.SEND_LATE,
        about="the concern",
        does="tells whoever may sign it off once more; where nobody else is left, settles it",
    )
    CONCERN_ASK = reminder(
        "care.concern_ask",
        mark("ask whether it was well after money was asked for"),
        Lateness.SEND_LATE,
        about="the question",
        does="asks the home, out of quiet hours; nobody once care has ended or it is open again",
    )
    CONCERN_SILENT = reminder(
        "care.concern_silent",
        mark("no word whether it was well"),
        Lateness.SEND_LATE,
        about="the question",
        does="notes that there was no answer, and tells who signed it off to ring",
    )
    GIFTS_LEFT = reminder(
        "care.gifts_left",
        mark("a festival comes, and nobody visits a home"),
        Lateness.SEND_LATE,
        about="the festival",
        does="tells staff which homes nobody visits yet",
    )
    GIFTS_OVER = reminder(
        "care.gifts_over",
        mark("a festival is over"),
        Lateness.SEND_LATE,
        about="the festival",
        does="notes what nobody took as left, and tells staff of it",
    )
