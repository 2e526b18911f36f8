"""What every sending method does with its finished content."""

from sandbox import messages
from sandbox.chats import Chat
from sandbox.markup import NO_MARKUP, Markup, parse_markup
from sandbox.methods.registry import Query
from sandbox.params import whole_number
from sandbox.wire import Json, bad_request


def deliver(query: Query, content: Json) -> Json:
    """Put a message of the bot into the chat and return it.

    Content and markup are judged before the chat is looked up, as at Telegram.
    """
    values = query.params.values
    given = values.get("reply_markup")
    markup = parse_markup(given) if given else NO_MARKUP
    chat = query.open_chat()
    reply_to = reply_target(query, chat)
    name_mentioned(query, content)
    message = messages.compose(query.world, chat, query.bot.user, content, reply_to)
    if query.params.flag("protect_content"):
        message["has_protected_content"] = True
    attach_markup(chat, message, markup)
    messages.store(query.world, chat, message)
    messages.show_keyboard(query.world, chat, markup)
    return message


def name_mentioned(query: Query, content: Json) -> None:
    """Give text_mention entities their whole User; of a stranger no mention is left."""
    for field in ("entities", "caption_entities"):
        entities = content.get(field)
        if entities and any(entity["type"] == "text_mention" for entity in entities):
            named = [_named(query, entity) for entity in entities]
            content[field] = [entity for entity in named if entity]


def _named(query: Query, entity: Json) -> Json | None:
    if entity["type"] != "text_mention":
        return entity
    phone = query.world.phones.get(whole_number(entity.get("user", {}).get("id")) or 0)
    return {**entity, "user": phone.user()} if phone else None


def attach_markup(chat: Chat, message: Json, markup: Markup) -> None:
    """A message carries an inline keyboard; one sent with any other markup stays uneditable."""
    if markup.inline:
        message["reply_markup"] = markup.inline
    elif markup.keyboard or markup.remove:
        chat.uneditable.add(message["message_id"])


def reply_target(query: Query, chat: Chat) -> Json | None:
    """The message replied to, if any; 400 if it is gone and must be there.

    Takes `reply_parameters` and its elder `reply_to_message_id`.
    """
    given = query.params.values.get("reply_parameters")
    message_id = query.params.integer("reply_to_message_id")
    may_be_gone = query.params.flag("allow_sending_without_reply")
    if given is not None:
        if not isinstance(given, dict):
            raise bad_request("object expected as reply parameters")
        wanted = given.get("message_id")
        message_id = whole_number(wanted)
        may_be_gone = bool(given.get("allow_sending_without_reply"))
    if message_id is None:
        return None
    found = chat.messages.get(message_id)
    if found is None and not may_be_gone:
        raise bad_request("message to be replied not found")
    return found
