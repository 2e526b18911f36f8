"""Kinds of notice, reminder and answer of roll-calls."""

from enum import StrEnum

from models.outbox.kinds import NoticeKind, notice
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class BoardStanding(StrEnum):
    """Where one recipient stands on the board: in exactly one of these."""

    NEED_HELP = "need_help"
    SILENT = "silent"
    CAN_HELP = "can_help"
    SAFE = "safe"


class Notice(NoticeKind):
    """Pushes; the subject is the broadcast."""

    BOARD = notice(
        "rollcalls.board",
        mark("the live board of a roll-call"),
        to=(
            "the author, who approved it, secretaries and admins of its place; lane `urgent`, "
            "of a drill `notice`, as of the next three"
        ),
        when="a roll-call begins; the subject of every `rollcalls` notice is the broadcast",
        changes="yes, with its counts",
    )
    BUDDY = notice(
        "rollcalls.buddy",
        mark("please knock first at a door"),
        to="whoever knocks first at the door of somebody who is asked, as they agreed",
        when="a roll-call begins; a drill shows no door",
        changes="yes, until it is over",
    )
    ASK = notice(
        "rollcalls.ask",
        mark("a roll-call asks once more"),
        to="the silent, and whoever speaks for them",
        when=(
            "some time after a roll-call went out, and then again (`roll_call_every`, "
            "`roll_call_rounds`)"
        ),
    )
    SILENT = notice(
        "rollcalls.silent",
        mark("who is silent in a roll-call"),
        to=(
            "the staff nearest above a building, where it has none secretaries, then admins; "
            "one message each"
        ),
        when="the silent were asked for the last time",
        detail="`places`",
    )
    COME = notice(
        "rollcalls.come",
        mark("those who can help are asked to come"),
        to="everybody who can help",
        when="staff call them up",
        detail="`words`, `by`",
    )
    OVER = notice(
        "rollcalls.over",
        mark("a roll-call is over"),
        to="everybody in whose chat it was asked; lane `live`, of a drill `bulk`",
        when="a roll-call has ended",
    )


class Reminder(ReminderKind):
    """What the clock does; the subject is the broadcast."""

    ASK = reminder(
        "rollcalls.ask",
        mark("ask once more who is silent"),
        Lateness.SEND_LATE,
        about="the roll-call",
        does=(
            "asks the silent of a roll-call once more; after the last time hands their list to "
            "who answers for their buildings; the next round keeps its distance from this one, "
            "however late it comes; nothing once nobody is silent, or it is over"
        ),
    )
    COUNT = reminder(
        "rollcalls.count",
        mark("show how many have answered"),
        Lateness.SEND_LATE,
        about="the roll-call",
        does="shows on the live boards what has been answered by now",
    )
