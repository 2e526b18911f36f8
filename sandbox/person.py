"""What a person does with their phone."""

import re
import secrets
from typing import TYPE_CHECKING

from sandbox import messages
from sandbox.bots import Bot, CallbackQuery
from sandbox.chats import Chat
from sandbox.entities import detect
from sandbox.people import Phone
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.world import World

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")  # Bot API, "Deep linking"


class Person:
    """A handle: cheap to make, no state of its own. Methods act at once and return what came
    to be (a Message, a callback query's id); the bot learns of it by an update."""

    def __init__(self, world: "World", bot: Bot, phone: Phone) -> None:
        self.world = world
        self.bot = bot
        self.phone = phone

    @property
    def id(self) -> int:
        return self.phone.id

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.bot.private_chat(self.phone)

    @property
    def messages(self) -> list[Json]:
        """The chat's messages, oldest first."""
        return list(self.chat.messages.values())

    def start(self, payload: str = "") -> Json:
        """Press Start, or follow a deep link. ValueError for a payload Telegram would not carry."""
        if payload and not PAYLOAD.fullmatch(payload):
            raise ValueError("a deep link's payload is 1-64 characters of A-Z, a-z, 0-9, _ and -")
        if self.chat.blocked:
            self.block(False)
        return self.send_text(f"/start {payload}".strip())

    def send_text(self, text: str, reply_to: int | None = None, chat: Chat | None = None) -> Json:
        """Write a message; commands, links and mentions get their entities."""
        content: Json = {"text": text}
        found = detect(text)
        if found:
            content["entities"] = found
        return self._send(content, reply_to, chat)

    def press(self, message_id: int, data: str, chat: Chat | None = None) -> str:
        """Press a button with this callback data; nothing checks that such a button exists.

        Returns the callback query's id.
        """
        chat = chat or self.chat
        query_id = str(secrets.randbits(62))
        pressed_at = self.world.clock.now().timestamp()
        self.bot.queries[query_id] = CallbackQuery(
            query_id, self.id, chat.id, message_id, pressed_at
        )
        message = chat.messages.get(message_id) or {
            "chat": chat.info,
            "message_id": message_id,
            "date": 0,
        }
        content: Json = {
            "id": query_id,
            "from": self.phone.user(),
            "message": message,
            "chat_instance": str(abs(hash((self.bot.id, chat.id)))),
            "data": data,
        }
        self.bot.queue.push("callback_query", content, chat.id)
        return query_id

    def block(self, blocked: bool = True) -> None:
        """Block the bot or let it in again; the bot gets my_chat_member."""
        self.chat.blocked = blocked

    def screen(self) -> Json:
        """This phone as the page protocol shows it."""
        chat = self.chat
        return {
            "person": self.phone.card(),
            "chat_id": chat.id,
            "messages": list(chat.messages.values()),
            "reply_keyboard": chat.reply_keyboard,
            "commands": [],
            "blocked": chat.blocked,
            "started": chat.started,
        }

    def _send(self, content: Json, reply_to: int | None, chat: Chat | None) -> Json:
        chat = chat or self.chat
        message = messages.compose(self.world, chat, self.phone.user(), content, reply_to)
        messages.store(self.world, chat, message)
        if not (chat.is_private and chat.blocked):
            chat.started = True
            self.bot.queue.push("message", message, chat.id)
        return message
