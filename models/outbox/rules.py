"""Lanes, states, and what becomes of a row after each outcome."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from models.outbox.kinds import NoticeKind, notice
from models.text import mark


class Lane(IntEnum):
    """Who goes first: within a chat and overall, the smaller number overtakes."""

    ANSWER = 0
    URGENT = 1
    LIVE = 2
    """What two people tell each other while one is on the way, and every change in place: in quiet
    hours it leaves, without a sound."""
    NOTICE = 3
    BULK = 4


LAST = Lane.BULK
LAST_IN_QUIET = Lane.LIVE
"""What is behind this lane rings, and waits for the end of quiet hours."""


def last_lane(*, pushes: bool, quiet: bool) -> Lane:
    """Return the last lane that may leave now; all before it may too, none behind it.

    Without room for `pushes` it is answers alone. In `quiet` hours nobody is disturbed but for an
    emergency; an answer goes to somebody who is awake and has just written.
    """
    if not pushes:
        return Lane.ANSWER
    return LAST_IN_QUIET if quiet else LAST


def is_hushed(lane: Lane, *, quiet: bool) -> bool:
    """Return whether a new message leaves without a sound."""
    return quiet and lane is Lane.LIVE


def lane_of_change(lane: Lane) -> Lane:
    """Return the lane of a change in place, which makes no sound: never one that waits for day."""
    return min(lane, Lane.LIVE)


class State(StrEnum):
    """Where a row stands."""

    QUEUED = "queued"
    HELD = "held"
    """It waits until whoever paused what it belongs to lets it go on."""
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    """Pointless by the time its turn came; the reason says why."""
    BLOCKED = "blocked"
    GONE = "gone"
    """The chat or the message to change is no more."""
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    """The request went out and no answer came."""


OPEN_STATES = (State.QUEUED, State.HELD, State.SENDING)
UNSENT_STATES = (State.QUEUED, State.HELD)
"""Nothing of these has left, so they can still be dropped without a trace in any chat."""

OVER = frozenset({State.SENT, State.DROPPED, State.BLOCKED, State.GONE})
"""States after which nobody needs what was to be said, nor its made files: it may name a door or
a telephone number. What failed or is uncertain may go again, and waits for a human."""


class Said(NoticeKind):
    """Kinds of notice about the outbox's own affairs; the subject is the row."""

    REFUSED = notice(
        "outbox.refused",
        mark("an answer that could not be shown"),
        to="whoever asked to see something",
        when=(
            "Telegram would not show it: their settings take no voice messages, a file cannot "
            "be brought, an answer was refused; in the lane `answer`"
        ),
        detail="`method`, `settings`",
    )


class SendOutcome(StrEnum):
    """What one attempt to send came to."""

    SENT = "sent"
    UNCHANGED = "unchanged"
    """An edit that would change nothing: the reader already sees it so."""
    POINTLESS = "pointless"
    HELD = "held"
    """What it belongs to is paused: it did not leave, and is looked at again."""
    BLOCKED = "blocked"
    GONE = "gone"
    MIGRATED = "migrated"
    UNKNOWN = "unknown"
    """It is of a kind that this process cannot word; one of another version may."""
    RETRY_AT = "retry_at"
    """Telegram named the seconds to wait."""
    NOT_SENT = "not_sent"
    """The request never reached Telegram, or Telegram said it did not act."""
    REFUSED = "refused"
    """Telegram understood and said no: our message is wrong."""
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Attempt:
    """The outcome of one attempt, with what the outcome brings along."""

    outcome: SendOutcome
    message_id: int | None = None
    message_ids: tuple[int, ...] = ()
    """Of an album all of them; else empty."""
    reason: str | None = None
    retry_after: timedelta | None = None
    new_chat_id: int | None = None


@dataclass(frozen=True)
class RowVerdict:
    """What a row becomes: its state, when it may go again, whether a repeat is marked."""

    state: State
    due_at: datetime | None = None
    repeat: bool = False
    anew: bool = False
    """An edit whose message is no more goes as a new message."""
    again: bool = False
    """It goes again though it may have left before."""


