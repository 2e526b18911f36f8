"""A bot's account: its chats, queue of updates, callback queries and the texts it set."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sandbox.chats import Chat, MessageIds
from sandbox.clock import Clock
from sandbox.commands import CommandBook
from sandbox.people import Phone
from sandbox.updates import UpdateQueue
from sandbox.wire import Json

QUERIES_KEPT = 10_000


@dataclass(slots=True)
class CallbackQuery:
    """A pressed button waiting for its answer; `pressed_at` in Unix seconds of sandbox time."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    pressed_at: float


@dataclass(slots=True)
class WebhookSettings:
    """What setWebhook set, and how the last delivery failed."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


@dataclass(slots=True)
class Profile:
    """Texts by language code ("" for the default), and menu buttons by chat (0: default)."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)


class Bot:
    """One token's world. Chats with people come into being when first asked for.

    Updates and messages are numbered from `first_number` on.
    """

    def __init__(self, token: str, user: Json, clock: Clock, first_number: int) -> None:
        self.token = token
        self.user = user
        self.id: int = user["id"]
        self.chats: dict[int, Chat] = {}
        self.queue = UpdateQueue(clock, first_number)
        self.queries: dict[str, CallbackQuery] = {}
        self.webhook: WebhookSettings | None = None
        self.webhook_task: asyncio.Task[None] | None = None
        self._changing_webhook = asyncio.Lock()
        self.profile = Profile()
        self.commands = CommandBook()
        self._first_number = first_number
        self._ids = MessageIds(first_number)

    def private_chat(self, phone: Phone) -> Chat:
        """The private chat with a person, empty and not started at first."""
        chat = self.chats.get(phone.id)
        if chat is None:
            chat = Chat(phone.private_chat(), self._ids, members={phone.id, self.id})
            self.chats[phone.id] = chat
        return chat

    def add_group(self, info: Json, members: set[int]) -> Chat:
        """A group the bot is in; supergroups number their messages themselves."""
        ids = MessageIds(self._first_number) if info["type"] == "supergroup" else self._ids
        chat = Chat(info, ids, members={*members, self.id}, started=True)
        self.chats[chat.id] = chat
        return chat

    @property
    def next_number(self) -> int:
        """A number no update or message of this bot has reached."""
        return max(self.queue.next_id, self._ids.next, *(c.ids.next for c in self.groups()))

    def remember(self, query: CallbackQuery) -> None:
        """Keep a press until it is answered; of very many unanswered ones the oldest go."""
        if len(self.queries) >= QUERIES_KEPT:
            del self.queries[next(iter(self.queries))]
        self.queries[query.id] = query

    def groups(self) -> list[Chat]:
        """All chats but the private ones."""
        return [chat for chat in self.chats.values() if not chat.is_private]

    async def start_webhook(
        self, settings: WebhookSettings, deliver: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        """Begin to deliver, once any delivery there is has ended: never two at once."""
        async with self._changing_webhook:
            await self._end_delivery()
            self.webhook = settings
            self.webhook_task = asyncio.create_task(deliver())

    async def stop_webhook(self) -> None:
        """End delivery, also of what is under way; nothing happens without a webhook."""
        async with self._changing_webhook:
            await self._end_delivery()

    async def _end_delivery(self) -> None:
        task, self.webhook, self.webhook_task = self.webhook_task, None, None
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
