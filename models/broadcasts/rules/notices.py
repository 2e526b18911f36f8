"""Kinds of notice, reminder and card of broadcasts."""

from enum import StrEnum

from models.outbox.kinds import NoticeKind, Waits, notice
from models.reminders.kinds import ReminderKind, reminder
from models.reminders.rules import Lateness
from models.text import mark


class Style(StrEnum):
    """How a broadcast looks, and which rules it goes by."""

    NOTICE = "notice"
    EMERGENCY = "emergency"
    """Overrides quiet hours and mutes, looks different, and never goes without a second person."""
    ROLL_CALL = "roll_call"
    """An emergency that asks everybody whether they are safe."""
    DRILL = "drill"
    """A roll-call that is none: it says so first and last, and opens no request."""


URGENT = frozenset({Style.EMERGENCY, Style.ROLL_CALL})
"""Nobody can mute these; they ring at night."""


UNMUTABLE = URGENT | {Style.DRILL}
"""Nobody is left out of these, whatever they have muted: a drill finds out who is reached."""


ROLL_CALLS = frozenset({Style.ROLL_CALL, Style.DRILL})
"""These ask 'are you safe', of people without a phone too."""


class Topic(StrEnum):
    """What a broadcast is about: each can be muted by itself, but in an emergency."""

    COMMUNITY = "community"
    UTILITIES = "utilities"
    """Water, power, gas, lifts, roads."""
    HEALTH = "health"
    EVENTS = "events"
    PARTY = "party"
    VOLUNTEERS = "volunteers"


class Way(StrEnum):
    """How a recipient is reached, as it was when the broadcast began."""

    CHAT = "chat"
    PROXY = "proxy"
    """Has no phone; whoever speaks for them is sent it in their stead."""
    NO_PHONE = "no_phone"
    UNREACHABLE = "unreachable"
    """Blocked the bot, or the account is gone."""
    MUTED = "muted"


OUT_OF_REACH = (Way.NO_PHONE, Way.UNREACHABLE)
"""At these doors somebody has to knock."""


class Medium(StrEnum):
    """What a broadcast's message is."""

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    VOICE = "voice"
    LOCATION = "location"
    ALBUM = "album"


class Does(StrEnum):
    """What a button under a broadcast does."""

    RECEIVED = "received"
    SIGN_UP = "sign_up"
    LINK = "link"
    PROPOSAL = "proposal"
    REQUEST = "request"


class Delivery(StrEnum):
    """What became of one recipient's copy: every recipient is in exactly one of these."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    """Telegram's answer was lost: it may have arrived, and is not sent again by itself."""
    REFUSED = "refused"
    """Blocked by the reader, or the account is gone: known when it was tried."""
    FAILED = "failed"
    """Telegram would not take the message."""
    CANCELLED = "cancelled"
    MUTED = "muted"
    OUT_OF_REACH = "out_of_reach"
    """No phone, or known before to be unreachable: nothing was tried."""


class Answer(StrEnum):
    """What somebody says to a roll-call, or somebody says of them."""

    SAFE = "safe"
    NEED_HELP = "need_help"
    CAN_HELP = "can_help"
    """Safe, and free to help others."""


class Notice(NoticeKind):
    """Pushes; the subject is the broadcast."""

    COPY = notice(
        "broadcasts.copy",
        mark("a broadcast"),
        to="every reader of a broadcast; lane `bulk`, of an emergency `urgent`",
        when=(
            "a broadcast begins: the words in the reader's language, with the buttons; the "
            "subject of every `broadcasts` notice is the broadcast"
        ),
        changes="yes, when it is corrected",
        waits=Waits.ALWAYS,
    )
    ALBUM = notice(
        "broadcasts.album",
        mark("what goes before a broadcast"),
        to="the same",
        when="just before the copy: the pictures of an album, or a point on the map",
        waits=Waits.ALWAYS,
    )
    TEST = notice(
        "broadcasts.test",
        mark("a broadcast to look at before it goes"),
        to="the author, in lane `answer`; whoever is asked to approve it",
        when="a test, and the copies that are to be approved, in each language",
        detail="`language`, `approving`",
    )
    APPROVE = notice(
        "broadcasts.approve",
        mark("asking a second person about a broadcast"),
        to="everybody else who may approve it; of an emergency in lane `urgent`",
        when="a broadcast waits for a second person",
        changes="yes, when it is decided",
    )
    DECIDED = notice(
        "broadcasts.decided",
        mark("a broadcast was approved or sent back"),
        to="the author; lane `live`",
        when="a broadcast was approved or sent back",
    )
    NOT_BEGUN = notice(
        "broadcasts.not_begun",
        mark("a broadcast did not begin"),
        to="the author",
        when=(
            "the hour of a broadcast comes, and by now it needs a second person: more people "
            "live there, or the author's right is gone"
        ),
    )
    MISSED = notice(
        "broadcasts.missed",
        mark("what to do with a broadcast that missed its day"),
        to="the author",
        when=(
            "the day for which a broadcast was planned is over: it has not gone, and is asked "
            "about; emergencies and roll-calls go all the same"
        ),
    )
    CHANGED = notice(
        "broadcasts.changed",
        mark("a broadcast was corrected or recalled"),
        to="who approved it; lane `live`",
        when="a broadcast was corrected or recalled since",
    )
    WHILE_AWAY = notice(
        "broadcasts.while_away",
        mark("how many broadcasts were missed"),
        to="whoever is back in reach",
        when=(
            "broadcasts were missed meanwhile: how many, in one line; they stand among the "
            "notices; the subject is the reader"
        ),
        detail="`since`",
    )
    CORRECTED = notice(
        "broadcasts.corrected",
        mark("a notice was corrected"),
        to="whoever has a copy",
        when="its words were corrected: a change in place makes no sound",
        waits=Waits.ALWAYS,
    )
    PROGRESS = notice(
        "broadcasts.progress",
        mark("how far a broadcast is"),
        to="the author",
        when=(
            "a broadcast begins; lane `live`; one card, changed every few seconds while "
            "something moves"
        ),
        changes="yes",
    )
    ENDED = notice(
        "broadcasts.ended",
        mark("the report of a broadcast"),
        to="the author",
        when="every copy of a broadcast is settled: the report; of an emergency in lane `live`",
    )


class Reminder(ReminderKind):
    """What the clock does; the subject is the broadcast."""

    START = reminder(
        "broadcasts.start",
        mark("begin a broadcast at its time"),
        Lateness.SEND_LATE,
        about="the broadcast",
        does=(
            "begins a broadcast at its hour, unless it was taken back or cancelled; late, its "
            "copies say for when it was meant; past its day an ordinary one or a drill does not "
            "go, it is a draft again and its author is asked; of a weekly one the next is made "
            "ready, weeks gone by meanwhile are passed over"
        ),
    )
    PROGRESS = reminder(
        "broadcasts.progress",
        mark("show how far a broadcast is"),
        Lateness.SEND_LATE,
        about="the broadcast",
        does=(
            "looks how far a broadcast is: changes the card in its author's chat where it has "
            "moved, every few seconds, ever more seldom while nothing moves; when every copy is "
            "settled it writes down what became of each, ends the broadcast and tells the "
            "author"
        ),
    )