TAKES_NONE = ("voice_messages_forbidden", "restricted receiving")
"""What Telegram says where somebody's settings let no voice or video messages through."""


def takes_none(reason: str | None) -> bool:
    """Return whether a reader's own settings refuse this kind of message, and that alone."""
    said = (reason or "").lower()
    return any(sign in said for sign in TAKES_NONE)


CHAT_GONE = "chat not found"
"""What Telegram says of a chat that is no more, or never was (Bot API, Bad Request)."""


ACCOUNT_GONE = (
    "deactivated",
    "peer_id_invalid",
    "user_id_invalid",
    "chat_id_invalid",
    "chat not found",
    "user not found",
    "can't initiate conversation",
    "bot was blocked",
    "bot was kicked",
    "account",
)
"""Words by which Telegram says, in whatever sentence, that nobody is there to be written to."""


def is_nobody_there(reason: str | None) -> bool:
    """Return whether a refusal is about the account or chat, not about our message."""
    said = (reason or "").lower()
    return any(sign in said for sign in ACCOUNT_GONE)


def is_unreachable(attempt: Attempt, chat_id: int) -> bool:
    """Return whether an attempt shows that a person cannot be written to.

    Either Telegram forbids it, or their private chat, whose number is positive, is no more. A
    message that is no more says nothing of its reader.
    """
    if attempt.outcome is SendOutcome.REFUSED:
        return chat_id > 0 and is_nobody_there(attempt.reason)
    if attempt.outcome is SendOutcome.GONE:
        return chat_id > 0 and CHAT_GONE in (attempt.reason or "").lower()
    return attempt.outcome is SendOutcome.BLOCKED and not takes_none(attempt.reason)


SETTLED = {
    SendOutcome.SENT: State.SENT,
    SendOutcome.UNCHANGED: State.SENT,
    SendOutcome.POINTLESS: State.DROPPED,
    SendOutcome.BLOCKED: State.BLOCKED,
    SendOutcome.GONE: State.GONE,
    SendOutcome.REFUSED: State.FAILED,
}

LOOK_AGAIN = timedelta(seconds=2)
"""How soon after a resume what came back from the sender's hands during the pause goes on."""

UNKNOWN_WAIT = timedelta(minutes=1)
MOST_LOOKS = 24 * 60
"""How often a notice of an unknown kind is looked at, for a day: an upgrade takes no longer."""

WAITS = {
    SendOutcome.MIGRATED: timedelta(0),
    SendOutcome.HELD: LOOK_AGAIN,
    SendOutcome.UNKNOWN: UNKNOWN_WAIT,
}
"""What goes again by itself, and when."""

FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=5)

REPEATABLE = frozenset(
    {
        "answerCallbackQuery",
        "deleteMessage",
        "deleteMessages",
        "editMessageCaption",
        "editMessageMedia",
        "editMessageReplyMarkup",
        "editMessageText",
        "sendChatAction",
        "setMyCommands",
        "deleteMyCommands",
        "pinChatMessage",
        "setMessageReaction",
        "unpinChatMessage",
    }
)
"""Methods that leave the chat the same when they act twice."""

ANSWER_TAP = "answerCallbackQuery"

TAPPED_BY = "tapped_by"
"""Where the detail of an answer to a tap names the private chat that the tap was in."""

DELETE = "deleteMessage"
DELETE_ALL = "deleteMessages"
"""Deletes up to 100 messages of a chat; those that are no more are passed over."""

ALBUM = "sendMediaGroup"

MESSAGES = "messages"
"""Where the detail of an album's row names all the messages that it became."""

FILES = "_files"
"""Where a payload names the made files it carries: attachment key -> file id."""

MOST_REPEATS = 5
"""How often a request goes again though no answer came: more would flood the chat, or hold it up
for good, when something on the way always swallows the answer."""


