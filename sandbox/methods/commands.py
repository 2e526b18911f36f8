"""setMyCommands, getMyCommands, deleteMyCommands."""

import re

from sandbox.commands import Scope
from sandbox.methods.registry import Query, method
from sandbox.params import whole_number
from sandbox.wire import Json, bad_request

NAME = re.compile(r"[a-z0-9_]{1,32}")  # Bot API, BotCommand
DESCRIPTION_LIMIT = 256
COMMAND_LIMIT = 100  # Bot API, setMyCommands
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


@method("setMyCommands")
def set_my_commands(query: Query) -> bool:
    """The whole list for one scope and language."""
    given = query.params.values.get("commands") or []
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > COMMAND_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(command) for command in given]
    key = _scope(query), language_code(query)
    with query.world.telling_commands(query.bot):
        query.bot.commands.set(*key, commands)
    return True


@method("getMyCommands")
def get_my_commands(query: Query) -> list[Json]:
    """What was set for exactly this scope and language; there is no fall-back here."""
    return query.bot.commands.get(_scope(query), language_code(query))


@method("deleteMyCommands")
def delete_my_commands(query: Query) -> bool:
    """Let the next wider scope show through."""
    key = _scope(query), language_code(query)
    with query.world.telling_commands(query.bot):
        query.bot.commands.set(*key, [])
    return True


def language_code(query: Query) -> str:
    """A two-letter code, or "" for every language without its own."""
    code = query.params.text("language_code")
    if not LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _command(given: object) -> Json:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = given.get("command"), given.get("description")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description.strip()) <= DESCRIPTION_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description.strip()}


def _scope(query: Query) -> Scope:
    prefix = "can't parse BotCommandScope"
    given = query.params.values.get("scope") or {"type": "default"}
    if not isinstance(given, dict):
        raise bad_request(f"{prefix}: BotCommandScope must be an Object")
    kind = given.get("type")
    if kind in PLAIN_SCOPES:
        return str(kind), 0, 0
    if kind not in CHAT_SCOPES:
        raise bad_request(f"{prefix}: Unsupported type specified")
    if not given.get("chat_id"):
        raise bad_request(f"{prefix}: Empty chat_id specified")
    chat_id = whole_number(given["chat_id"])
    if chat_id not in query.bot.chats or chat_id is None:
        raise bad_request("chat not found")
    user_id = (whole_number(given.get("user_id")) or 0) if kind == "chat_member" else 0
    if kind == "chat_member" and user_id <= 0:
        raise bad_request(f"{prefix}: Invalid user_id specified")
    return str(kind), chat_id, user_id
