"""What deliveries, reasons, lists and taps of recipients are called."""

from handlers.i18n import gettext as _
from handlers.i18n import mark
from models.broadcasts.rules.notices import Delivery
from models.broadcasts.rules.outcomes import Confirming
from models.broadcasts.rules.reports import Listing, Why

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
