"""A kind sentence for everything an act can come to."""

from enum import StrEnum

from handlers.i18n import gettext as _
from handlers.i18n import mark
from models.help.rules.outcomes import (
    ArrivalOutcome,
    CallOutcome,
    CancelOutcome,
    ClaimOutcome,
    ConfirmOutcome,
    ContactOutcome,
    DeclineOutcome,
    DeskOutcome,
    DoneOutcome,
    FileOutcome,
    HandBackOutcome,
    RateOutcome,
    Refusal,
    ReopenOutcome,
    SwapOutcome,
    VerdictOutcome,
    WorkOutcome,
    WrongOutcome,
)

GONE = mark("This is no longer there.")
NOT_YOURS = mark("This is not in your hands any more.")

FILED: dict[StrEnum, str] = {
    FileOutcome.FILED: mark("We have it."),
    FileOutcome.ALREADY: mark("We have it already."),
    FileOutcome.EMPTY: mark("Please tell us in a few words, or by voice, what you need."),
    FileOutcome.BAD_CHOICE: mark("That time is past by now. When would suit you?"),
    FileOutcome.NO_PLACE: mark(
        "We do not know the building yet, so nobody could find the way. "
        "Please choose it under Settings, then ask again."
    ),
    FileOutcome.TOO_MANY: mark(
        "There are many open requests already. Please let one of them be finished first, or "
        "speak to the community office. In an emergency choose “Emergency”: that always goes."
    ),
    FileOutcome.NEW_HERE: mark(
        "You are new here, and have several requests open. Please let one be finished first, or "
        "ask the community office to write it down. In an emergency choose “Emergency”: that "
        "always goes."
    ),
    FileOutcome.NOT_ALLOWED: mark("You cannot ask on behalf of this person."),
}

CANCELLED: dict[StrEnum, str] = {
    CancelOutcome.CANCELLED: mark("Called off. We thank whoever was coming."),
    CancelOutcome.ALREADY: mark("It was called off before."),
    CancelOutcome.TOO_LATE: mark(
        "It is reported done, so it cannot be called off. Please say whether it is solved."
    ),
    CancelOutcome.REASON_NEEDED: mark("Please say why."),
    CancelOutcome.NOT_ALLOWED: mark("Only the person asking or the office can call this off."),
    CancelOutcome.MISSING: GONE,
}

CLAIMED: dict[StrEnum, str] = {
    ClaimOutcome.HELD: mark("Thank you! This is now yours."),
    ClaimOutcome.WAITING: mark(
        "Thank you! All hands are found already. You are on the waiting list."
    ),
    ClaimOutcome.ALREADY_YOURS: mark("It is yours already. Thank you!"),
    ClaimOutcome.ENDED: mark("Thank you! This one is over; nobody is needed any more."),
    ClaimOutcome.OVER_CAP: mark(
        "You have taken as many tasks as you wanted for these weeks. Thank you! "
        "You can raise the number under “Lend a hand”."
    ),
    ClaimOutcome.PAUSED: mark("You are taking a break. End it under “Lend a hand” to take tasks."),
    ClaimOutcome.OWN_REQUEST: mark("This is your own request: a neighbour will come to you."),
    ClaimOutcome.NOT_VOLUNTEER: mark("Taking tasks is for volunteers. “Lend a hand” signs you up."),
    ClaimOutcome.NOT_ALLOWED: mark("This task is outside the places you serve."),
    ClaimOutcome.MISSING: GONE,
}

DECLINED: dict[StrEnum, str] = {
    DeclineOutcome.DECLINED: mark("All right. Thank you for saying so; you are not asked again."),
    DeclineOutcome.ALREADY: mark("You said so before. All right."),
    DeclineOutcome.HOLDING: mark("You have said yes to this. Open the task to hand it back."),
    DeclineOutcome.NOT_ASKED: mark("You were not asked about this one."),
}

HANDED_BACK: dict[StrEnum, str] = {
    HandBackOutcome.HANDED_BACK: mark(
        "Handed back. Thank you for saying so in time; we find somebody else."
    ),
    HandBackOutcome.LEFT_LINE: mark("You are off the waiting list. Thank you for the offer!"),
    HandBackOutcome.NOT_HOLDER: NOT_YOURS,
    HandBackOutcome.TOO_LATE: mark("You have reported it done, so it cannot be handed back."),
    HandBackOutcome.MISSING: GONE,
}

