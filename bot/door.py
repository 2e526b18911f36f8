"""The door: of a raw update only what Linli reads comes in, by one table.

Telegram's updates are wide, nested and growing. aiogram's models of them try the members of a union
in all combinations, so that one rich text nested six deep keeps a process busy for days, and one
malformed part that nobody needs makes a whole message unreadable. So nothing reaches a model that
is not in these tables (`bot.fields`, `KINDS`). What is malformed is left out by itself; an update
is unreadable only where what makes it an update is missing: its number, a message's own number and
chat, a tap's query and sender. Rich texts, checklists and polls become plain words, with what
formatting is easily kept.

Whatever the shape of an update, reading it takes time in proportion to its size, and its size is
bounded (`MOST_PARTS`, `MOST_CHARACTERS`, `models.updates.rules.DEEPEST`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.fields import (
    CONTENT,
    KEYBOARD,
    USER,
    VIDEO,
    Json,
    Read,
    Shape,
    chat,
    instant,
    integer,
    text,
)
from bot.flatten import flat_checklist, flat_poll, flat_rich, rich_photo, sound_title
from handlers.heard import NOTHING, Heard, Whose

MOST_PARTS = 50_000
MOST_CHARACTERS = 1_000_000
"""An update is a few kilobytes, the longest rich message 32,768 characters: what is larger than
this does not come from Telegram."""

SHORT = 4096
"""Characters kept of each text of an update that is too large: as long as Telegram's own are."""


class UnreadableError(Exception):
    """An update lacks what makes it one; the text names the part, and no value."""


@dataclass(frozen=True)
class Admitted:
    """An update as far as it is read."""

    raw: Json
    """Holds `update_id` and at most one kind; without a kind nobody waits for an answer."""
    heard: Heard = NOTHING

    @property
    def speaks(self) -> bool:
        """Return whether there is something to dispatch."""
        return len(self.raw) > 1


