"""What replies, parts and outcomes of meetings are called."""

from collections.abc import Iterable
from enum import StrEnum

from handlers.i18n import gettext as _
from handlers.i18n import mark, ngettext
from handlers.proposals import labels
from models.meetings.rules.notices import GuestGroup, Reply
from models.meetings.rules.outcomes import (
    ArriveOutcome,
    LinkOutcome,
    MeetingCallOutcome,
    MeetingOutcome,
    Refusal,
    ReplyOutcome,
)
from models.meetings.views import GuestCounts
from models.proposals.rules.outcomes import ProposalOutcome

REPLIES = {
    Reply.YES: ("✅", mark("comes")),
    Reply.NO: ("❌", mark("cannot come")),
    Reply.INSTEAD: ("🙋", mark("sends somebody else")),
    Reply.LISTENER: ("👂", mark("came to listen")),
}
SILENT = ("⚪", mark("has not said"))

PARTS = {
    GuestGroup.MEMBERS: mark("Party members of the community"),
    GuestGroup.STAFF: mark("Staff of the community"),
    GuestGroup.BUILDING: mark("Everybody of a building"),
}

GONE = mark("This meeting is no longer there.")
IS_OFF = mark("This meeting was called off.")
NOT_YOURS = mark("This meeting is not in your hands. The attempt has been noted.")

CALLS: dict[StrEnum, str] = {
    MeetingCallOutcome.ALREADY: mark("This meeting has been called already."),
    MeetingCallOutcome.PAST: mark("That hour has passed. When shall it be?"),
    MeetingCallOutcome.TOO_FAR: mark("That is more than a year ahead. Which day, please?"),
    MeetingCallOutcome.NO_WHERE: mark("Please write where it is, so that everybody finds it."),
    MeetingCallOutcome.MOVED_ON: mark(
        "One of these proposals has moved on. Please choose once more."
    ),
    MeetingCallOutcome.TOO_MANY: mark("That is more than one meeting can talk over."),
    MeetingCallOutcome.BAD_BUILDING: mark("Please choose a building of this community."),
}

ACTS: dict[StrEnum, str] = {
    MeetingOutcome.DONE: mark("Done."),
    MeetingOutcome.ALREADY: mark("That is so already."),
    MeetingOutcome.UNCHANGED: mark("Nothing has changed, so nobody was told."),
    MeetingOutcome.EMPTY: mark("A few words are needed, or a document or a photo."),
    MeetingOutcome.PAST: mark("That has passed. Please name a time to come."),
    MeetingOutcome.TOO_FAR: mark("That is more than a year ahead."),
    MeetingOutcome.TOO_EARLY: mark("The meeting has not begun yet."),
    MeetingOutcome.TOO_LATE: mark("The meeting has begun or is over; this cannot be done now."),
    MeetingOutcome.OFF: IS_OFF,
    MeetingOutcome.BAD_OWNER: mark("Please choose somebody who came, or who works here."),
    MeetingOutcome.NOT_ALLOWED: NOT_YOURS,
    MeetingOutcome.MISSING: GONE,
}

ANSWERED: dict[StrEnum, str] = {
    ReplyOutcome.NOTED: mark("Noted, thank you!"),
    ReplyOutcome.ALREADY: mark("That is what you said. Thank you!"),
    ReplyOutcome.TOO_LATE: mark("The meeting has begun; answers are closed."),
    ReplyOutcome.OFF: IS_OFF,
    ReplyOutcome.NOT_INVITED: mark("You are not on the list of guests of this meeting."),
    ReplyOutcome.MISSING: GONE,
}

LINKS: dict[StrEnum, str] = {
    LinkOutcome.YOURS: mark("Thank you! You are on the list now."),
    LinkOutcome.ALREADY: mark("You have taken this place already. See you there!"),
    LinkOutcome.TAKEN: mark("Somebody else has taken this place already. Thank you all the same!"),
    LinkOutcome.OWN: mark("This is your own link: hand it to whoever comes instead of you."),
    LinkOutcome.INVITED: mark("You are invited yourself: just say whether you come."),
    LinkOutcome.WITHDRAWN: mark("This place is no longer to be had. Thank you all the same!"),
    LinkOutcome.TOO_LATE: mark("This meeting has begun or is over."),
    LinkOutcome.OFF: IS_OFF,
    LinkOutcome.MISSING: mark("This link is no longer in use. Please ask for a new one."),
}

ARRIVED: dict[StrEnum, str] = {
    ArriveOutcome.HERE: mark("Welcome! You are checked in."),
    ArriveOutcome.LISTENING: mark(
        "Welcome, neighbour! You were not invited, but you may listen. You are checked in."
    ),
    ArriveOutcome.ALREADY: mark("You are checked in already. Welcome!"),
    ArriveOutcome.TOO_EARLY: mark("A little early: people are checked in from an hour before."),
    ArriveOutcome.TOO_LATE: mark("The day of this meeting is over; nobody is checked in now."),
    ArriveOutcome.OFF: IS_OFF,
    ArriveOutcome.NOT_INVITED: mark(
        "This meeting is for those invited and for neighbours of the community. Please ask the "
        "person who invites."
    ),
    ArriveOutcome.MISSING: GONE,
}

REFUSALS: dict[StrEnum, str] = {
    Refusal.MISSING: GONE,
    Refusal.NOT_ALLOWED: mark("Only those who take part and the office see this."),
}

SAID: dict[type[StrEnum], dict[StrEnum, str]] = {
    MeetingCallOutcome: CALLS,
    MeetingOutcome: ACTS,
    ReplyOutcome: ANSWERED,
    LinkOutcome: LINKS,
    ArriveOutcome: ARRIVED,
    Refusal: REFUSALS,
}
"""By kind of outcome: those of one name are equal as keys."""


def said(outcome: StrEnum) -> str:
    """Say how an act turned out."""
    if isinstance(outcome, ProposalOutcome):
        return labels.said(outcome)
    return _(SAID[type(outcome)][outcome])


def called(invited: int) -> str:
    """Say that a meeting is called."""
    return ngettext(
        "✅ The meeting is called; {count} guest is on the list.",
        "✅ The meeting is called; {count} guests are on the list.",
        invited,
    ).format(count=invited)


def reply(value: Reply | None) -> str:
    """Say what a guest has said, with its sign."""
    sign, words = REPLIES[value] if value else SILENT
    return f"{sign} {_(words)}"


def parts(chosen: Iterable[GuestGroup]) -> str:
    """Name who is invited."""
    names = [_(PARTS[part]) for part in chosen]
    return _(", ").join([_("Authors and supporters"), *names])


def counts(found: GuestCounts) -> str:
    """Say how many have said what, and came."""
    told = _("👥 {invited} invited: {yes} come, {no} cannot, {silent} have not said").format(
        invited=found.invited, yes=found.yes, no=found.no, silent=found.silent + found.instead
    )
    if found.replaced:
        sent = ngettext(
            "🙋 {count} sends somebody else", "🙋 {count} send somebody else", found.replaced
        )
        told = f"{told}\n{sent.format(count=found.replaced)}"
    if not found.came:
        return told
    came = _("📍 {count} checked in").format(count=found.came)
    heard = _("{count} of them to listen").format(count=found.listeners)
    return f"{told}\n{came}" + (f" · {heard}" if found.listeners else "")