CONFIRMED: dict[StrEnum, str] = {
    ConfirmOutcome.CONFIRMED: mark("Thank you! They are counting on you."),
    ConfirmOutcome.HANDED_BACK: mark(
        "Handed back. Thank you for saying so in time; we find somebody else."
    ),
    ConfirmOutcome.NOT_HOLDER: NOT_YOURS,
}

VISITED: dict[StrEnum, str] = {
    ArrivalOutcome.CAME: mark("Good to know. Thank you!"),
    ArrivalOutcome.RECORDED: mark("We are sorry. Somebody else is asked right now."),
    ArrivalOutcome.TOLD: mark("We are sorry. The office finds out what happened."),
    ArrivalOutcome.UNSOLVED: mark("Sorry to hear that. The office takes it up."),
    ArrivalOutcome.ALREADY: mark("You have told us already. Thank you!"),
    ArrivalOutcome.TOO_LATE: mark("This is settled by now. Thank you!"),
    ArrivalOutcome.NOT_ALLOWED: mark("Only the person who asked, or the office, can say so."),
    ArrivalOutcome.MISSING: GONE,
}

SWAP: dict[StrEnum, str] = {
    SwapOutcome.ASKED: mark("Asked. Until they say yes the task stays with you."),
    SwapOutcome.SWAPPED: mark("Changed. Thank you both!"),
    SwapOutcome.DECLINED: mark("All right: everything stays as it is. Thank you for answering."),
    SwapOutcome.ALREADY: mark("That was asked or answered before."),
    SwapOutcome.OVER: mark("That cannot be changed any more: one of the two has moved on."),
    SwapOutcome.NOT_FIT: mark("One of you cannot take on the other task, so it stays as it is."),
    SwapOutcome.NOT_HOLDER: NOT_YOURS,
    SwapOutcome.NOT_YOURS: mark("This was not for you to answer."),
    SwapOutcome.MISSING: GONE,
}

SET_OUT: dict[StrEnum, str] = {
    WorkOutcome.ON_WAY: mark("Noted: you are on your way."),
    WorkOutcome.TOLD_LATE: mark("Noted: you come later. Take your time, and go safely."),
    WorkOutcome.ALREADY: mark("You said so already."),
    WorkOutcome.NOT_HOLDER: NOT_YOURS,
    WorkOutcome.MISSING: GONE,
}

REPORTED: dict[StrEnum, str] = {
    DoneOutcome.ALL_DONE: mark("Thank you! We ask now whether all is well."),
    DoneOutcome.PART_DONE: mark("Thank you! Your part is noted as done."),
    DoneOutcome.ALREADY: mark("You reported it done before. Thank you!"),
    DoneOutcome.NOT_HOLDER: NOT_YOURS,
    DoneOutcome.MISSING: GONE,
}

CONTACT: dict[StrEnum, str] = {
    ContactOutcome.SHOWN: mark("Below you see door and phone."),
    ContactOutcome.HIDDEN: mark("Hidden again."),
}

JUDGED: dict[StrEnum, str] = {
    VerdictOutcome.CLOSED: mark("We are glad. Thank you for saying so!"),
    VerdictOutcome.UNSOLVED: mark("Sorry to hear that. The office takes it up."),
    VerdictOutcome.ALREADY: mark("You have told us already. Thank you!"),
    VerdictOutcome.NOT_YET: mark("Nobody has reported it done yet."),
    VerdictOutcome.TOO_LATE: mark("This request is over."),
    VerdictOutcome.NOT_ALLOWED: mark("Only the person who asked can say whether it is solved."),
    VerdictOutcome.MISSING: GONE,
}

RATED: dict[StrEnum, str] = {
    RateOutcome.RATED: mark("Thank you! That helps the whole neighbourhood."),
    RateOutcome.LOW: mark("Thank you for your honesty. We see to it."),
    RateOutcome.SAID: mark("There are stars already; they stay as they are."),
    RateOutcome.BAD_CHOICE: mark("Please choose from one to five stars."),
    RateOutcome.NOT_CLOSED: mark("Stars come once it is solved."),
    RateOutcome.NOT_ALLOWED: mark("Only the person who asked can give stars."),
    RateOutcome.MISSING: GONE,
}

