"""reply_markup: shapes and limits, with Telegram's words for what is wrong."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.wire import Json, bad_request

DATA_LIMIT_BYTES = 64  # Bot API, InlineKeyboardButton.callback_data: 1-64 bytes
BUTTON_LIMIT = 100  # observed at Telegram: more is REPLY_MARKUP_TOO_LONG
ROW_LIMIT = 8  # observed in Telegram's apps, which show no more; refused here to be safe
ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
    "callback_game", "pay",
)  # fmt: skip
WRONG_URL = "Wrong HTTP URL"
STYLES = frozenset({"danger", "success", "primary"})
COPY_LIMIT = 256  # Bot API, CopyTextButton: 1-256 characters
PLACEHOLDER_LIMIT = 64  # Bot API, ReplyKeyboardMarkup and ForceReply: 1-64 characters
OWN_PROTOCOLS = frozenset({"tg", "ton", "tonsite"})


@dataclass(frozen=True, slots=True)
class Markup:
    """What a reply_markup asks for: an inline keyboard under the message, a reply keyboard to
    show, the shown one to go away, or (all unset) nothing."""

    inline: Json | None = None
    keyboard: Json | None = None
    remove: bool = False


NO_MARKUP = Markup()


def parse_markup(given: object) -> Markup:
    """Check a reply_markup (an object, or its JSON); 400 as Telegram words it."""
    if given is None or given == "":
        return NO_MARKUP
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            raise bad_request("can't parse reply keyboard markup JSON object") from None
    if given is None:
        return NO_MARKUP
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        rows = _rows(given["inline_keyboard"], "inline_keyboard", _inline_button)
        return Markup(inline={"inline_keyboard": rows}) if rows else NO_MARKUP
    _check_placeholder(given)
    if "keyboard" in given:
        rows = _rows(given["keyboard"], "keyboard", _keyboard_button)
        return Markup(keyboard={**given, "keyboard": rows}) if rows else NO_MARKUP
    return Markup(remove=bool(given.get("remove_keyboard")))


def _rows(given: object, name: str, check: Callable[[object], Json]) -> list[list[Json]]:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    rows = [[check(button) for button in row] for row in given if row]
    if sum(map(len, rows)) > BUTTON_LIMIT or any(len(row) > ROW_LIMIT for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _inline_button(button: object) -> Json:
    prefix = "can't parse inline keyboard button"
    if not isinstance(button, dict):
        raise bad_request(f"{prefix}: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f'{prefix}: can\'t find field "text"')
    if not any(button.get(action) is not None for action in ACTIONS):
        raise bad_request(f"{prefix}: Text buttons are unallowed in the inline keyboard")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    _check_style(button, prefix)
    _check_copy_text(button, prefix)
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= DATA_LIMIT_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and (fault := url_fault(str(url))):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {fault}")
    for action, name in (("web_app", "Web App"), ("login_url", "login")):
        _check_secure(button.get(action), name)
    return button


def url_fault(url: str) -> str | None:
    """Say what the server finds wrong with a link; None for a good one.

    A link without a protocol is taken for http, and http needs a host with a dot in it.
    """
    protocol, colon, rest = url.partition(":")
    if not colon or "." in protocol or "/" in protocol:
        protocol, rest = "http", f"//{url}"
    if protocol.lower() in OWN_PROTOCOLS:
        return None if rest.strip("/") else WRONG_URL
    if protocol.lower() not in {"http", "https"}:
        return "Unsupported URL protocol"
    try:
        parts = urlsplit(f"http:{rest}")
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return WRONG_URL
    dotted = "." in host.strip(".") or ":" in host
    return None if dotted and not re.search(r"\s", url) else WRONG_URL


def _check_secure(given: object, name: str) -> None:
    if isinstance(given, dict):
        url = str(given.get("url") or "")
        if not url.lower().startswith("https://") or url_fault(url):
            fault = "Only HTTPS links are allowed"
            raise bad_request(f"inline keyboard button {name} URL '{url}' is invalid: {fault}")


def _check_style(button: Json, prefix: str) -> None:
    style = button.get("style")
    if style not in {None, ""} and style not in STYLES:
        raise bad_request(f"{prefix}: Unsupported button style specified")


def _check_copy_text(button: Json, prefix: str) -> None:
    given = button.get("copy_text")
    if given is None:
        return
    text = given.get("text") if isinstance(given, dict) else None
    if not isinstance(text, str):
        raise bad_request(f'{prefix}: can\'t find field "text"')
    if not 1 <= len(text) <= COPY_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_placeholder(given: Json) -> None:
    text = given.get("input_field_placeholder")
    if text is not None and (not isinstance(text, str) or len(text) > PLACEHOLDER_LIMIT):
        raise bad_request("input field placeholder is too long")


def _keyboard_button(button: object) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse keyboard button: KeyboardButton must be a String or an Object"
        )
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    _check_style(button, "can't parse keyboard button")
    return button
