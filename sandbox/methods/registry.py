"""Method name to function, and what a function gets to know of its call."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from sandbox.bots import Bot
from sandbox.chats import Chat
from sandbox.params import Params, whole_number
from sandbox.wire import Json, bad_request, forbidden
from sandbox.world import World


@dataclass(slots=True)
class Query:
    """One call being answered."""

    world: World
    bot: Bot
    params: Params

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat the parameter names, if this bot can see it; 400 otherwise."""
        chat = self._find(name)
        if chat.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        if chat.is_private and not chat.started and not self._has_met(chat.id):
            raise bad_request("chat not found")
        return chat

    def open_chat(self, name: str = "chat_id") -> Chat:
        """The chat, if the bot may write to it; 403 where somebody forbids that.

        A person who never wrote to the bot is "chat not found", as at Telegram, unless they
        share a group with it: then the bot knows them but can't initiate the conversation.
        """
        chat = self.chat(name)
        if chat.left:
            raise forbidden(f"bot is not a member of the {chat.info['type']} chat")
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def message(self, what: str, chat: Chat, name: str = "message_id") -> Json:
        """The message the parameter names; 400 "<what> not found"."""
        message_id = self.params.integer(name)
        if message_id is None:
            raise bad_request("message identifier is not specified")
        return chat.message(message_id, what)

    def _find(self, name: str) -> Chat:
        wanted = self.params.text(name).strip()
        if not wanted:
            raise bad_request(f"{name} is empty")
        chat = self.bot.chats.get(whole_number(wanted) or 0)
        if wanted.startswith("@"):
            chat = self._by_username(wanted[1:].lower())
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def _by_username(self, username: str) -> Chat | None:
        """Public groups only: a bot cannot reach a person by username."""
        for chat in self.bot.groups():
            if str(chat.info.get("username", "")).lower() == username:
                return chat
        return None

    def _has_met(self, person_id: int) -> bool:
        return any(person_id in chat.members for chat in self.bot.groups())


Method = Callable[[Query], object] | Callable[[Query], Awaitable[object]]
F = TypeVar("F", bound=Method)
METHODS: dict[str, tuple[str, Method]] = {}


def method(name: str) -> Callable[[F], F]:
    """Register a function as the Bot API method `name`; calls may write it in any case."""

    def register(function: F) -> F:
        METHODS[name.lower()] = (name, function)
        return function

    return register