REOPENED: dict[StrEnum, str] = {
    ReopenOutcome.REOPENED: mark("Thank you for saying so. It is open again, and put right."),
    ReopenOutcome.ALREADY: mark("It is open; somebody is seeing to it."),
    ReopenOutcome.TOO_LATE: mark("That was a while ago. Please ask for help anew."),
    ReopenOutcome.NOT_ALLOWED: mark("Only the person who asked, or the office, can say so."),
    ReopenOutcome.MISSING: GONE,
}

WRONG: dict[StrEnum, str] = {
    WrongOutcome.NOTED: mark("Thank you. The office reads it and sees to it."),
    WrongOutcome.EMPTY: mark("There are no words in it."),
    WrongOutcome.NOT_ALLOWED: mark("Only the person who asked can say this."),
    WrongOutcome.MISSING: GONE,
}

CALLED: dict[StrEnum, str] = {
    CallOutcome.PUT_OFF: mark("Noted. It comes back to the list on the next working day."),
    CallOutcome.GIVEN_UP: mark("Closed as unconfirmed. They can still say."),
    CallOutcome.TOO_FEW: mark("Please ring a few times more before closing it."),
    CallOutcome.ALREADY: mark("That has been settled, or somebody has just rung."),
    CallOutcome.NOT_ALLOWED: mark("Somebody else has to ring: it is not yours to judge."),
    CallOutcome.MISSING: GONE,
}

DESK: dict[StrEnum, str] = {
    DeskOutcome.TAKEN_OVER: mark("You answer for this now."),
    DeskOutcome.HANDED_OVER: mark("Handed over; we are telling them."),
    DeskOutcome.ASSIGNED: mark("Chosen. We are asking them; you see here when they say yes."),
    DeskOutcome.TAKEN_ON: mark("You go yourself. Thank you!"),
    DeskOutcome.ASKED_AGAIN: mark("Volunteers are asked anew."),
    DeskOutcome.NOTED: mark("Noted."),
    DeskOutcome.WAITING: mark("The clock stands still, and we are telling them what we wait for."),
    DeskOutcome.RESUMED: mark("The clock runs again."),
    DeskOutcome.ALREADY: mark("That is so already."),
    DeskOutcome.FULL: mark("No hand is missing."),
    DeskOutcome.EMPTY: mark("The note has no words."),
    DeskOutcome.NOT_STAFF: mark("That person does not work at this place."),
    DeskOutcome.NOT_VOLUNTEER: mark("That person is not an active volunteer."),
    DeskOutcome.OVER_CAP: mark("That volunteer has as many tasks as they wanted."),
    DeskOutcome.OWN_REQUEST: mark("That is the person who needs the help."),
    DeskOutcome.TOO_LATE: mark("This request is over; it cannot be changed so."),
    DeskOutcome.NOT_ALLOWED: mark("This place is not on your desk. The attempt has been noted."),
    DeskOutcome.MISSING: GONE,
}

REFUSED: dict[StrEnum, str] = {
    Refusal.NOT_ALLOWED: mark("This is not for you to see, or not any more."),
    Refusal.MISSING: GONE,
    Refusal.EXPIRED: mark("Door and phone are no longer shown: the task ended a while ago."),
}

TABLES: dict[type[StrEnum], dict[StrEnum, str]] = {
    FileOutcome: FILED,
    CancelOutcome: CANCELLED,
    ClaimOutcome: CLAIMED,
    DeclineOutcome: DECLINED,
    HandBackOutcome: HANDED_BACK,
    ConfirmOutcome: CONFIRMED,
    ArrivalOutcome: VISITED,
    SwapOutcome: SWAP,
    WorkOutcome: SET_OUT,
    DoneOutcome: REPORTED,
    ContactOutcome: CONTACT,
    VerdictOutcome: JUDGED,
    RateOutcome: RATED,
    ReopenOutcome: REOPENED,
    WrongOutcome: WRONG,
    CallOutcome: CALLED,
    DeskOutcome: DESK,
    Refusal: REFUSED,
}
"""Every kind of outcome; equal values of different kinds never meet in one table."""


def said(outcome: StrEnum) -> str:
    """Say what an act has come to."""
    return _(TABLES[type(outcome)][outcome])
