"""A tiny language of taps and replies: what somebody does, and what they then see.

Nothing waits by the clock: whoever looks for something looks again at every event of the sandbox,
until it counts as stuck.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.app import House
from models.database import Sessions, transaction
from models.outbox.rules import OPEN_STATES
from models.outbox.tables import OutboxRow
from sandbox import messages, samples
from sandbox.files import Upload
from sandbox.person import Person
from sandbox.world import World
from tests.waiting import PATIENCE, until

Json = dict[str, Any]


@dataclass
class Story:
    """The house, its world, and the database, with everybody who plays in it."""

    world: World
    house: House
    sessions: Sessions
    cast: dict[int, "Someone"] = field(default_factory=dict)

    def somebody(self, person_id: int) -> "Someone":
        """Give somebody with a phone."""
        if person_id not in self.cast:
            self.cast[person_id] = Someone(self, self.world.person(person_id))
        return self.cast[person_id]

    def newcomer(self, name: str, language: str = "zh-hans") -> "Someone":
        """Let somebody come who has never written before."""
        return self.somebody(self.world.add_person(first_name=name, language_code=language).id)

    async def later(self, **span: float) -> None:
        """Let time pass on the clock of the world, and have what is due done."""
        self.world.clock.advance(timedelta(**span))
        await self.house.ticker.sweep_once()
        self.house.sender.wake()

    async def all_sent(self) -> None:
        """Wait until what may leave has left, and what came of it is written down."""

        async def done() -> bool:
            async with transaction(self.sessions) as session:
                open_ = OutboxRow.state.in_(OPEN_STATES)
                due = OutboxRow.due_at <= self.world.clock.now()
                return not await session.scalar(select(func.count()).where(open_, due))

        await until(done)

    async def until(self, holds: Callable[[], Any], what: Callable[[], str]) -> Any:
        """Look again at every event until something holds; AssertionError once it is stuck."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not (found := holds()):
                    await self.world.events.next()
                return found
        except TimeoutError:
            raise AssertionError(what()) from None


