"""Kinds of notice, reminder and card of broadcasts."""

from enum import StrEnum


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


class Notice(StrEnum):
    """Pushes; the subject is the broadcast."""

    COPY = "broadcasts.copy"
    """What it is all about: one a recipient, in their language."""
    ALBUM = "broadcasts.album"
    """The pictures of an album, just before its copy, which has the words and the buttons."""
    TEST = "broadcasts.test"
    """A copy to the sender alone, unmistakably a test."""
    APPROVE = "broadcasts.approve"
    """Asks whoever may to approve it."""
    DECIDED = "broadcasts.decided"
    """Tells the author that it was approved or sent back."""
    NOT_BEGUN = "broadcasts.not_begun"
    """Tells the author that its hour came, and that it needs a second person by now."""
    MISSED = "broadcasts.missed"
    """Asks the author whether what missed its day is still to go."""
    CHANGED = "broadcasts.changed"
    """Tells who approved it that its author has corrected or recalled it since."""
    WHILE_AWAY = "broadcasts.while_away"
    """Tells who is back in reach how many they missed; the subject is the reader."""
    CORRECTED = "broadcasts.corrected"
    """Tells whoever has a copy that it reads otherwise by now: a change in place makes no sound."""
    PROGRESS = "broadcasts.progress"
    """The one message in the author's chat that shows how far it is."""
    ENDED = "broadcasts.ended"
    """Tells the author that every copy is settled, with the report."""


class Reminder(StrEnum):
    """What the clock does; the subject is the broadcast."""

    START = "broadcasts.start"
    PROGRESS = "broadcasts.progress"
