"""Making, storing, changing and deleting messages, and telling the page."""

from typing import TYPE_CHECKING

from sandbox.chats import Chat
from sandbox.markup import Markup
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.world import World


def compose(
    world: "World", chat: Chat, author: Json, content: Json, reply_to: Json | None = None
) -> Json:
    """A new Message object with the chat's next id, dated by the sandbox's clock."""
    message: Json = {
        "message_id": chat.ids.take(),
        "from": author,
        "chat": chat.info,
        "date": world.clock.timestamp(),
    }
    if reply_to is not None:
        # A reply shows the message it answers, but not what that one answered in turn.
        message["reply_to_message"] = {
            key: value for key, value in reply_to.items() if key != "reply_to_message"
        }
    message.update(content)
    return message


def store(world: "World", chat: Chat, message: Json) -> None:
    """Add a new message to its chat."""
    chat.messages[message["message_id"]] = message
    world.events.emit({"type": "message", "chat_id": chat.id, "message": message})


def replace(world: "World", chat: Chat, message: Json) -> None:
    """Put a changed message in the place of the one with its id."""
    chat.messages[message["message_id"]] = message
    world.events.emit({"type": "edit", "chat_id": chat.id, "message": message})


def delete(world: "World", chat: Chat, message_ids: list[int]) -> None:
    """Take messages out of the chat, and off its pins."""
    for message_id in message_ids:
        del chat.messages[message_id]
        chat.reactions.pop(message_id, None)
    if message_ids:
        chat.pinned = [pinned for pinned in chat.pinned if pinned not in message_ids]
        world.events.emit({"type": "delete", "chat_id": chat.id, "message_ids": message_ids})


def show_keyboard(world: "World", chat: Chat, markup: Markup) -> None:
    """Change the reply keyboard below the input field, if the markup says so."""
    if markup.keyboard is None and not markup.remove:
        return
    chat.reply_keyboard = markup.keyboard
    world.events.emit(
        {"type": "keyboard", "chat_id": chat.id, "reply_keyboard": chat.reply_keyboard}
    )
