"""Kinds of notice, reminder and card of requests for help."""

from enum import StrEnum


class Notice(StrEnum):
    """Kinds of notice; the subject of each is the request."""

    OFFER = "help.offer"
    NEW = "help.new"
    FILED_FOR = "help.filed_for"
    OWNER = "help.owner"
    UNCLAIMED = "help.unclaimed"
    CLAIMED = "help.claimed"
    ASSIGNED = "help.assigned"
    PROMOTED = "help.promoted"
    HANDED_BACK = "help.handed_back"
    BEFORE_START = "help.before_start"
    ON_WAY = "help.on_way"
    LATE = "help.late"
    DONE = "help.done"
    AFTER_DONE = "help.after_done"
    UNCONFIRMED = "help.unconfirmed"
    THANKS = "help.thanks"
    UNSOLVED = "help.unsolved"
    GIVEN_UP = "help.given_up"
    CANCELLED = "help.cancelled"
    EXPIRED = "help.expired"
    ASKED_AGAIN = "help.asked_again"
    NOTE = "help.note"
    CONTACT = "help.contact"
    WAITING = "help.waiting"
    NUDGE = "help.nudge"
    BREACH = "help.breach"
    LATE_TOLD = "help.late_told"
    NOBODY_YET = "help.nobody_yet"
    LET_GO = "help.let_go"
    OUT_OF_TOUCH = "help.out_of_touch"
    VISIT = "help.visit"
    HAS_COME = "help.has_come"
    SWAP = "help.swap"
    SWAP_ANSWER = "help.swap_answer"
    SWAPPED = "help.swapped"


CARDS = (
    Notice.OFFER,
    Notice.NEW,
    Notice.OWNER,
    Notice.UNCLAIMED,
    Notice.ASSIGNED,
    Notice.PROMOTED,
    Notice.BEFORE_START,
    Notice.DONE,
    Notice.AFTER_DONE,
    Notice.UNCONFIRMED,
    Notice.UNSOLVED,
    Notice.GIVEN_UP,
    Notice.THANKS,
    Notice.CONTACT,
    Notice.WAITING,
    Notice.NUDGE,
    Notice.BREACH,
    Notice.LET_GO,
    Notice.VISIT,
    Notice.HAS_COME,
    Notice.SWAP,
)
"""Notices with buttons: they change in place with every move on their request."""


AT_THE_DOOR = frozenset({Notice.ON_WAY, Notice.LATE})
"""Notices between two people one of whom is about to stand before the other's door: they cannot
wait for the end of quiet hours."""


class Reminder(StrEnum):
    """Kinds of reminder; the subject is the request; of CLAIM_REMINDERS the claim."""

    UNCLAIMED = "help.unclaimed"
    BEFORE_START = "help.before_start"
    AFTER_DONE = "help.after_done"
    UNCONFIRMED = "help.unconfirmed"
    EXPIRE = "help.expire"
    CONTACT_ENDS = "help.contact_ends"
    CLOCK = "help.clock"
    NO_ANSWER = "help.no_answer"
    VISIT = "help.visit"


CLAIM_REMINDERS = (Reminder.BEFORE_START, Reminder.NO_ANSWER, Reminder.VISIT)
"""Reminders of what is asked of one holder: their subject is the claim."""