SERVICE = frozenset(
    """
    new_chat_members left_chat_member chat_owner_left chat_owner_changed new_chat_title
    new_chat_photo delete_chat_photo group_chat_created supergroup_chat_created
    channel_chat_created message_auto_delete_timer_changed migrate_to_chat_id migrate_from_chat_id
    pinned_message successful_payment refunded_payment users_shared chat_shared user_shared
    connected_website write_access_allowed passport_data proximity_alert_triggered boost_added
    chat_background_set checklist_tasks_done checklist_tasks_added direct_message_price_changed
    forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened
    general_forum_topic_hidden general_forum_topic_unhidden giveaway_created giveaway_completed
    paid_message_price_changed suggested_post_approved suggested_post_approval_failed
    suggested_post_declined suggested_post_paid suggested_post_refunded video_chat_scheduled
    video_chat_started video_chat_ended video_chat_participants_invited web_app_data
    managed_bot_created poll_option_added poll_option_deleted gift unique_gift gift_upgrade_sent
    community_chat_added community_chat_removed community_chat_joined
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
"""Telegram telling of a change in the chat: nobody wrote it, and nobody waits for an answer."""

_MESSAGE = Shape(
    needed={"message_id": integer, "chat": chat},
    wanted={
        "date": instant,
        "from": USER,
        "edit_date": instant,
        "via_bot": USER,
        "media_group_id": text,
        "reply_markup": KEYBOARD,
        **CONTENT,
    },
    supplied={"date": 1},
)
_HAPPENED = ("live_photo", "rich_message", "checklist", "poll", "audio")
"""Content that is turned into content of the table above."""


def message(value: Any) -> Json | None:
    """Return a message with all that can be used of it."""
    found = _MESSAGE(value)
    if found is None:
        return None
    for name in _HAPPENED:
        if isinstance(value.get(name), dict):
            _turn_into_known(found, name, value[name])
    if origin := _origin(value):
        found["forward_origin"] = origin
    if "from" not in found and found["chat"]["type"] == "private":
        found["from"] = USER(found["chat"])
    for words, marks in (("text", "entities"), ("caption", "caption_entities")):
        if marks in found:
            found[marks] = _fitting(found[marks], found.get(words, ""))
    return found


_FLAT = {"rich_message": flat_rich, "checklist": flat_checklist, "poll": flat_poll}


def _turn_into_known(found: Json, name: str, content: Json) -> None:
    if name == "live_photo":
        still = CONTENT["photo"](content.get("photo"))
        moving = VIDEO(content)
        found.update({"photo": still} if still else {"video": moving} if moving else {})
        return
    if name == "audio":
        if "audio" in found and not found.get("caption") and (title := sound_title(content)):
            found["caption"] = title
        return
    flat = _FLAT[name](content)
    photo = CONTENT["photo"](rich_photo(content)) if name == "rich_message" else None
    words, marks = ("caption", "caption_entities") if photo else ("text", "entities")
    if photo:
        found.setdefault("photo", photo)
    if flat.words and not found.get(words):
        found[words], found[marks] = flat.words, flat.marks


def _origin(value: Json) -> Json | None:
    """Return where a forwarded message came from; None for one that was not forwarded.

    Servers before Bot API 7.0 say it in `forward_` fields. A channel or group is known by its
    title alone, as somebody who hides their account is by a name.
    """
    origin = value.get("forward_origin")
    if not isinstance(origin, dict):
        if not any(name.startswith("forward_") and value[name] for name in value):
            return None
        origin = {"sender_user": value.get("forward_from"), "chat": value.get("forward_from_chat")}
    date = instant(origin.get("date")) or 1
    if (user := USER(origin.get("sender_user"))) is not None:
        return {"type": "user", "date": date, "sender_user": user}
    place = origin.get("chat") or origin.get("sender_chat")
    title = place.get("title") if isinstance(place, dict) else origin.get("sender_user_name")
    return {"type": "hidden_user", "date": date, "sender_user_name": text(title) or ""}


def _fitting(marks: list[Json], words: str) -> list[Json]:
    """Return the marks that lie on the words, in UTF-16 units, and part no character."""
    units, kept = words.encode("utf-16-le", "surrogatepass"), []
    for mark in marks:
        start, end = 2 * mark["offset"], 2 * (mark["offset"] + mark["length"])
        inside = 0 <= start < end <= len(units)
        if inside and not (_halves(units, start) or _halves(units, end)):
            kept.append(mark)
    return kept


def _halves(units: bytes, at: int) -> bool:
    """Return whether a place lies between the two halves of one character."""
    return at < len(units) and 0xDC <= units[at + 1] < 0xE0


def _card(value: Any) -> Json | None:
    """Return the message under a tapped button; without a date it can no longer be changed."""
    found = message(value)
    if found is not None and not instant(value.get("date")):
        return {"chat": found["chat"], "message_id": found["message_id"], "date": 0}
    return found


_TAP = Shape(
    needed={"id": text, "from": USER},
    wanted={"message": _card, "data": text, "chat_instance": text, "inline_message_id": text},
    supplied={"chat_instance": ""},
)

AWAY = frozenset({"left", "kicked", "banned"})


def _member(value: Any) -> Json | None:
    """Return a member as in or out: of the rest, which grows with each version, nothing is read."""
    status = value.get("status") if isinstance(value, dict) else None
    user = USER(value.get("user")) if isinstance(value, dict) else None
    if not isinstance(status, str) or user is None:
        return None
    out = status in AWAY or (status == "restricted" and value.get("is_member") is False)
    return {"status": "left" if out else "member", "user": user}


_MEMBERSHIP = Shape(
    needed={"chat": chat, "from": USER, "new_chat_member": _member},
    wanted={"date": instant, "old_chat_member": _member},
    supplied={"date": 1},
)

KINDS: Mapping[str, Read] = {
    "message": message,
    "edited_message": message,
    "callback_query": _TAP,
    "my_chat_member": _MEMBERSHIP,
}
"""The kinds of update that are asked for, and what is read of each."""


def admit(raw: Json) -> Admitted:
    """Return what is read of a raw update; raises UnreadableError where it is none."""
    number = integer(raw.get("update_id"))
    if number is None:
        raise UnreadableError("update_id: missing")
    for kind, read in KINDS.items():
        if kind not in raw:
            continue
        part = read(raw[kind])
        if part is None:
            raise UnreadableError(f"{kind}: missing")
        if kind in {"message", "edited_message"}:
            return _admit_message(number, kind, part, raw[kind])
        if kind == "my_chat_member":
            part.setdefault("old_chat_member", part["new_chat_member"])
        return Admitted({"update_id": number, kind: part})
    return Admitted({"update_id": number})


def _admit_message(number: int, kind: str, part: Json, whole: Json) -> Admitted:
    if part.keys().isdisjoint(CONTENT) and not SERVICE.isdisjoint(whole):
        return Admitted({"update_id": number})
    quoted = message(whole.get("reply_to_message"))
    if quoted is not None:
        part["reply_to_message"] = quoted
    return Admitted({"update_id": number, kind: part}, _heard(kind, part, quoted))


def _heard(kind: str, part: Json, quoted: Json | None) -> Heard:
    whose = Whose.OWN
    if "via_bot" in part:
        whose = Whose.VIA_BOT
    if "forward_origin" in part:
        whose = Whose.FORWARDED
    ours = quoted is not None and quoted.get("from", {}).get("is_bot", False)
    replies_to = quoted["message_id"] if quoted is not None and ours else None
    return Heard(
        whose, replies_to, edited=kind == "edited_message", album=part.get("media_group_id")
    )


def measure(raw: Json) -> None:
    """Raise UnreadableError where an update is larger than any of Telegram's."""
    parts = characters = 0
    waiting: list[Any] = [raw]
    while waiting:
        value = waiting.pop()
        parts += 1
        if isinstance(value, str):
            characters += len(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
            characters += sum(map(len, value))
        elif isinstance(value, list):
            waiting.extend(value)
        if parts + len(waiting) > MOST_PARTS or characters > MOST_CHARACTERS:
            raise UnreadableError("update: too large")


def outline(raw: Json) -> Json:
    """Return the little of an update too large to keep that says whose it was and how it began."""
    try:
        kept: Json = _shortened(admit(raw).raw)
    except UnreadableError:
        return {"update_id": integer(raw.get("update_id"))}
    return kept


def _shortened(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shortened(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_shortened(part) for part in value[:20]]
    return value[:SHORT] if isinstance(value, str) else value
