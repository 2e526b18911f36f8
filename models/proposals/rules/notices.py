"""Kinds of notice, reminder and card of proposals; lines of their timeline."""

from enum import StrEnum

from models.outbox.kinds import NoticeKind, Waits, notice
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class ProposalTopic(StrEnum):
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


class ProposalEvent(StrEnum):
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


class Notice(NoticeKind):
    """Kinds of notice; the subject is the proposal."""

    CARD = notice(
        "proposals.card",
        mark("the card of a proposal"),
        to="whoever asked for it",
        when="a tap, a number or a link: an answer that keeps its count",
        changes="yes, the newest of each reader",
    )
    NEW = notice(
        "proposals.new",
        mark("a new proposal for the office"),
        to="whoever receives it",
        when="a proposal is submitted, or submitted again",
        changes="yes",
    )
    WAITS = notice(
        "proposals.waits",
        mark("a proposal waits for the office"),
        to="whoever receives it; at the breach the secretaries as well",
        when="most of the time for its reception is used up; all of it is",
        detail="`breach`, `late`",
        changes="yes",
    )
    LATE_TOLD = notice(
        "proposals.late_told",
        mark("an author is told that it takes longer"),
        to="the author",
        when="the office has not answered in time",
    )
    ACCEPTED = notice(
        "proposals.accepted",
        mark("a proposal was accepted"),
        to="the author",
        when="it is accepted",
        changes="yes, with its count",
    )
    RETURNED = notice(
        "proposals.returned",
        mark("a proposal was returned"),
        to="the author",
        when="it is returned, with the reason",
    )
    MERGED = notice(
        "proposals.merged",
        mark("a proposal was merged"),
        to="the author and everybody who backs it",
        when="it was merged into another; shows that one",
        detail="`into`",
        waits=Waits.ALWAYS,
    )
    TURNED = notice(
        "proposals.turned",
        mark("a proposal became a request"),
        to="the author",
        when="it has become a request for help; names its number",
    )
    CHANGED = notice(
        "proposals.changed",
        mark("a text was changed: still support it?"),
        to="everybody who backs it",
        when="its text was changed: what changed, and whether they still second it",
        changes="yes",
        waits=Waits.AT_NIGHT,
    )
    WITHDRAWN = notice(
        "proposals.withdrawn",
        mark("a proposal was withdrawn"),
        to="everybody who backs it",
        when="its author has withdrawn it",
        waits=Waits.ALWAYS,
    )
    REACHED = notice(
        "proposals.reached",
        mark("a proposal has enough supporters"),
        to="the author, everybody who backs it, the secretaries",
        when="enough second it",
        waits=Waits.ALWAYS,
    )
    LAPSED = notice(
        "proposals.lapsed",
        mark("a proposal had too few supporters"),
        to="the author and everybody who backs it",
        when="too few have seconded it by its date",
        detail="`late`",
        waits=Waits.ALWAYS,
    )
    DECIDED = notice(
        "proposals.decided",
        mark("a proposal was decided"),
        to="the author and everybody who backs it",
        when=(
            "it is adopted or declined, with the reasons and what is promised; the subject of "
            "every `proposals` notice is the proposal"
        ),
        waits=Waits.ALWAYS,
    )
    YOURS = notice(
        "proposals.yours",
        mark("somebody is to deliver a proposal"),
        to="whoever answers for the delivery, and whoever did before",
        when="it is underway, handed on, taken up again, or its terms have changed",
        detail="`new` (it became theirs)",
        changes="yes",
    )
    PROGRESS = notice(
        "proposals.progress",
        mark("how a proposal goes"),
        to="the author and everybody who backs it, but for those who have a card about it",
        when=(
            "it is underway; it has another date; a note was written; its date has passed; it "
            "was rated badly; it is taken up again"
        ),
        detail="`what`, `line`, `late`",
        waits=Waits.ALWAYS,
    )
    OVERDUE = notice(
        "proposals.overdue",
        mark("a delivery is overdue"),
        to=(
            "whoever answers for the delivery and the secretaries; a working week later the street"
        ),
        when="its date has passed; or nobody is named who delivers what was adopted",
        detail="`late`, `street`",
        changes="yes",
    )
    DELIVERED = notice(
        "proposals.delivered",
        mark("a proposal was delivered: stars"),
        to="the author and everybody who backs it, to be rated; whoever answers for it",
        when="it is delivered",
        changes="yes",
        waits=Waits.AT_NIGHT,
    )
    LOOK_AGAIN = notice(
        "proposals.look_again",
        mark("a delivery was rated badly"),
        to="the secretaries, rather those who did not deliver it; whoever answers for it",
        when="the time for rating is over, and they are not content",
        detail="`late`",
        changes="yes",
    )
    CLOSED = notice(
        "proposals.closed",
        mark("a proposal is done"),
        to="the author, everybody who backs it, and whoever answers for it",
        when="it is closed: after the time for rating, or by the secretary",
        waits=Waits.ALWAYS,
    )


COUNTED_CARDS = (Notice.CARD, Notice.ACCEPTED)
"""Cards that show the live count of seconds."""


CARDS = tuple(kind for kind in Notice if kind.declared.changes)
"""Cards that change in place with every move."""


class Reminder(ReminderKind):
    """Kinds of reminder; the subject is the proposal."""

    RECEPTION = reminder(
        "proposals.reception",
        mark("watch over the answer to a proposal"),
        Lateness.ESCALATE,
        about="the proposal",
        does=(
            "most of the time for its reception is used up: whoever receives it is nudged; all "
            "of it: the secretaries are told, and its author how it stands; passed over once it "
            "was answered"
        ),
    )
    SECONDING = reminder(
        "proposals.seconding",
        mark("the date for seconding has come"),
        Lateness.SEND_LATE,
        about="the proposal",
        does="closes with thanks what too few have seconded by its date",
    )
    COUNT = reminder(
        "proposals.count",
        mark("show how many support it"),
        Lateness.SEND_LATE,
        about="the proposal",
        does=(
            "shows on the newest card of each reader how many second it by now; a move has "
            "changed them already"
        ),
    )
    DUE = reminder(
        "proposals.due",
        mark("a delivery's date has come"),
        Lateness.ESCALATE,
        about="the proposal",
        does=(
            "a delivery's date has come: tells its owner, the secretaries, the author and "
            "everybody who backs it; one whose owner no longer works there falls to whoever "
            "answers for the place; what was adopted five working days ago and is in nobody's "
            "hands: tells the secretaries"
        ),
    )
    STREET = reminder(
        "proposals.street",
        mark("tell the street of a late delivery"),
        Lateness.ESCALATE,
        about="the proposal",
        does=(
            "tells the street of what is still not delivered, or in nobody's hands, a working "
            "week later"
        ),
    )
    RATING = reminder(
        "proposals.rating",
        mark("count the stars of a delivery"),
        Lateness.SEND_LATE,
        about="the proposal",
        does=(
            "ends the time for rating: closes what people are content with or silent about, has "
            "the secretaries look again at the rest"
        ),
    )
