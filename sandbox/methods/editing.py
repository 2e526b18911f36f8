"""Changing, deleting, forwarding and copying messages.

Messages stay editable in the chat of a person who blocked the bot: Telegram documents nothing
else.
"""

from datetime import timedelta

from sandbox import messages
from sandbox.chats import Chat
from sandbox.formatted import message_caption, message_text
from sandbox.markup import parse_markup
from sandbox.methods.media import media_content
from sandbox.methods.registry import Query, method
from sandbox.methods.sending import deliver, name_mentioned
from sandbox.wire import Json, bad_request

DELETE_WITHIN = timedelta(hours=48)  # Bot API, deleteMessage
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
ENVELOPE = frozenset(
    {"message_id", "from", "chat", "date", "edit_date", "reply_to_message", "reply_markup",
     "forward_origin", "media_group_id", "has_protected_content"}
)  # fmt: skip
MEDIA = frozenset({"photo", "document", "video", "audio", "animation", "voice"})
DELETE_AT_MOST = 100


@method("editMessageText")
def edit_message_text(query: Query) -> Json:
    """New text for a text message; without reply_markup its inline keyboard goes."""
    content = message_text(query.params)
    chat, message = _to_edit(query)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _apply(query, chat, message, {"text", "entities"}, content)


@method("editMessageCaption")
def edit_message_caption(query: Query) -> Json:
    """New caption for a message with a file; none takes it away."""
    content = message_caption(query.params.values)
    chat, message = _to_edit(query)
    if not MEDIA & message.keys():
        raise bad_request("there is no caption in the message to edit")
    return _apply(query, chat, message, {"caption", "caption_entities"}, content)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(query: Query) -> Json:
    """New inline keyboard, or none."""
    chat, message = _to_edit(query)
    return _apply(query, chat, message, set(), {})


@method("editMessageMedia")
def edit_message_media(query: Query) -> Json:
    """Another file and caption in place of the message's own."""
    media = query.params.values.get("media")
    if not isinstance(media, dict):
        raise bad_request("can't parse input media JSON object")
    chat, message = _to_edit(query)
    content = media_content(query, str(media.get("type")), "media", media)
    return _apply(query, chat, message, set(message) - ENVELOPE, content)


def _to_edit(query: Query) -> tuple[Chat, Json]:
    """The bot's own message, if Telegram would let it be edited."""
    chat = query.chat()
    message = query.message("message to edit", chat)
    own = message["from"]["id"] == query.bot.id and "forward_origin" not in message
    if not own or message["message_id"] in chat.uneditable:
        raise bad_request("message can't be edited")
    return chat, message


def _apply(query: Query, chat: Chat, message: Json, drop: set[str], content: Json) -> Json:
    markup = parse_markup(query.params.values.get("reply_markup"))
    if markup.keyboard or markup.remove:
        raise bad_request("inline keyboard expected")
    name_mentioned(query, content)
    gone = {*drop, "reply_markup", "edit_date"}
    changed = {key: value for key, value in message.items() if key not in gone} | content
    if markup.inline:
        changed["reply_markup"] = markup.inline
    if changed == {key: value for key, value in message.items() if key != "edit_date"}:
        raise bad_request(NOT_MODIFIED)
    changed["edit_date"] = query.world.clock.timestamp()
    messages.replace(query.world, chat, changed)
    return changed


@method("deleteMessage")
def delete_message(query: Query) -> bool:
    """A message less than 48 hours old."""
    chat = query.chat()
    message = query.message("message to delete", chat)
    _check_deletable(query, chat, message)
    messages.delete(query.world, chat, [message["message_id"]])
    return True


@method("deleteMessages")
def delete_messages(query: Query) -> bool:
    """1-100 messages of one chat; those not found are passed over."""
    chat = query.chat()
    found = [chat.messages[number] for number in message_ids(query) if number in chat.messages]
    for message in found:
        _check_deletable(query, chat, message)
    messages.delete(query.world, chat, [message["message_id"] for message in found])
    return True


def message_ids(query: Query) -> list[int]:
    """`message_ids`, each once; 400 for none or more than 100."""
    given = query.params.values.get("message_ids")
    numbers = [int(str(number)) for number in given] if isinstance(given, list) else []
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > DELETE_AT_MOST:
        raise bad_request("too many message identifiers specified")
    return list(dict.fromkeys(numbers))


def _check_deletable(query: Query, chat: Chat, message: Json) -> None:
    age = query.world.clock.timestamp() - message["date"]
    own = message["from"]["id"] == query.bot.id
    foreign = not own and not chat.is_private and query.bot.id not in chat.admins
    if age >= DELETE_WITHIN.total_seconds() or foreign:
        raise bad_request("message can't be deleted")


@method("forwardMessage")
def forward_message(query: Query) -> Json:
    """The same content with its origin."""
    source = query.message("message to forward", query.chat("from_chat_id"))
    return deliver(query, forwarded(source))


@method("copyMessage")
def copy_message(query: Query) -> Json:
    """The same content as the bot's own, with another caption if one is given."""
    source = query.message("message to copy", query.chat("from_chat_id"))
    content = {key: value for key, value in source.items() if key not in ENVELOPE}
    if "caption" in query.params.values:
        for key in ("caption", "caption_entities"):
            content.pop(key, None)
        content |= message_caption(query.params.values)
    return {"message_id": deliver(query, content)["message_id"]}


def forwarded(source: Json) -> Json:
    """A message's content with `forward_origin`."""
    content = {key: value for key, value in source.items() if key not in ENVELOPE}
    content["forward_origin"] = source.get("forward_origin") or {
        "type": "user",
        "sender_user": source["from"],
        "date": source["date"],
    }
    return content
