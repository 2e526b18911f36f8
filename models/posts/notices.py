"""What people are told of posts and shifts, and what comes by the clock; each declared once."""

from models.outbox.kinds import NoticeKind, Waits, notice
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class Notice(NoticeKind):
    """Kinds of notice; the subject is the post."""

    ASKED = notice(
        "posts.asked",
        mark("a post became free"),
        to="the first in the line for a post that is held",
        when="somebody handed it back; they are asked for 12 hours",
        changes="yes",
    )
    MOVED_BACK = notice(
        "posts.moved_back",
        mark("a free post went to the next"),
        to="whoever did not say whether they take a post",
        when="their time was up and somebody else was waiting; they stand at the end of the line",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    STILL = notice(
        "posts.still",
        mark("do you go on?"),
        to="whoever has held a post for a month or longer",
        when="every 90 days; without an answer it stays theirs",
        detail="`late`",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    LEAD = notice(
        "posts.lead",
        mark("you look after a post"),
        to="whoever is to look after it",
        when="the desk names them",
        changes="yes",
    )
    SIGNED = notice(
        "posts.signed",
        mark("you were signed up for a post"),
        to="whom the desk signed up",
        when="at once, so that they can say no",
        detail="`person`: who was signed up",
        changes="yes",
    )
    LAID_DOWN = notice(
        "posts.laid_down",
        mark("nobody looks after a post any more"),
        to="the leads of its team, else the desk",
        when="whoever looked after it lays that down",
        changes="yes",
    )
    TEAM = notice(
        "posts.team",
        mark("a post is your team’s now"),
        to="the leads of the team",
        when="the desk gives a post to a team",
        changes="yes",
    )
    ENDED = notice(
        "posts.ended",
        mark("a post has ended"),
        to="everybody on its list, or on that of a shift to come",
        when="the desk ends it, with the reason; each is told once",
    )


class ShiftNotice(NoticeKind):
    """Kinds of notice; the subject is the shift."""

    ASKED = notice(
        "shifts.asked",
        mark("a place in a shift became free"),
        to="the first in the line",
        when="a place became free; they are asked for 12 hours, on the day for one",
        changes="yes",
    )
    MOVED_BACK = notice(
        "shifts.moved_back",
        mark("a free place in a shift went to the next"),
        to="whoever did not say whether they take a place",
        when="their time was up and somebody else was waiting; they stand at the end of the line",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    SOON = notice(
        "shifts.soon",
        mark("still coming to the shift?"),
        to="whoever has a place in the shift",
        when="the day before and two hours before, and two days before who missed two shifts in "
        "90 days; without an answer the place stays theirs",
        detail="`late`",
        changes="yes",
    )
    SHORT = notice(
        "shifts.short",
        mark("hands are missing for a shift"),
        to="whoever looks after the post, else the desk; two hours before the desk",
        when="a day before fewer have a place than are needed; once more two hours before; at once "
        "where somebody gives a place up later than that",
        detail="`late`",
        changes="yes",
    )
    SIGNED = notice(
        "shifts.signed",
        mark("you were signed up for a shift"),
        to="whom the desk signed up",
        when="at once, so that they can say no",
        detail="`person`: who was signed up",
        changes="yes",
    )
    OFF = notice(
        "shifts.off",
        mark("a shift was called off"),
        to="everybody on its list, waiting ones too",
        when="it is called off, with the reason",
    )
    CONFIRM = notice(
        "shifts.confirm",
        mark("who came to the shift?"),
        to="whoever looks after the post, else the desk; after seven days the desk, too",
        when="the shift is over, and one and seven days later while somebody is not confirmed",
        detail="`late`",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    SWAP = notice(
        "shifts.swap",
        mark("somebody needs a stand-in"),
        to="the line; where nobody waits, or on a second tap, whoever knows the post",
        when="somebody who cannot come asks for a stand-in",
        detail="`by`: who asks",
        changes="yes",
    )
    STEPPED_IN = notice(
        "shifts.stepped_in",
        mark("somebody stands in for you"),
        to="whoever asked for a stand-in",
        when="somebody took their place; until then it was theirs",
    )


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the post."""

    ASK = reminder(
        "posts.ask",
        mark("a free post goes to the next"),
        Lateness.SEND_LATE,
        about="the post",
        does="asks the next in the line where somebody did not say whether they take it",
    )
    FILL = reminder(
        "posts.fill",
        mark("announce the shifts of a weekly plan"),
        Lateness.SEND_LATE,
        about="the post",
        does="announces the shifts of the next 14 days that are not announced yet, every day",
    )
    STILL = reminder(
        "posts.still",
        mark("ask whether they go on with a post"),
        Lateness.SEND_LATE,
        about="the post",
        does="asks whoever has held it for a month whether they go on, every 90 days",
    )
    ERASE = reminder(
        "posts.erase",
        mark("forget who held a post"),
        Lateness.SEND_LATE,
        about="the post",
        does="erases who held it; the sums stay",
    )


class ShiftReminder(ReminderKind):
    """Kinds of reminder; the subject is the shift."""

    SOON = reminder(
        "shifts.soon",
        mark("ask: still coming to the shift?"),
        Lateness.SEND_LATE,
        about="the shift",
        does="asks whoever has a place whether they still come; after the start nobody",
    )
    DOOR = reminder(
        "shifts.door",
        mark("the door opens: 'I am here' on the cards"),
        Lateness.SEND_LATE,
        about="the shift",
        does="puts 'I am here' on the cards of whoever has a place; after the end on none",
    )
    EARLY = reminder(
        "shifts.early",
        mark("ask early: still coming to the shift?"),
        Lateness.SEND_LATE,
        about="the shift",
        does="asks whoever missed two shifts in 90 days whether they come, a day before the others",
    )
    ASK = reminder(
        "shifts.ask",
        mark("a free place in a shift goes to the next"),
        Lateness.SEND_LATE,
        about="the shift",
        does="asks the next in the line where somebody did not say whether they take a place",
    )
    SHORT = reminder(
        "shifts.short",
        mark("hands are missing for a shift"),
        Lateness.SEND_LATE,
        about="the shift",
        does="tells who looks after it how many are missing, two hours before the desk",
    )
    OVER = reminder(
        "shifts.over",
        mark("a shift is over"),
        Lateness.SEND_LATE,
        about="the shift",
        does="closes the list, and asks who looks after it to confirm who came",
    )
    CONFIRM = reminder(
        "shifts.confirm",
        mark("ask to confirm who came to a shift"),
        Lateness.SEND_LATE,
        about="the shift",
        does="asks once more, while somebody who came is not confirmed",
    )
    ERASE = reminder(
        "shifts.erase",
        mark("forget who was at a shift"),
        Lateness.SEND_LATE,
        about="the shift",
        does="erases who was on the list; the sums, and minutes by person, stay",
    )
