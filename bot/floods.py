"""Who writes more than a hand can is put off for a minute, alone, before a database is asked.

What counts is when something was sent, not when it came: whoever wrote while we were away has not
written quickly. Of a tap it is not known: it counts as now, and not at all within a minute after
something had to wait for us.

It is kept in memory: a process that starts counts anew, and of several each counts by itself.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.door import Admitted
from bot.fields import Json
from handlers.callbacks import is_urgent
from handlers.i18n import phrases
from handlers.people.menu import ALARM
from handlers.stray.cries import read_cry
from models.policy.floods import MINUTE, Pace


class Passage(StrEnum):
    """Whether an update is taken."""

    TAKEN = "taken"
    LAST = "last"
    """It is one too many: it is not read, and its sender is told so, once."""
    HELD = "held"
    """It is not read, and its sender has been told."""


@dataclass(frozen=True)
class Sent:
    """Who sent an update, where, and when."""

    sender: int
    chat: int
    at: datetime


class Floods:
    """Counts what each person sends in each chat."""

    def __init__(self, most_a_minute: int) -> None:
        self._most = most_a_minute
        self._paces: OrderedDict[tuple[int, int], Pace] = OrderedDict()
        self._behind_at: datetime | None = None

    def __len__(self) -> int:
        """Return of how many people something is remembered."""
        return len(self._paces)

    def pardon_taps(self, now: datetime) -> None:
        """Count no taps for a minute: they come all at once, whenever they were made."""
        self._behind_at = now

    def passage(self, admitted: Admitted, now: datetime) -> Passage:
        """Return whether an update is taken; a cry for help always is."""
        sent = self._sent(admitted.raw, now)
        pace = sent and self._paces.get((sent.chat, sent.sender))
        if not sent or not pace or not (pace.is_held(sent.at) or pace.is_full(sent.at)):
            return Passage.TAKEN
        if _cries(admitted.raw):
            return Passage.TAKEN
        return Passage.HELD if pace.is_held(sent.at) else Passage.LAST

    def note(self, admitted: Admitted, passage: Passage, now: datetime) -> None:
        """Count an update that has been handled; after a cry somebody is heard out.

        One that was handled before, or could not be, is not counted.
        """
        sent = self._sent(admitted.raw, now)
        if sent is None:
            return
        self._forget(now)
        key = sent.chat, sent.sender
        pace = self._paces.setdefault(key, Pace(self._most, now))
        self._paces.move_to_end(key)
        pace.seen = now
        if passage is Passage.LAST:
            pace.hold(sent.at)
        elif pace.is_held(sent.at) or pace.is_full(sent.at):
            del self._paces[key]
        else:
            pace.take(sent.at)

    def _sent(self, raw: Json, now: datetime) -> Sent | None:
        if "callback_query" in raw and self._is_behind(now):
            return None
        return _sent(raw, now)

    def _is_behind(self, now: datetime) -> bool:
        return self._behind_at is not None and abs(now - self._behind_at) <= MINUTE

    def _forget(self, now: datetime) -> None:
        """Forget whoever has sent nothing for a minute."""
        while self._paces:
            key, oldest = next(iter(self._paces.items()))
            if abs(now - oldest.seen) <= MINUTE:
                return
            del self._paces[key]


def _sent(raw: Json, now: datetime) -> Sent | None:
    """Return who sent a message or tapped; None for what Telegram tells by itself."""
    if isinstance(tap := raw.get("callback_query"), dict):
        sender = tap["from"]["id"]
        return Sent(sender, tap.get("message", {}).get("chat", {}).get("id", sender), now)
    message = raw.get("message") or raw.get("edited_message")
    if not isinstance(message, dict) or "from" not in message:
        return None
    dated = message.get("edit_date") or message["date"]
    at = min(datetime.fromtimestamp(dated, UTC), now)
    return Sent(message["from"]["id"], message["chat"]["id"], at)


def _cries(raw: Json) -> bool:
    """Return whether a message may be a cry for help, or a button calls for it."""
    if "callback_query" in raw:
        return is_urgent(raw["callback_query"].get("data", ""))
    message = raw.get("message") or raw["edited_message"]
    words = message.get("text") or message.get("caption") or ""
    return words in phrases(ALARM) or read_cry(words) is not None
