"""The bot's name, descriptions and menu button."""

from sandbox.methods.commands import language_code
from sandbox.methods.registry import Query, method
from sandbox.wire import Json, bad_request

NAME_LIMIT = 64  # Bot API, setMyName
DESCRIPTION_LIMIT = 512  # Bot API, setMyDescription
SHORT_DESCRIPTION_LIMIT = 120  # Bot API, setMyShortDescription
MENU_BUTTONS = frozenset({"default", "commands", "web_app"})


@method("setMyName")
def set_my_name(query: Query) -> bool:
    """0-64 characters for one language; empty takes it away."""
    return _set(query, query.bot.profile.names, "name", NAME_LIMIT)


@method("getMyName")
def get_my_name(query: Query) -> Json:
    """The language's own, else the default."""
    name = _get(query, query.bot.profile.names)
    return {"name": name or str(query.bot.user["first_name"])}


@method("setMyDescription")
def set_my_description(query: Query) -> bool:
    """0-512 characters, shown in an empty chat."""
    return _set(query, query.bot.profile.descriptions, "description", DESCRIPTION_LIMIT)


@method("getMyDescription")
def get_my_description(query: Query) -> Json:
    """The language's own, else the default."""
    return {"description": _get(query, query.bot.profile.descriptions)}


@method("setMyShortDescription")
def set_my_short_description(query: Query) -> bool:
    """0-120 characters, shown on the profile."""
    texts = query.bot.profile.short_descriptions
    return _set(query, texts, "short_description", SHORT_DESCRIPTION_LIMIT)


@method("getMyShortDescription")
def get_my_short_description(query: Query) -> Json:
    """The language's own, else the default."""
    return {"short_description": _get(query, query.bot.profile.short_descriptions)}


@method("setChatMenuButton")
def set_chat_menu_button(query: Query) -> bool:
    """For one private chat, or for all without their own."""
    button = query.params.values.get("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in MENU_BUTTONS:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    query.bot.profile.menu_buttons[_menu_chat(query)] = button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(query: Query) -> Json:
    """The chat's own, else the default."""
    buttons = query.bot.profile.menu_buttons
    return buttons.get(_menu_chat(query)) or buttons.get(0) or {"type": "commands"}


def _menu_chat(query: Query) -> int:
    if not query.params.text("chat_id"):
        return 0
    chat = query.chat()
    if not chat.is_private:
        raise bad_request("private chat not found")
    return chat.id


def _set(query: Query, texts: dict[str, str], name: str, limit: int) -> bool:
    text = query.params.text(name)
    if len(text) > limit:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    language = language_code(query)
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)
    return True


def _get(query: Query, texts: dict[str, str]) -> str:
    return texts.get(language_code(query)) or texts.get("", "")
