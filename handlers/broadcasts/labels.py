"""What topics, styles, states, outcomes, deliveries and taps of broadcasts are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from handlers.i18n import LANGUAGES, mark
from handlers.i18n import gettext as _
from handlers.volunteers.words import SKILLS
from models.broadcasts.rules.audience import Condition, Group
from models.broadcasts.rules.content import CopyButton, Fault
from models.broadcasts.rules.notices import Delivery, Does, Medium, Style, Topic
from models.broadcasts.rules.outcomes import BroadcastOutcome, Confirming
from models.broadcasts.rules.reports import Listing, Why
from models.broadcasts.rules.states import State
from models.categories import Skill

TOPICS = {
    Topic.COMMUNITY: mark("🏘 Community affairs"),
    Topic.UTILITIES: mark("🔧 Water, power, lifts, roads"),
    Topic.HEALTH: mark("🏥 Health"),
    Topic.EVENTS: mark("🎉 Events"),
    Topic.PARTY: mark("☭ Party branch"),
    Topic.VOLUNTEERS: mark("🙋 For volunteers"),
}

STYLES = {
    Style.NOTICE: mark("📢 Broadcast"),
    Style.EMERGENCY: mark("🚨🔴 EMERGENCY BROADCAST"),
    Style.ROLL_CALL: mark("🚨🔴 ROLL-CALL"),
    Style.DRILL: mark("🟦 DRILL: roll-call"),
}

STATES = {
    State.DRAFT: mark("✏️ draft, nobody has been sent it"),
    State.WAITING: mark("🖐 waits for a second person to approve it"),
    State.SCHEDULED: mark("⏳ will go by itself"),
    State.SENDING: mark("📤 being sent"),
    State.PAUSED: mark("⏸ paused"),
    State.SENT: mark("✅ sent"),
    State.CANCELLED: mark("⚪ cancelled"),
    State.DISCARDED: mark("🗑 thrown away"),
}

MEDIA = {
    Medium.PHOTO: mark("📷 a photo"),
    Medium.VIDEO: mark("🎞 a video"),
    Medium.DOCUMENT: mark("📎 a file"),
    Medium.VOICE: mark("🎤 a voice message"),
    Medium.LOCATION: mark("📍 a location"),
}

WHO = {
    Condition.ALL: mark("everybody"),
    Condition.PARTY: mark("party members"),
    Condition.STAFF: mark("staff"),
    Condition.VOLUNTEERS: mark("volunteers"),
    Condition.SKILL: mark("volunteers with a skill"),
    Condition.HOLDERS: mark("who holds an open task"),
    Condition.TEAM: mark("a team"),
    Condition.UNCONFIRMED: mark("who has not confirmed an earlier one"),
}

OFFERS = {
    Does.RECEIVED: mark("✅ Received"),
    Does.SIGN_UP: mark("✋ Sign up"),
    Does.LINK: mark("🔗 A link"),
    Does.PROPOSAL: mark("📄 Open a proposal"),
    Does.REQUEST: mark("🙋 Open a request"),
}

OPENED = {
    Does.PROPOSAL: mark("📄 Open proposal {number}"),
    Does.REQUEST: mark("🙋 Open request {number}"),
}

FAULTS: dict[StrEnum, str] = {
    Fault.EMPTY: mark("There are no words in it."),
    Fault.TOO_LONG: mark("That is too long. Under a photo, video or file it has to be shorter."),
    Fault.WRONG_ITEMS: mark("An album has 2 to 10 photos and videos, or 2 to 10 files."),
    Fault.NO_POINT: mark("That location names no point on the map."),
    Fault.WRONG_FORMAT: mark("That formatting cannot be sent on."),
    Fault.BAD_LINK: mark("A link begins with https:// or http:// and names a site."),
    Fault.BAD_LABEL: mark("The words on a button: 1 to 30 characters."),
    Fault.NO_SUBJECT: mark("That button needs a number."),
    Fault.TWICE: mark("That button stands under it already."),
    Fault.TOO_MANY: mark("More than 6 buttons nobody reads."),
}

OUTCOMES: dict[StrEnum, str] = {
    BroadcastOutcome.SAVED: mark("Kept."),
    BroadcastOutcome.DISCARDED: mark("Thrown away. Nobody was sent it."),
    BroadcastOutcome.MISSING: mark("This broadcast is no longer there."),
    BroadcastOutcome.NOT_ALLOWED: mark(
        "This is beyond your own places. The attempt has been noted."
    ),
    BroadcastOutcome.TOO_LATE: mark("It cannot be changed any more: it stands elsewhere by now."),
    BroadcastOutcome.PAST: mark("That time has gone by. Please give a time to come."),
    BroadcastOutcome.WRONG_CONTENT: mark("That cannot be sent like this."),
}


def said(outcome: StrEnum) -> str:
    """Say how writing turned out, in the reader's language."""
    return _(OUTCOMES.get(outcome) or FAULTS[outcome])


