"""Names of the notices and reminders of help; docs/notices.md says to whom each goes and when."""

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
    CANCELLED = "help.cancelled"
    EXPIRED = "help.expired"
    ASKED_AGAIN = "help.asked_again"
    NOTE = "help.note"
    CONTACT = "help.contact"


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
    Notice.THANKS,
    Notice.CONTACT,
)
"""Notices with buttons: they change in place with every move on their request."""


AT_THE_DOOR = frozenset({Notice.ON_WAY, Notice.LATE})
"""Notices between two people one of whom is about to stand before the other's door: they cannot
wait for the end of quiet hours."""


class Reminder(StrEnum):
    """Kinds of reminder; the subject is the request, of BEFORE_START the claim."""

    UNCLAIMED = "help.unclaimed"
    BEFORE_START = "help.before_start"
    AFTER_DONE = "help.after_done"
    UNCONFIRMED = "help.unconfirmed"
    EXPIRE = "help.expire"
    CONTACT_ENDS = "help.contact_ends"
