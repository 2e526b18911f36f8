"""What a report lists, why somebody was not reached, how a broadcast's progress is shown."""

from datetime import timedelta
from enum import StrEnum

from models.broadcasts.rules.notices import Delivery, Way

LOOK_EVERY = timedelta(seconds=5)
"""How soon the card of progress is changed again: Telegram takes one message a second in a chat,
and sooner nobody has read the last figure."""

LOOK_AT_LEAST = timedelta(minutes=5)
"""How long nothing is looked at while nothing moves: paused, or waiting for the morning."""

PERMITTED_A_SECOND = 30
"""Messages a second that Telegram takes from a bot in all (Bot FAQ)."""

MEASURED_OVER = timedelta(minutes=1)
"""The pace of this long says how long the rest takes."""

OPEN = frozenset({Delivery.WAITING, Delivery.SENDING})
"""A copy in one of these is not settled yet."""

ARRIVED = frozenset({Delivery.SENT, Delivery.UNCERTAIN})
"""A copy in one of these is in its reader's chat, or may be."""

NOT_REACHED = frozenset({Delivery.OUT_OF_REACH, Delivery.REFUSED, Delivery.FAILED})
"""Whoever is in one of these knows of nothing: somebody has to knock at their door."""


class Listing(StrEnum):
    """A list of recipients in a report."""

    UNCONFIRMED = "unconfirmed"
    SIGNED_UP = "signed_up"
    REFUSED = "refused"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    KNOCK = "knock"
    """Everybody who was not reached, by building."""
    KEPT = "kept"
    """In whose chats a recalled broadcast stays, or may stay."""


LISTED: dict[Listing, frozenset[Delivery]] = {
    Listing.UNCONFIRMED: ARRIVED,
    Listing.SIGNED_UP: frozenset(Delivery),
    Listing.REFUSED: frozenset({Delivery.REFUSED}),
    Listing.FAILED: frozenset({Delivery.FAILED}),
    Listing.UNCERTAIN: frozenset({Delivery.UNCERTAIN}),
    Listing.KNOCK: NOT_REACHED,
    Listing.KEPT: ARRIVED,
}
"""What became of the copies of those in a list."""


class Why(StrEnum):
    """Why somebody was not reached."""

    NO_PHONE = "no_phone"
    KNOWN = "known"
    """Known before to be unreachable: nothing was tried."""
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    NO_CHAT = "no_chat"
    REJECTED = "rejected"
    """Telegram would not take the message."""
    LOST = "lost"
    """Telegram's answer was lost."""
    UNKNOWN = "unknown"
    """It is too long ago: what Telegram said is not kept for ever."""


SAID_BY_TELEGRAM = (
    ("blocked", Why.BLOCKED),
    ("kicked", Why.BLOCKED),
    ("deactivated", Why.DEACTIVATED),
    ("chat not found", Why.NO_CHAT),
    ("initiate conversation", Why.NO_CHAT),
    ("cannot be reached", Why.KNOWN),
)
"""Words in what Telegram says of somebody who cannot be written to (Bot API, Forbidden)."""


def why_missed(way: Way, delivery: Delivery, reason: str | None) -> Why | None:
    """Return why somebody was not reached; None for whoever was, or is to be."""
    if delivery is Delivery.OUT_OF_REACH:
        return Why.NO_PHONE if way is Way.NO_PHONE else Why.KNOWN
    if delivery is Delivery.FAILED:
        return Why.REJECTED
    if delivery is Delivery.UNCERTAIN:
        return Why.LOST
    if delivery is not Delivery.REFUSED:
        return None
    said = (reason or "").lower()
    return next((why for words, why in SAID_BY_TELEGRAM if words in said), Why.UNKNOWN)


def next_look(waited: timedelta, *, moved: bool) -> timedelta:
    """Return how long until progress is looked at again: soon while it moves, else ever later."""
    return LOOK_EVERY if moved else min(max(waited, LOOK_EVERY) * 2, LOOK_AT_LEAST)


def minutes_left(left: int, settled: int, span: timedelta) -> int:
    """Return how many minutes the rest takes at the pace of the last `span`, at least one.

    Where nothing was settled in it, at the pace that Telegram permits. ValueError below zero.
    """
    if left < 0 or settled < 0:
        raise ValueError(f"there are no {left} copies left, nor {settled} settled")
    seconds = span.total_seconds()
    pace = settled / seconds if settled and seconds > 0 else PERMITTED_A_SECOND
    return max(1, -int(-left / min(pace, PERMITTED_A_SECOND) // 60))