def style(which: Style) -> str:
    """Head what is of a style; an emergency cannot be mistaken for an ordinary one."""
    return _(STYLES[which])


def topic(which: Topic) -> str:
    """Call a topic."""
    return _(TOPICS[which])


@dataclass(frozen=True)
class AudienceNames:
    """What the places and teams of an audience are called, by their numbers."""

    places: Mapping[int, str]
    teams: Mapping[int, str]


def group(each: Group, names: AudienceNames) -> str:
    """Call a group: '桂花社区：志愿者 · English'."""
    who = _(WHO[each.who])
    if each.who is Condition.SKILL:
        who = _("volunteers for {skill}").format(skill=_(SKILLS[Skill(each.value)]))
    if each.who is Condition.TEAM:
        team = names.teams.get(int(each.value))
        who = f"🚩 {team}" if team else _("a team that is no more")
    if each.who is Condition.UNCONFIRMED:
        who = _("who has not confirmed broadcast {number}").format(number=each.value)
    place = names.places.get(each.place_id) or _("a place that is no more")
    said_ = _("{place}: {who}").format(place=place, who=who)
    return f"{said_} · {LANGUAGES[each.language]}" if each.language else said_


def offer(each: CopyButton) -> str:
    """Call a button as its readers see it, and what it opens."""
    called = _(OFFERS[each.does])
    if each.does is Does.LINK:
        return f"🔗 {each.label} ({each.url})"
    return _(OPENED[each.does]).format(number=each.label) if each.does in OPENED else called


_IN_WORDS = {"zh_Hans": mark("Chinese"), "en": mark("English")}


def language(code: str) -> str:
    """Name a language in the one being spoken: whoever reads Chinese is asked for 英文."""
    return _(_IN_WORDS[code])


DELIVERIES = {
    Delivery.SENT: ("✅", mark("delivered")),
    Delivery.WAITING: ("⏳", mark("still to go")),
    Delivery.SENDING: ("📤", mark("just being sent")),
    Delivery.UNCERTAIN: ("❔", mark("uncertain")),
    Delivery.REFUSED: ("🚫", mark("refused")),
    Delivery.FAILED: ("❌", mark("failed")),
    Delivery.CANCELLED: ("✕", mark("not sent any more")),
    Delivery.MUTED: ("🔕", mark("do not want this topic")),
    Delivery.OUT_OF_REACH: ("🚪", mark("out of reach")),
}
"""In the order of a report: every recipient stands in one of them."""

WHYS = {
    Why.NO_PHONE: mark("no phone"),
    Why.KNOWN: mark("cannot be reached on Telegram"),
    Why.BLOCKED: mark("has blocked the bot"),
    Why.DEACTIVATED: mark("the account is gone"),
    Why.NO_CHAT: mark("the chat is gone"),
    Why.REJECTED: mark("Telegram would not take the message"),
    Why.LOST: mark("Telegram's answer was lost: it may have arrived"),
    Why.UNKNOWN: mark("why is not kept any more"),
}

LISTINGS = {
    Listing.UNCONFIRMED: ("🤫", mark("Not confirmed")),
    Listing.SIGNED_UP: ("✋", mark("Signed up")),
    Listing.REFUSED: ("🚫", mark("Refused")),
    Listing.FAILED: ("❌", mark("Failed")),
    Listing.UNCERTAIN: ("❔", mark("Uncertain")),
    Listing.KNOCK: ("🚪", mark("Door-knocking list")),
    Listing.KEPT: ("📌", mark("Not taken back")),
}

CONFIRMINGS = {
    Confirming.CONFIRMED: mark("Thank you: noted that you have received it."),
    Confirming.ALREADY: mark("That is noted already. Thank you!"),
    Confirming.SIGNED_UP: mark("You are signed up. Thank you!"),
    Confirming.SIGNED_OFF: mark("You are no longer signed up."),
    Confirming.NOT_THEIRS: mark("This was not sent to you, so there is nothing to answer."),
    Confirming.OVER: mark("This was recalled. There is nothing to answer any more."),
}


def delivery(which: Delivery) -> str:
    """Call what became of a copy."""
    return _(DELIVERIES[which][1])


def why(which: Why | None) -> str:
    """Say why somebody was not reached; nothing where they were."""
    return "" if which is None else _(WHYS[which])


def listing(which: Listing) -> str:
    """Call a list."""
    sign, called = LISTINGS[which]
    return f"{sign} {_(called)}"


def confirmed(outcome: Confirming) -> str:
    """Answer a tap under a copy."""
    return _(CONFIRMINGS[outcome])


def received_label(*, done: bool) -> str:
    """Label the button that says a copy was received."""
    return _("✓ Received") if done else _("✅ Received")


def sign_up_label(*, done: bool) -> str:
    """Label the button that signs up, or takes it back."""
    return _("↩️ Signed up: take it back") if done else _("✋ Sign up")
