"""Method name to function."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.bots import Bot
from sandbox.chats import Chat
from sandbox.params import Params
from sandbox.wire import bad_request
from sandbox.world import World


@dataclass(slots=True)
class Query:
    """One call being answered."""

    world: World
    bot: Bot
    params: Params

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat named by the parameter, if this bot can see it."""
        wanted = self.params.text(name).strip()
        if not wanted:
            raise bad_request(f"{name} is empty")
        chat_id: int | None
        if wanted.startswith("@"):
            chat_id = self.bot.usernames.get(wanted[1:].lower())
        else:
            chat_id = int(wanted) if wanted.lstrip("-").isdecimal() else None
        chat = self.bot.chats.get(chat_id) if chat_id is not None else None
        if chat is None:
            raise bad_request("chat not found")
        return chat


Result = object
Method = Callable[[Query], Result | Awaitable[Result]]
METHODS: dict[str, tuple[str, Method]] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register a function as the Bot API method `name`; calls may write it in any case."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = (name, function)
        return function

    return register
