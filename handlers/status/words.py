"""How things of the status are called."""

from handlers.i18n import gettext as _
from handlers.i18n import mark
from models.kinds import NOTICES, REMINDERS
from models.outbox.rules import Lane
from models.status.rules import LISTED_AT_MOST, LetGo, Mending, Trouble, UpdateKind
from models.status.views import BrokenReminder

LANES = {
    Lane.ANSWER: mark("Answers"),
    Lane.URGENT: mark("Urgent"),
    Lane.LIVE: mark("On the way, and changed cards"),
    Lane.NOTICE: mark("Ordinary notices"),
    Lane.BULK: mark("Broadcasts"),
}

UPDATES = {
    UpdateKind.TEXT: mark("a written message"),
    UpdateKind.PHOTO: mark("a photo"),
    UpdateKind.VOICE: mark("a voice message"),
    UpdateKind.LOCATION: mark("a location"),
    UpdateKind.CONTACT: mark("a contact"),
    UpdateKind.OTHER_MESSAGE: mark("another kind of message"),
    UpdateKind.EDITED: mark("a changed message"),
    UpdateKind.TAP: mark("a tap on a button"),
    UpdateKind.MEMBERSHIP: mark("the bot was added, blocked or removed"),
    UpdateKind.UNKNOWN: mark("something unknown"),
}


LET_GO = {
    LetGo.TOO_LATE: mark("it came too late to be of use"),
    LetGo.BY_STAFF: mark("somebody dropped it"),
    LetGo.TURNED_OFF: mark("it is turned off"),
    LetGo.NO_USE: mark("there was nothing left to say"),
}

TROUBLES = {
    Trouble.OVERDUE: mark("overdue"),
    Trouble.FAILED: mark("failed"),
    Trouble.LET_GO: mark("let go"),
}

MENDED = {
    Mending.REPLAY_ASKED: mark("It is taken again in a moment. If it fails, it comes back here."),
    Mending.SENT_AGAIN: mark("It goes out again."),
    Mending.TRIED_AGAIN: mark("It is tried again in a moment. If it fails, it comes back here."),
    Mending.TOO_LATE: mark("Too late for it to be of use: it was let go."),
    Mending.DROPPED: mark("Dropped."),
    Mending.ALREADY: mark("Somebody was quicker, or it is no longer there."),
    Mending.NOT_ALLOWED: mark("This is not of your places. The attempt has been noted."),
}


def lane(value: Lane) -> str:
    """Call a lane."""
    return _(LANES[value])


def update(kind: UpdateKind) -> str:
    """Call a kind of update."""
    return _(UPDATES[kind])


def notice(kind: str | None) -> str:
    """Call a kind of notice; None is an answer."""
    if kind is None:
        return _("an answer")
    return _(NOTICES[kind].declared.label) if kind in NOTICES else kind


def reminder(kind: str) -> str:
    """Call a kind of reminder."""
    return _(REMINDERS[kind].declared.label) if kind in REMINDERS else kind


def why(value: LetGo | None) -> str:
    """Say why a reminder was let go."""
    return _(LET_GO[value or LetGo.NO_USE])


def trouble(one: BrokenReminder) -> str:
    """Say in a word or two what is the matter with a reminder."""
    return why(one.why) if one.why else _(TROUBLES[one.trouble])


def said(outcome: Mending) -> str:
    """Say what an act has come to."""
    return _(MENDED[outcome])


def counted(number: int) -> str:
    """Say how many: lists end somewhere."""
    return f"{number}+" if number >= LISTED_AT_MOST else str(number)
