"""Making, storing, changing and deleting messages, and telling the page."""

from typing import TYPE_CHECKING

from sandbox.chats import Chat
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.world import World


def compose(
    world: "World", chat: Chat, author: Json, content: Json, reply_to: int | None = None
) -> Json:
    """A new Message object with the chat's next id, dated by the sandbox's clock."""
    message: Json = {
        "message_id": chat.ids.take(),
        "from": author,
        "chat": chat.info,
        "date": world.clock.timestamp(),
    }
    if reply_to is not None:
        quoted = chat.messages.get(reply_to)
        if quoted:
            message["reply_to_message"] = {
                key: value for key, value in quoted.items() if key != "reply_to_message"
            }
    message.update(content)
    return message


def store(world: "World", chat: Chat, message: Json) -> None:
    chat.messages[message["message_id"]] = message
    world.events.emit({"type": "message", "chat_id": chat.id, "message": message})