def judge(
    attempt: Attempt, *, lane: Lane, method: str, attempts: int, repeats: int, now: datetime
) -> RowVerdict:
    """Decide what becomes of a row after an attempt.

    `attempts` counts the ones made so far, this one included; `repeats` those of them that were
    made although an earlier one may have left. A message that was certainly not sent goes again,
    after 1, 2, 4 … seconds and at most five minutes, for as long as it takes.
    An answer that was to change a message which is no more is shown as a new one: never silence.
    """
    if attempt.outcome is SendOutcome.GONE and lane is Lane.ANSWER and method == "editMessageText":
        return RowVerdict(State.QUEUED, now, anew=True)
    given_up = attempt.outcome is SendOutcome.UNKNOWN and attempts >= MOST_LOOKS
    if attempt.outcome in SETTLED or given_up:
        return RowVerdict(_settled(attempt))
    if attempt.outcome is SendOutcome.RETRY_AT:
        return RowVerdict(State.QUEUED, now + (attempt.retry_after or FIRST_WAIT))
    if attempt.outcome in WAITS:
        return RowVerdict(State.QUEUED, now + WAITS[attempt.outcome])
    if attempt.outcome is SendOutcome.NOT_SENT:
        return RowVerdict(State.QUEUED, now + backoff(attempts))
    return judge_uncertain(lane=lane, method=method, attempts=attempts, repeats=repeats, now=now)


def _settled(attempt: Attempt) -> State:
    """Return where an attempt ends; what a reader's own settings refuse no human can mend."""
    if attempt.outcome is SendOutcome.REFUSED and takes_none(attempt.reason):
        return State.BLOCKED
    if attempt.outcome is SendOutcome.REFUSED and is_nobody_there(attempt.reason):
        return State.GONE
    return SETTLED.get(attempt.outcome, State.FAILED)


def judge_uncertain(
    *, lane: Lane, method: str, attempts: int, repeats: int, now: datetime
) -> RowVerdict:
    """Decide about a request whose answer never came.

    What does no harm twice goes again. An answer goes again too: somebody is waiting, and a
    doubled answer is better than silence. An emergency goes again, marked as a repeat. Every
    other push waits for a human, and so does what was repeated MOST_REPEATS times.
    """
    harmless = method in REPEATABLE
    if repeats >= MOST_REPEATS or not (harmless or lane in {Lane.ANSWER, Lane.URGENT}):
        return RowVerdict(State.UNCERTAIN)
    marked = lane is Lane.URGENT and not harmless
    return RowVerdict(State.QUEUED, now + backoff(attempts), repeat=marked, again=True)


def messages_in(method: str, payload: dict[str, Any] | None) -> int:
    """Count the messages that a call puts into its chat: an album is as many as it has items."""
    media = (payload or {}).get("media")
    return max(1, len(media)) if method == ALBUM and isinstance(media, list) else 1


def remains(method: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Give what is kept of a payload once its call is over: how many messages it made, no words."""
    count = messages_in(method, payload)
    return {"media": [None] * count} if count > 1 else {}


def backoff(attempts: int) -> timedelta:
    """Return the wait before the next attempt: 1 s after the first, doubling up to five minutes."""
    doublings = min(max(attempts - 1, 0), 16)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


LIVE_EVERY = timedelta(seconds=10)
"""How soon open cards show a new count at the earliest: sooner nobody has read the last one."""

EDITS_A_SECOND = 5
"""Changes of count of one subject: Telegram takes about 30 calls a second from a bot (Bot FAQ), and
all else that it does goes before."""


def gather(cards: int) -> timedelta:
    """Return how long counts are gathered after so many cards were given one, in whole seconds.

    However many cards there are, those of one subject are changed no more than EDITS_A_SECOND
    times a second on the mean, and none more often than every LIVE_EVERY. ValueError below zero.
    """
    if cards < 0:
        raise ValueError(f"there are no {cards} cards")
    return max(LIVE_EVERY, timedelta(seconds=-(-cards // EDITS_A_SECOND)))


def next_count(now: datetime, count_after: datetime | None) -> datetime:
    """Return when open cards show a count that has changed now."""
    soonest = now + LIVE_EVERY
    return soonest if count_after is None else max(soonest, count_after)
