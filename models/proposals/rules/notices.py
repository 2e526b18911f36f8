"""Kinds of notice, reminder and card of proposals; lines of their timeline."""

from enum import StrEnum


class Topic(StrEnum):
    """What a proposal is about."""

    SURROUNDINGS = "surroundings"
    FACILITIES = "facilities"
    SAFETY = "safety"
    TRAFFIC = "traffic"
    ELDERLY = "elderly"
    CHILDREN = "children"
    CULTURE = "culture"
    MANAGEMENT = "management"
    """The property company, fees, rules of the house."""
    OTHER = "other"


class Readers(StrEnum):
    """Who reads a line of the timeline; the desk reads all."""

    ALL = "all"
    AUTHOR = "author"
    DESK = "desk"


class Line(StrEnum):
    """Kinds of line in a proposal's timeline."""

    SUBMITTED = "submitted"
    RESUBMITTED = "resubmitted"
    EDITED = "edited"
    """detail: `version`, `asked` (how many seconders were asked anew)."""
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    """detail: `needed`, `until` (ISO instant)."""
    RETURNED = "returned"
    MERGED = "merged"
    """It was merged into another. detail: `into`."""
    TOOK_IN = "took_in"
    """Another was merged into it. detail: `number`, `moved` (seconds that came along)."""
    TURNED = "turned"
    """detail: `request` (its number)."""
    RECEPTION_LATE = "reception_late"
    REACHED = "reached"
    """detail: `count`."""
    LAPSED = "lapsed"
    """detail: `count`, `needed`."""
    MEETING = "meeting"
    """detail: `meeting`."""
    MEETING_MOVED = "meeting_moved"
    """detail: `meeting`; `starts` where the time is another."""
    MEETING_OFF = "meeting_off"
    """detail: `meeting`."""
    MINUTES = "minutes"
    """detail: `meeting`."""
    VOTE = "vote"
    """detail: `vote`."""
    VOTE_OFF = "vote_off"
    """detail: `vote`."""
    COUNTED = "counted"
    """detail: `vote`, `result`, `yes`, `no`, `abstain`, `eligible`."""
    ADOPTED = "adopted"
    DECLINED = "declined"
    ASSIGNED = "assigned"
    """detail: `body`, `person`, `due` (ISO instant)."""
    PROGRESS = "progress"
    """detail: `media` (how many pictures came with it)."""
    HELP = "help"
    """Volunteers were asked for a part. detail: `request` (id), `number`."""
    OVERDUE = "overdue"
    DELIVERED = "delivered"
    RATED = "rated"
    """The time for rating is over. detail: `count`, `mean` (stars)."""
    REDO = "redo"
    CLOSED = "closed"
    LOOKED = "looked"
    """Staff looked at who the author is."""


class Notice(StrEnum):
    """Kinds of notice; the subject is the proposal."""

    CARD = "proposals.card"
    """The proposal itself, asked for by a tap; its count keeps moving."""
    NEW = "proposals.new"
    WAITS = "proposals.waits"
    """Most of the time for reception is used up, or all of it."""
    LATE_TOLD = "proposals.late_told"
    ACCEPTED = "proposals.accepted"
    RETURNED = "proposals.returned"
    MERGED = "proposals.merged"
    TURNED = "proposals.turned"
    CHANGED = "proposals.changed"
    """Those who seconded it are asked whether they still do."""
    WITHDRAWN = "proposals.withdrawn"
    REACHED = "proposals.reached"
    LAPSED = "proposals.lapsed"
    DECIDED = "proposals.decided"
    YOURS = "proposals.yours"
    PROGRESS = "proposals.progress"
    OVERDUE = "proposals.overdue"
    DELIVERED = "proposals.delivered"
    """Those who backed it are asked to rate it."""
    LOOK_AGAIN = "proposals.look_again"
    """It was rated badly: the secretary has to look."""
    CLOSED = "proposals.closed"


COUNTED_CARDS = (Notice.CARD, Notice.ACCEPTED)
"""Cards that show the live count of seconds."""


CARDS = (*COUNTED_CARDS, Notice.NEW, Notice.WAITS, Notice.CHANGED, Notice.YOURS,
         Notice.OVERDUE, Notice.DELIVERED, Notice.LOOK_AGAIN)  # fmt: skip
"""Cards that change in place with every move."""


class Reminder(StrEnum):
    """Kinds of reminder; the subject is the proposal."""

    RECEPTION = "proposals.reception"
    """Most of the time for reception is used up; then: all of it."""
    SECONDING = "proposals.seconding"
    """The date by which enough must have seconded it."""
    COUNT = "proposals.count"
    """Open cards show the new count."""
    DUE = "proposals.due"
    STREET = "proposals.street"
    RATING = "proposals.rating"
    """The time for rating is over."""
