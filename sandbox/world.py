"""The whole state of a sandbox, and the operations that belong to no single person."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sandbox import messages
from sandbox.bots import Bot
from sandbox.calls import CallLog
from sandbox.chats import Chat
from sandbox.clock import Clock
from sandbox.events import EventHub
from sandbox.faults import Faults
from sandbox.files import FileStore
from sandbox.journey import Companion, Journey
from sandbox.limits import Limits
from sandbox.people import BOT_FIRST_NAME, BOT_USERNAME, DEMO_PEOPLE, DEMO_TOKEN, Phone
from sandbox.person import Person
from sandbox.wire import Json

FIRST_NEW_PERSON = 2001
FIRST_GROUP = -4001
FIRST_SUPERGROUP = -1_002_000_000_001
EPOCH = 1_767_225_600  # 2026-01-01 in Unix seconds
NUMBERS_PER_SECOND = 16
NUMBERS = 2_000_000_000  # below 2**31, as Telegram's ids


def first_number() -> int:
    """Where updates and messages of a world made now are numbered from.

    A bot's database outlives the sandbox's memory and knows which updates it has handled. So
    numbers rise from world to world, unless one used more than 16 of them in each second.
    """
    return int((time.time() - EPOCH) * NUMBERS_PER_SECOND) % NUMBERS + 1


class World:
    """State in memory, for one event loop; nothing here is thread-safe.

    `people` hold the phones at the start (and again after `reset`); the bot of `token` is the
    one they talk to unless a call names another. `webhook_retry_s` is the first pause before a
    failed webhook delivery is tried again (1 s at Telegram); `seed` governs random faults. Its
    clock begins at `starts`, else at the present.
    With `started` the people count as having started the bot already, for a bot whose database
    remembers them from before.
    """

    def __init__(
        self,
        people: tuple[Phone, ...] = DEMO_PEOPLE,
        token: str = DEMO_TOKEN,
        *,
        seed: int = 0,
        started: bool = False,
        webhook_retry_s: float = 1.0,
        starts: datetime | None = None,
    ) -> None:
        self._first_people = people
        self._token = token
        self._seed = seed
        self._started = started
        self.webhook_retry_s = webhook_retry_s
        self._starts = starts
        self.events = EventHub()
        self.companion: Companion | None = None
        """Knows when something falls due in the bot, for a jump that stops at each instant."""
        self._begin(first_number())

    def _begin(self, first: int) -> None:
        self._first_number = first
        self.clock = Clock(self._starts)
        self.journey = Journey(self.clock, self.events)
        self.phones: dict[int, Phone] = {phone.id: phone for phone in self._first_people}
        self._next_person = max([FIRST_NEW_PERSON - 1, *self.phones]) + 1
        self.bots: dict[str, Bot] = {}
        self.calls = CallLog()
        self.files = FileStore()
        self.limits = Limits()
        self.faults = Faults(self._seed)
        self._next_group = {"group": FIRST_GROUP, "supergroup": FIRST_SUPERGROUP}
        self.bot = self.add_bot(self._token, BOT_USERNAME, BOT_FIRST_NAME)
        for phone in self.phones.values():
            self.bot.private_chat(phone).started = self._started
        self.clock.listen(lambda now: self.events.emit({"type": "clock", "now": now.isoformat()}))

    async def reset(self) -> None:
        """Everything as it was at first; polls that wait end, the page is told to reload."""
        await self._let_go()
        self._begin(max(bot.next_number for bot in self.bots.values()))
        self.events.emit({"type": "reload"})

    async def close(self) -> None:
        """End what waits: polls, webhook deliveries, the page's event streams."""
        self.events.close()
        await self._let_go()

    async def _let_go(self) -> None:
        for bot in list(self.bots.values()):
            bot.queue.release()
            await bot.stop_webhook()

    def add_bot(self, token: str, username: str, first_name: str) -> Bot:
        """A further bot; its id is the number before the token's colon."""
        user: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": first_name,
            "username": username,
        }
        bot = Bot(token, user, self.clock, self._first_number)
        self.bots[token] = bot
        return bot

    def person(self, person_id: int, bot: Bot | None = None) -> Person:
        """The hands of that person on their phone. KeyError if nobody has this id."""
        return Person(self, bot or self.bot, self.phones[person_id])

    def add_person(
        self,
        first_name: str,
        last_name: str = "",
        language_code: str = "zh-hans",
        username: str = "",
        person_id: int | None = None,
    ) -> Person:
        """A newcomer with a phone; the page is told. ValueError if the id is taken."""
        number = person_id or self._next_person
        if number in self.phones:
            raise ValueError(f"person {number} exists already")
        self._next_person = max(self._next_person, number + 1)
        phone = Phone(number, first_name, last_name, username, language_code)
        self.phones[number] = phone
        self.bot.private_chat(phone)
        person = self.person(number)
        self.events.emit({"type": "phone", "phone": person.screen()})
        return person

    def add_group(
        self, title: str, members: list[int], kind: str = "supergroup", bot: Bot | None = None
    ) -> Chat:
        """A "group" or "supergroup" with the bot in it."""
        chat_id = self._next_group[kind]
        self._next_group[kind] = chat_id - 1
        info: Json = {"id": chat_id, "title": title, "type": kind}
        chat = (bot or self.bot).add_group(info, set(members))
        self.events.emit({"type": "reload"})
        return chat

    def migrate_group(self, chat_id: int, bot: Bot | None = None) -> Chat:
        """Upgrade a basic group; returns its supergroup. Both chats tell of it by a message."""
        bot = bot or self.bot
        old = bot.chats[chat_id]
        members = sorted(old.members - {bot.id})
        new = self.add_group(str(old.info["title"]), members, "supergroup", bot)
        new.admins = set(old.admins)
        author = self.phones[members[0]].user() if members else bot.user
        for chat, content in (
            (old, {"migrate_to_chat_id": new.id}),
            (new, {"migrate_from_chat_id": old.id}),
        ):
            message = messages.compose(self, chat, author, content)
            messages.store(self, chat, message)
            bot.queue.push("message", message, chat.id)
        old.migrated_to = new.id
        return new

    @contextmanager
    def telling_commands(self, bot: Bot) -> Iterator[None]:
        """Tell the page whose command list a change within this block has changed."""
        before = {number: self.person(number, bot).commands() for number in self.phones}
        yield
        for number, commands in before.items():
            person = self.person(number, bot)
            if person.commands() != commands:
                self.events.emit(
                    {"type": "commands", "chat_id": number, "commands": person.commands()}
                )

    def advance(self, seconds: float) -> None:
        """Move the sandbox's clock forward. ValueError for a step back."""
        self.clock.advance(timedelta(seconds=seconds))

    async def until(self, happened: Callable[[], bool], timeout: float = 5.0) -> None:  # noqa: ASYNC109  # a deadline is the promise
        """Wait until `happened()`, asked after every event. TimeoutError after `timeout` s."""
        async with asyncio.timeout(timeout):
            while not happened():
                await self.events.next()

    def state(self) -> Json:
        """The answer of `GET /sandbox/state`; "event" is the number to follow events from."""
        return {
            "now": self.clock.now().isoformat(),
            "event": self.events.last,
            "bot": self.bot.user,
            "phones": [self.person(person_id).screen() for person_id in self.phones],
            "groups": [self._group(chat) for chat in self.bot.groups()],
        }

    def _group(self, chat: Chat) -> Json:
        """A group as the page shows it, with the commands that its members see."""
        members = [number for number in self.phones if number in chat.members]
        languages = {number: self.phones[number].language_code for number in members}
        return {
            "chat": chat.info,
            "members": members,
            "messages": list(chat.messages.values()),
            "commands": {
                number: self.bot.commands.seen_by(number, language, chat)
                for number, language in languages.items()
            },
        }