@dataclass
class Someone:
    """A person with a phone; `sees` looks at what has come or changed since their last act."""

    story: Story
    person: Person
    known: dict[int, str] = field(default_factory=dict)
    query: str = ""

    @property
    def shown(self) -> list[Json]:
        """What the bot has put into the chat, as it stands now."""
        return [message for message in self.person.messages if message["from"]["is_bot"]]

    @property
    def keyboard(self) -> list[str]:
        """The reply keyboard."""
        keyboard = self.person.chat.reply_keyboard or {}
        return [key["text"] for row in keyboard.get("keyboard", []) for key in row]

    async def starts(self, payload: str = "") -> "Someone":
        """Press Start."""
        self._acts()
        self.person.start(payload)
        return self

    async def says(self, text: str) -> "Someone":
        """Write a message."""
        self._acts()
        self.person.send_text(text)
        return self

    async def replies(self, words: str, text: str) -> "Someone":
        """Write in reply to the newest message of the bot's that has these words.

        By then it is written down which message that was: nobody reads and answers sooner.
        """
        self._acts()
        about = await self.story.until(
            lambda: next((m for m in reversed(self.shown) if words in _text(m)), None),
            lambda: f"no message with {words!r} among {[_text(m) for m in self.shown]}",
        )
        await self.story.all_sent()
        self.person.send_text(text, reply_to=about["message_id"])
        return self

    async def forwards(self, text: str) -> "Someone":
        """Pass on what a neighbour has written elsewhere."""
        self._acts()
        chat = self.person.chat
        neighbour = {"id": 777_001, "is_bot": False, "first_name": "隔壁老陈"}
        origin = {"type": "user", "date": 1, "sender_user": neighbour}
        content = {"text": text, "forward_origin": origin}
        sent = messages.compose(self.story.world, chat, self.person.phone.user(), content)
        messages.store(self.story.world, chat, sent)
        self.person.bot.queue.push("message", sent, chat.id)
        return self

    async def speaks(self) -> "Someone":
        """Hold the microphone."""
        self._acts()
        self.person.send_voice()
        return self

    async def shows_photo(self, caption: str = "") -> "Someone":
        """Send a photo."""
        self._acts()
        self.person.send_photo(caption=caption)
        return self

    async def sends_sound(self, caption: str) -> "Someone":
        """Send a piece of music, which nothing can use, with words under it."""
        sound = {"file_id": "s", "file_unique_id": "s", "duration": 3}
        return await self.sends(audio=sound, caption=caption)

    async def sends(self, **content: Any) -> "Someone":
        """Send a message of a kind that the page cannot."""
        self._acts()
        chat = self.person.chat
        sent = messages.compose(self.story.world, chat, self.person.phone.user(), content)
        messages.store(self.story.world, chat, sent)
        self.person.bot.queue.push("message", sent, chat.id)
        return self

    async def shows_album(self, *captions: str) -> "Someone":
        """Send an album: a picture for each caption, '' for one without."""
        self._acts()
        story, chat = self.story, self.person.chat
        for caption in captions:
            upload = Upload("photo.png", samples.picture(), "image/png")
            stored = story.world.files.add(self.person.bot.id, "photo", upload, {})
            content = stored.message_content() | ({"caption": caption} if caption else {})
            content["media_group_id"] = f"album-{len(self.shown)}-{self.person.id}"
            sent = messages.compose(story.world, chat, self.person.phone.user(), content)
            messages.store(story.world, chat, sent)
            self.person.bot.queue.push("message", sent, chat.id)
        return self

    async def changes(self, words: str, text: str) -> "Someone":
        """Change the own message that has these words."""
        self._acts()
        own = [m for m in self.person.messages if not m["from"]["is_bot"]]
        about = next(m for m in reversed(own) if words in m.get("text", ""))
        self.person.edit_text(about["message_id"], text)
        return self

    async def shares_contact(self, number: str, owner: int | None = None) -> "Someone":
        """Send a contact from the address book, of an account or of nobody's."""
        self._acts()
        chat, about = self.person.chat, {"user_id": owner} if owner else {}
        contact = {"phone_number": number, "first_name": "老李", **about}
        content = {"contact": contact}
        sent = messages.compose(self.story.world, chat, self.person.phone.user(), content)
        messages.store(self.story.world, chat, sent)
        self.person.bot.queue.push("message", sent, chat.id)
        return self

    async def sends_file(self, caption: str = "", upload: Upload | None = None) -> "Someone":
        """Send a document."""
        self._acts()
        self.person.send_document(upload, caption=caption)
        return self

    async def taps(self, *labels: str) -> "Someone":
        """Tap one after the other: a key of the menu, else the newest button with these words."""
        for label in labels:
            await self._tap(label)
        return self

    async def forges(self, data: str) -> "Someone":
        """Press a button that the last message does not have."""
        self._acts()
        self.query = self.person.press(self.shown[-1]["message_id"], data)
        await self.story.until(self.toast, lambda: f"no answer to {data}")
        return self

    async def _tap(self, label: str) -> None:
        found = await self.story.until(
            lambda: self._button(label), lambda: f"no button {label!r} among {self.buttons()}"
        )
        self._acts()
        if isinstance(found, str):
            self.person.send_text(found)
        else:
            self.query = self.person.press(found[0], found[1])

    async def sees(self, *words: str) -> str:
        """Wait for a new or changed message with all these words; give its text."""
        found = await self.story.until(
            lambda: self._fresh(words),
            lambda: f"{words} is not among what is new: {self.fresh()}",
        )
        return str(found)

    async def told(self, words: str) -> "Someone":
        """Wait for the answer to the last tap, on top of the screen."""
        await self.story.until(
            lambda: words in (self.toast() or ""), lambda: f"{words!r}, not {self.toast()!r}"
        )
        return self

    async def has(self, *words: str) -> str:
        """Wait for a message with all these words, new or old, as it stands now."""
        found = await self.story.until(
            lambda: next((text for text in reversed(self.texts()) if _all(words, text)), ""),
            lambda: f"{words} is not among {self.texts()}",
        )
        return str(found)

    def buttons(self) -> list[str]:
        """List every button in the chat, and the menu's keys."""
        rows = [row for message in self.shown for row in _rows(message)]
        return [key["text"] for row in rows for key in row] + self.keyboard

    def toast(self) -> str | None:
        """Give what the last tap was answered with; None while it is not."""
        calls = self.story.world.calls.since(0, "answerCallbackQuery")
        answers = [c for c in calls if c.params.get("callback_query_id") == self.query]
        return str(answers[-1].params.get("text") or "") if answers else None

    def fresh(self) -> list[str]:
        """List what has come or changed since the last act."""
        return [_text(m) for m in self.shown if self.known.get(m["message_id"]) != _text(m)]

    def _fresh(self, words: tuple[str, ...]) -> str:
        return next((text for text in reversed(self.fresh()) if _all(words, text)), "")

    def texts(self) -> list[str]:
        """List what the bot has put into the chat, as it stands now."""
        return [_text(message) for message in self.shown]

    def _acts(self) -> None:
        self.known = {message["message_id"]: _text(message) for message in self.shown}

    def _button(self, label: str) -> tuple[int, str] | str | None:
        if label in self.keyboard:
            return label
        for message in reversed(self.shown):
            for row in _rows(message):
                for key in row:
                    if label in key["text"]:
                        return message["message_id"], key["callback_data"]
        return None


def _rows(message: Json) -> list[list[Json]]:
    rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def _text(message: Json) -> str:
    kinds = ("photo", "voice", "location", "video", "document")
    media = next((f"<{kind}>" for kind in kinds if kind in message), "")
    return str(message.get("text") or message.get("caption") or "") + media


def _all(words: tuple[str, ...], text: str) -> bool:
    return all(word in text for word in words)
