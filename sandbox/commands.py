"""A bot's command lists, and which of them a person sees."""

from sandbox.chats import Chat
from sandbox.wire import Json

Scope = tuple[str, int, int]
"""Type of a BotCommandScope with its chat_id and user_id (0 where it has none)."""


class CommandBook:
    """Lists by scope and language code ("" for every language without its own)."""

    def __init__(self) -> None:
        self._lists: dict[tuple[Scope, str], list[Json]] = {}

    def set(self, scope: Scope, language: str, commands: list[Json]) -> None:
        """An empty list is the same as none."""
        if commands:
            self._lists[scope, language] = commands
        else:
            self._lists.pop((scope, language), None)

    def get(self, scope: Scope, language: str) -> list[Json]:
        """The list set for exactly this scope and language; empty if there is none."""
        return self._lists.get((scope, language), [])

    def seen_by(self, person_id: int, language_code: str, chat: Chat) -> list[Json]:
        """The first list set, from the narrowest scope to the widest.

        The order is the Bot API's ("Determining list of commands"); within each scope the
        person's language comes before the list for all. Of "zh-hans" the first two letters count.
        """
        language = language_code[:2].lower()
        for scope in _scopes(person_id, chat):
            for code in (language, ""):
                commands = self._lists.get((scope, code))
                if commands:
                    return commands
        return []


def _scopes(person_id: int, chat: Chat) -> list[Scope]:
    if chat.is_private:
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    scopes: list[Scope] = [("chat_member", chat.id, person_id)]
    admin = person_id in chat.admins
    if admin:
        scopes.append(("chat_administrators", chat.id, 0))
    scopes.append(("chat", chat.id, 0))
    if admin:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), ("default", 0, 0)]
