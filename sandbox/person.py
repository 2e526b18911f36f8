"""What a person does with their phone."""

import re
import secrets
from typing import TYPE_CHECKING

from sandbox import messages, samples
from sandbox.bots import Bot, CallbackQuery
from sandbox.chats import Chat
from sandbox.entities import detect
from sandbox.formatted import TEXT_LIMIT, message_caption
from sandbox.params import Upload
from sandbox.people import Phone
from sandbox.privacy import bot_sees
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.world import World

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")  # Bot API, "Deep linking"
SAMPLE_STICKER = Upload("sticker.webp", b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0", "image/webp")
VOICE_SECONDS = 3
FORWARDED = frozenset(
    {"text", "entities", "caption", "caption_entities", "photo", "voice", "audio", "video",
     "animation", "document", "sticker", "location", "venue", "contact", "poll", "dice"}
)  # fmt: skip
"""What of a message goes along when it is forwarded: its content, not its place or its buttons."""


class Person:
    """A handle: cheap to make, no state of its own.

    Every act takes effect at once and returns the Message it made (or the callback query's id);
    the bot learns of it by an update. `chat` is a group, or unset the private chat with the bot.
    ValueError for what Telegram's apps would not let a person do.
    """

    def __init__(self, world: "World", bot: Bot, phone: Phone) -> None:
        self.world = world
        self.bot = bot
        self.phone = phone

    @property
    def id(self) -> int:
        """The Telegram id, which is the private chat's id as well."""
        return self.phone.id

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.bot.private_chat(self.phone)

    @property
    def messages(self) -> list[Json]:
        """The private chat's messages, oldest first."""
        return list(self.chat.messages.values())

    def commands(self) -> list[Json]:
        """The command menu this person sees in the private chat."""
        return self.bot.commands.seen_by(self.id, self.phone.language_code, self.chat)

    def start(self, payload: str = "") -> Json:
        """Press Start, or follow a deep link; a person who had blocked the bot lets it in."""
        if payload and not PAYLOAD.fullmatch(payload):
            raise ValueError("a deep link's payload is 1-64 characters of A-Z, a-z, 0-9, _ and -")
        if self.chat.blocked:
            self.block(blocked=False)
        return self.send_text(f"/start {payload}".strip())

    def send_text(self, text: str, reply_to: int | None = None, chat: Chat | None = None) -> Json:
        """Write a message; commands, links and mentions get their entities."""
        text = text.strip()
        if not 1 <= len(text) <= TEXT_LIMIT:
            raise ValueError(f"a message has 1-{TEXT_LIMIT} characters")
        return self._send(_with_entities(text), reply_to, chat)

    def send_photo(
        self, upload: Upload | None = None, caption: str = "", chat: Chat | None = None
    ) -> Json:
        """A picture, or the sample one."""
        upload = upload or Upload("photo.png", samples.picture(), "image/png")
        return self._send_file("photo", upload, caption, {}, chat)

    def send_voice(
        self, upload: Upload | None = None, caption: str = "", chat: Chat | None = None
    ) -> Json:
        """A voice message, or the sample one: three seconds of silence."""
        upload = upload or Upload("voice.ogg", samples.voice(VOICE_SECONDS), "audio/ogg")
        return self._send_file("voice", upload, caption, {"duration": VOICE_SECONDS}, chat)

    def send_document(
        self, upload: Upload | None = None, caption: str = "", chat: Chat | None = None
    ) -> Json:
        """A file, or the sample one."""
        upload = upload or Upload("note.txt", "社区通知\n".encode(), "text/plain")
        return self._send_file("document", upload, caption, {}, chat)

    def send_sticker(self, chat: Chat | None = None) -> Json:
        """The sample sticker."""
        return self._send_file("sticker", SAMPLE_STICKER, "", {"emoji": "👍"}, chat)

    def send_location(self, latitude: float, longitude: float, chat: Chat | None = None) -> Json:
        """A point in degrees."""
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise ValueError("no such point on Earth")
        return self._send({"location": {"latitude": latitude, "longitude": longitude}}, None, chat)

    def send_contact(self, phone_number: str, chat: Chat | None = None) -> Json:
        """Their own phone number, as a request_contact button would send it."""
        contact = {
            "phone_number": phone_number,
            "first_name": self.phone.first_name,
            "user_id": self.id,
        }
        return self._send({"contact": contact}, None, chat)

    def forward(self, message_id: int, source: Chat | None = None) -> Json:
        """Forward a message of a chat to the private chat with the bot.

        What this person has on their phone from elsewhere can be forwarded too: `source` is any
        chat of the sandbox. Who wrote it first stays its origin, as at Telegram.
        """
        message = (source or self.chat).messages.get(message_id, {})
        content = {key: value for key, value in message.items() if key in FORWARDED}
        if not content:
            raise ValueError("there is no such message to forward")
        if message.get("has_protected_content"):
            raise ValueError("this message is protected: nobody can forward it")
        origin = message.get("forward_origin") or {
            "type": "user",
            "sender_user": message["from"],
            "date": message["date"],
        }
        return self._send({"forward_origin": origin, **content}, None, None)

    def edit_text(self, message_id: int, text: str, chat: Chat | None = None) -> Json:
        """Change an own text message."""
        chat = chat or self.chat
        message = chat.messages.get(message_id)
        if message is None or message["from"]["id"] != self.id or "text" not in message:
            raise ValueError("only an own text message can be changed")
        kept = {key: value for key, value in message.items() if key != "entities"}
        changed = kept | _with_entities(text) | {"edit_date": self.world.clock.timestamp()}
        messages.replace(self.world, chat, changed)
        if bot_sees(self.bot, chat, changed):
            self.bot.queue.push("edited_message", changed, chat.id)
        return changed

    def press(self, message_id: int, data: str, chat: Chat | None = None) -> str:
        """Press a button with this callback data; nothing checks that such a button exists.

        Returns the callback query's id.
        """
        chat = chat or self.chat
        self._check_not_blocked(chat)
        query_id = str(secrets.randbits(62))
        pressed_at = self.world.clock.now().timestamp()
        query = CallbackQuery(query_id, self.id, chat.id, message_id, pressed_at)
        self.bot.remember(query)
        gone = {"chat": chat.info, "message_id": message_id, "date": 0}
        content: Json = {
            "id": query_id,
            "from": self.phone.user(),
            "message": chat.messages.get(message_id, gone),
            "chat_instance": str(self.bot.id * 1_000_003 + abs(chat.id)),
            "data": data,
        }
        self.bot.queue.push("callback_query", content, chat.id)
        return query_id

    def press_at(self, message_id: int, row: int, column: int) -> str:
        """Press the button standing there, counted from 0; it must carry callback data."""
        markup = self.chat.messages.get(message_id, {}).get("reply_markup", {})
        try:
            data = markup["inline_keyboard"][row][column]["callback_data"]
        except (KeyError, IndexError):
            raise ValueError("there is no such button to press") from None
        return self.press(message_id, str(data))

    def block(self, *, blocked: bool = True) -> None:
        """Block the bot or let it in again; the bot gets my_chat_member."""
        chat = self.chat
        if chat.blocked is blocked:
            return
        chat.blocked = blocked
        member: Json = {"user": self.bot.user, "status": "member"}
        kicked: Json = {"user": self.bot.user, "status": "kicked", "until_date": 0}
        change = {
            "chat": chat.info,
            "from": self.phone.user(),
            "date": self.world.clock.timestamp(),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        self.bot.queue.push("my_chat_member", change, chat.id)
        self.world.events.emit({"type": "block", "person_id": self.id, "blocked": blocked})

    def deactivate(self) -> None:
        """Delete the account: from now on the bot's messages fail with 403."""
        self.chat.deactivated = True

    def screen(self) -> Json:
        """This phone as the page protocol shows it."""
        chat = self.chat
        return {
            "person": self.phone.card(),
            "chat_id": chat.id,
            "messages": list(chat.messages.values()),
            "reply_keyboard": chat.reply_keyboard,
            "commands": self.commands(),
            "blocked": chat.blocked,
            "started": chat.started,
        }

    def _send_file(
        self, kind: str, upload: Upload, caption: str, about: Json, chat: Chat | None
    ) -> Json:
        self._check_not_blocked(chat or self.chat)
        stored = self.world.files.add(self.bot.id, kind, upload, about)
        content = stored.message_content() | message_caption({"caption": caption})
        return self._send(content, None, chat)

    def _send(self, content: Json, reply_to: int | None, chat: Chat | None) -> Json:
        chat = chat or self.chat
        self._check_not_blocked(chat)
        quoted = chat.messages.get(reply_to) if reply_to is not None else None
        message = messages.compose(self.world, chat, self.phone.user(), content, quoted)
        chat.started = True
        messages.store(self.world, chat, message)
        if bot_sees(self.bot, chat, message):
            self.bot.queue.push("message", message, chat.id)
        return message

    def _check_not_blocked(self, chat: Chat) -> None:
        if chat.is_private and (chat.blocked or chat.deactivated):
            raise ValueError("this person has blocked the bot, or is gone")


def _with_entities(text: str) -> Json:
    found = detect(text)
    return {"text": text, "entities": found} if found else {"text": text}
