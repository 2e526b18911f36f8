"""The whole state of a sandbox, and the operations that belong to no single person."""

from datetime import timedelta

from sandbox.bots import Bot
from sandbox.calls import CallLog
from sandbox.chats import Chat
from sandbox.clock import Clock
from sandbox.events import EventHub
from sandbox.faults import Faults
from sandbox.files import FileStore
from sandbox.limits import Limits
from sandbox.people import BOT_FIRST_NAME, BOT_ID, BOT_USERNAME, DEMO_PEOPLE, DEMO_TOKEN, Phone
from sandbox.person import Person
from sandbox.wire import Json

FIRST_NEW_PERSON = 2001
FIRST_GROUP = -4001
FIRST_SUPERGROUP = -1_002_000_000_001


class World:
    """State in memory, for one event loop; nothing here is thread-safe.

    `people` hold the phones at the start (and again after `reset`); the bot of `token` is the
    one they talk to unless a call names another.
    """

    def __init__(
        self, people: tuple[Phone, ...] = DEMO_PEOPLE, token: str = DEMO_TOKEN, seed: int = 0
    ) -> None:
        self._first_people = people
        self._token = token
        self._seed = seed
        self.events = EventHub()
        self._begin()

    def _begin(self) -> None:
        self.clock = Clock()
        self.phones: dict[int, Phone] = {phone.id: phone for phone in self._first_people}
        self.bots: dict[str, Bot] = {}
        self.calls = CallLog()
        self.files = FileStore()
        self.limits = Limits()
        self.faults = Faults(self._seed)
        self._next_group = {"group": FIRST_GROUP, "supergroup": FIRST_SUPERGROUP}
        self.bot = self.add_bot(self._token, BOT_USERNAME, BOT_FIRST_NAME)
        for phone in self.phones.values():
            self.bot.private_chat(phone)
        self.clock.listen(lambda now: self.events.emit({"type": "clock", "now": now.isoformat()}))

    def reset(self) -> None:
        """Everything as it was at first; polls that wait end, the page is told to reload."""
        for bot in self.bots.values():
            bot.queue.interrupt("Conflict: the sandbox was reset")
            bot.webhook = None
            bot.queue.wake()
        self._begin()
        self.events.emit({"type": "reload"})

    def add_bot(self, token: str, username: str, first_name: str) -> Bot:
        """A further bot; its id is the part of the token before the colon."""
        user: Json = {
            "id": int(token.partition(":")[0] or BOT_ID),
            "is_bot": True,
            "first_name": first_name,
            "username": username,
        }
        bot = Bot(token, user, self.clock)
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
        number = person_id or max([FIRST_NEW_PERSON - 1, *self.phones]) + 1
        if number in self.phones:
            raise ValueError(f"person {number} exists already")
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
        return (bot or self.bot).add_group(info, set(members))

    def advance(self, seconds: float) -> None:
        """Move the sandbox's clock forward."""
        self.clock.advance(timedelta(seconds=seconds))

    def state(self) -> Json:
        """The answer of `GET /sandbox/state`."""
        return {
            "now": self.clock.now().isoformat(),
            "event": self.events.last,
            "bot": self.bot.user,
            "phones": [self.person(person_id).screen() for person_id in self.phones],
            "groups": [
                {"chat": chat.info, "messages": list(chat.messages.values())}
                for chat in self.bot.groups()
            ],
        }
