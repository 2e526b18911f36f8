"""Kinds of notice, reminder and card of requests for help."""

from models.outbox.kinds import NoticeKind, Waits, notice
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class Notice(NoticeKind):
    """Kinds of notice; the subject of each is the request."""

    OFFER = notice(
        "help.offer",
        mark("a volunteer is asked"),
        to="the volunteers of a ring",
        when=(
            "a request is filed; hands are still missing after the wait of the last ring; a "
            "holder is lost and nobody waits in line; it is asked again"
        ),
        changes="yes",
        waits=Waits.ALWAYS,
    )
    NEW = notice(
        "help.new",
        mark("a new request for its owner"),
        to="the owner",
        when="a request became theirs by being filed",
        changes="yes",
    )
    FILED_FOR = notice(
        "help.filed_for",
        mark("a request was written down for a resident"),
        to="the resident",
        when="staff filed a request for them",
    )
    OWNER = notice(
        "help.owner",
        mark("another owner"),
        to="the new and the former owner",
        when="the desk takes over or hands over",
        detail="`person` (new owner)",
        changes="yes",
    )
    UNCLAIMED = notice(
        "help.unclaimed",
        mark("nobody has taken a task"),
        to="the owner, then the secretary, then the street, a ring's wait apart",
        when="hands are missing after the last ring",
        detail="`missing`, `asked`, `late`, `rung`",
        changes="yes",
    )
    CLAIMED = notice(
        "help.claimed",
        mark("somebody has taken a task"),
        to="the resident",
        when="somebody took a hand or was assigned one",
        detail="`person`",
    )
    ASSIGNED = notice(
        "help.assigned",
        mark("a task was given to a volunteer"),
        to="the volunteer",
        when="staff gave them a task",
        changes="yes",
    )
    PROMOTED = notice(
        "help.promoted",
        mark("moved up from the waiting list"),
        to="the volunteer",
        when="first in line, a hand became free: it is theirs",
        changes="yes",
    )
    HANDED_BACK = notice(
        "help.handed_back",
        mark("a task was handed back"),
        to="the resident and the owner",
        when="a holder gave a task back, did not answer, or did not come",
        detail="`person`, `reason`, `promoted` (or null)",
    )
    BEFORE_START = notice(
        "help.before_start",
        mark("still coming?"),
        to="the holder",
        when="'still coming?': 2 hours before the start; without a start, a while after taking it",
        detail="`late`",
        changes="yes",
    )
    ON_WAY = notice(
        "help.on_way",
        mark("a volunteer is on the way"),
        to="the resident",
        when="a holder has set out",
        detail="`person`",
    )
    LATE = notice(
        "help.late",
        mark("a volunteer comes later"),
        to="the resident",
        when="a holder says they come later",
        detail="`person`, `minutes`",
    )
    DONE = notice(
        "help.done",
        mark("done: solved or not?"),
        to="the resident",
        when="the work is reported done: solved or not?",
        detail="`person`",
        changes="yes",
    )
    AFTER_DONE = notice(
        "help.after_done",
        mark("asked again: solved or not?"),
        to="the resident",
        when="24 and 72 hours after 'done' without a word",
        detail="`late`",
        changes="yes",
    )
    UNCONFIRMED = notice(
        "help.unconfirmed",
        mark("a resident is to be rung back"),
        to="the owner; the secretary where the owner put it right under an order",
        when="96 hours after 'done' without a word: to be called back",
        detail="`late`",
        changes="yes",
    )
    THANKS = notice(
        "help.thanks",
        mark("thanks to who helped"),
        to="everybody who did it, and whoever put it right under an order",
        when="the resident says solved; shows the stars once given",
        changes="yes",
        waits=Waits.ALWAYS,
    )
    UNSOLVED = notice(
        "help.unsolved",
        mark("a resident says: not solved"),
        to="the owner",
        when="the resident says not solved",
        changes="yes",
    )
    GIVEN_UP = notice(
        "help.given_up",
        mark("closed after calls that nobody answered"),
        to="the resident",
        when="closed as unconfirmed after calls that nobody answered: they can still say",
        changes="yes",
    )
    CANCELLED = notice(
        "help.cancelled",
        mark("a request was called off"),
        to="the owner, holders and those in line; the resident if staff called it off",
        when="a request is called off",
    )
    EXPIRED = notice(
        "help.expired",
        mark("a request has expired"),
        to="the resident and the owner",
        when="nobody took an open request for 30 days",
    )
    ASKED_AGAIN = notice(
        "help.asked_again",
        mark("a request was opened again"),
        to="the resident",
        when="staff opened an unsolved or expired request again",
    )
    NOTE = notice(
        "help.note",
        mark("a note on a request"),
        to="everybody else of resident, owner and holders",
        when="somebody of them said or showed something about it",
        detail="`line`",
    )
    CONTACT = notice(
        "help.contact",
        mark("door and phone for a volunteer"),
        to="the holder who tapped for it",
        when=(
            "door and phone, a card a look; every rendering asks anew whether they may be seen, "
            "and says 'hidden again' once the task is held no more, 48 hours after closing, or "
            "after 'Hide'"
        ),
        detail="`look`, `claim`, `hidden`",
        changes="yes",
    )
    WAITING = notice(
        "help.waiting",
        mark("the desk waits for the resident"),
        to="the resident",
        when=(
            "the desk waits for them, with a question or without; the clocks stand still until "
            "they write, and the card says so"
        ),
        detail="`line`",
        changes="yes",
    )
    NUDGE = notice(
        "help.nudge",
        mark("a promise is nearly used up"),
        to="the owner",
        when="80 per cent of the time for the answer or the solution is used up",
        detail="`clock`, `rung`, `late`",
        changes="yes",
    )
    BREACH = notice(
        "help.breach",
        mark("a promise is broken"),
        to="the owner and the secretary; then the street",
        when=(
            "a promise is broken, and still broken a set time later; after an outage each is "
            "told once, of the highest rung"
        ),
        detail="`clock`, `rung`, `late`",
        changes="yes",
    )
    LATE_TOLD = notice(
        "help.late_told",
        mark("a resident is told that it takes longer"),
        to="the resident",
        when=(
            "it is not solved by the date promised; and once more when a promise is so late "
            "that the street is told"
        ),
        detail="`clock`, `rung`, `late`, `led` (a secretary knows)",
    )
    NOBODY_YET = notice(
        "help.nobody_yet",
        mark("a resident is told that hands are missing"),
        to="the resident",
        when="the first alarm, that hands are missing after the last ring",
    )
    LET_GO = notice(
        "help.let_go",
        mark("a task was taken away from a silent volunteer"),
        to="the former holder",
        when="they did not answer 'still coming?' in time, or were awaited and did not come",
        changes="yes",
    )
    OUT_OF_TOUCH = notice(
        "help.out_of_touch",
        mark("somebody counted on is out of reach"),
        to="owner and resident; where it is the resident, owner and holders",
        when=(
            "our messages do not reach a holder, or the resident, any more; in an emergency a "
            "holder who has not set out is let go instead"
        ),
        detail="`person`",
    )
    VISIT = notice(
        "help.visit",
        mark("a volunteer is asked how it stands"),
        to="the holder",
        when=(
            "30 minutes after the start without a word, 3 hours after 'on my way' without "
            "'done', and again later"
        ),
        detail="`person`, `late`",
        changes="yes",
    )
    HAS_COME = notice(
        "help.has_come",
        mark("a resident is asked whether somebody came"),
        to="the resident",
        when="the same moments",
        detail="`person`, `late`",
        changes="yes",
    )
    SWAP = notice(
        "help.swap",
        mark("somebody would change tasks"),
        to="another holder",
        when="somebody would change tasks with them",
        detail="`swap`",
        changes="yes",
    )
    SWAP_ANSWER = notice(
        "help.swap_answer",
        mark("an answer about changing tasks"),
        to="whoever proposed to change",
        when="the other has answered",
        detail="`swap`",
    )
    SWAPPED = notice(
        "help.swapped",
        mark("two volunteers have changed tasks"),
        to="the resident",
        when="two holders have changed tasks",
        detail="`person`, `instead_of`",
    )


CARDS = tuple(kind for kind in Notice if kind.declared.changes)
"""Notices with buttons: they change in place with every move on their request."""


AT_THE_DOOR = frozenset({Notice.ON_WAY, Notice.LATE})
"""Notices between two people one of whom is about to stand before the other's door: they cannot
wait for the end of quiet hours."""


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the request; of CLAIM_REMINDERS the claim."""

    UNCLAIMED = reminder(
        "help.unclaimed",
        mark("nobody has taken it: ask more"),
        Lateness.ESCALATE,
        about="the request",
        does=(
            "hands are still missing: the next ring of volunteers is asked, or the next alarm "
            "given; in quiet hours not before their end, emergencies excepted"
        ),
    )
    BEFORE_START = reminder(
        "help.before_start",
        mark("ask the volunteer: still coming?"),
        Lateness.SEND_LATE,
        about="the claim",
        does="asks a holder who has not set out 'still coming?'",
    )
    AFTER_DONE = reminder(
        "help.after_done",
        mark("ask the resident: solved?"),
        Lateness.SEND_LATE,
        about="the request",
        does="asks a silent resident again whether it is solved",
    )
    UNCONFIRMED = reminder(
        "help.unconfirmed",
        mark("ring the resident back"),
        Lateness.SEND_LATE,
        about="the request",
        does=(
            "puts a request whose resident stayed silent on the call-back list, and tells the owner"
        ),
    )
    EXPIRE = reminder(
        "help.expire",
        mark("let an old request expire"),
        Lateness.SEND_LATE,
        about="the request",
        does="ends an open request that nobody took; one that goes on is looked at again later",
    )
    CONTACT_ENDS = reminder(
        "help.contact_ends",
        mark("hide door and phone again"),
        Lateness.SEND_LATE,
        about="the request",
        does="takes door and phone off the phones of those who helped",
    )
    CLOCK = reminder(
        "help.clock",
        mark("watch over a promise"),
        Lateness.SEND_LATE,
        about="the request",
        does=(
            "a promise is nearly used up, or broken: the owner is nudged, the secretary told, "
            "then the street; the resident at the date of the solution, and with the street; "
            "sets the next step"
        ),
    )
    NO_ANSWER = reminder(
        "help.no_answer",
        mark("a volunteer has not answered: ask the next"),
        Lateness.SEND_LATE,
        about="the claim",
        does=(
            "lets go of a holder who has not answered: the next in line is promoted, or others "
            "are asked"
        ),
    )
    VISIT = reminder(
        "help.visit",
        mark("ask how a visit went"),
        Lateness.SEND_LATE,
        about="the claim",
        does="asks holder and resident whether somebody has come, and again a while later",
    )


CLAIM_REMINDERS = (Reminder.BEFORE_START, Reminder.NO_ANSWER, Reminder.VISIT)
"""Reminders of what is asked of one holder: their subject is the claim."""
