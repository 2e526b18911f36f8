"""The courier: one call to Telegram through python-telegram-bot, one named outcome.

python-telegram-bot is a second, independent reading of the Bot API: what aiogram composed passes
its own types before it leaves.
"""

import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import telegram
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.request import AiohttpRequest, NotActedError
from models.outbox.rules import Attempt, Outcome

os.environ.setdefault("PTB_TIMEDELTA", "true")  # its durations come as timedelta, not as int

Files = Mapping[str, tuple[str, bytes]]
"""Files of the bot's own making: attachment key -> (file name, content)."""

ATTACHED = "attach://"

GONE_SIGNS = (
    "chat not found",
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message can't be deleted",
    "message_id_invalid",
    "query is too old",
    "query id is invalid",
    "user not found",
)


class Courier:
    """Carries single calls to Telegram; never raises for what Telegram or the network does."""

    def __init__(self, token: str, api_url: str, proxy: str | None = None) -> None:
        self._request = AiohttpRequest(proxy)
        self._bot = telegram.Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    async def carry(self, method: str, payload: Mapping[str, Any], files: Files) -> Attempt:
        """Make one call and name what came of it."""
        try:
            result = await getattr(self._bot, method)(**_arguments(payload, files))
        except TelegramError as error:
            return _attempt(error)
        return Attempt(
            Outcome.SENT, message_id=_message_id(result), message_ids=_message_ids(result)
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()


def _message_id(result: Any) -> int | None:
    if isinstance(result, tuple) and result:
        result = result[0]
    found = getattr(result, "message_id", None)
    return found if isinstance(found, int) else None


def _message_ids(result: Any) -> tuple[int, ...]:
    """Give the numbers of all that an album became; of anything else none."""
    if not isinstance(result, tuple):
        return ()
    return tuple(one.message_id for one in result if isinstance(one, telegram.Message))


def _attempt(error: TelegramError) -> Attempt:  # noqa: PLR0911 - a return a case
    reason = error.message
    match error:
        case RetryAfter():
            wait = error.retry_after
            wait = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
            return Attempt(Outcome.RETRY_AT, retry_after=wait, reason=reason)
        case ChatMigrated():
            return Attempt(Outcome.MIGRATED, new_chat_id=error.new_chat_id, reason=reason)
        case Forbidden():  # blocked, deactivated, never started, thrown out of the group
            return Attempt(Outcome.BLOCKED, reason=reason)
        case BadRequest():
            return Attempt(_refusal(reason.lower()), reason=reason)
        case InvalidToken():
            return Attempt(Outcome.NOT_SENT, reason="Telegram refuses the token")
        case NotActedError():
            return Attempt(Outcome.NOT_SENT, reason=reason)
        case NetworkError():
            return Attempt(Outcome.UNCERTAIN, reason=reason)
    return Attempt(Outcome.REFUSED, reason=reason)


def _refusal(reason: str) -> Outcome:
    if "message is not modified" in reason:
        return Outcome.UNCHANGED
    return Outcome.GONE if any(sign in reason for sign in GONE_SIGNS) else Outcome.REFUSED


MEDIA: dict[str, Callable[..., Any]] = {
    "animation": telegram.InputMediaAnimation,
    "audio": telegram.InputMediaAudio,
    "document": telegram.InputMediaDocument,
    "photo": telegram.InputMediaPhoto,
    "video": telegram.InputMediaVideo,
}


def _reply_markup(raw: dict[str, Any]) -> Any:
    if "inline_keyboard" in raw:
        return telegram.InlineKeyboardMarkup.de_json(raw)
    if "keyboard" in raw:
        return telegram.ReplyKeyboardMarkup.de_json(raw)
    kind = telegram.ReplyKeyboardRemove if "remove_keyboard" in raw else telegram.ForceReply
    return kind.de_json(raw)


READERS: dict[str, Callable[[Any], Any]] = {
    "reply_markup": _reply_markup,
    "entities": telegram.MessageEntity.de_list,
    "caption_entities": telegram.MessageEntity.de_list,
    "link_preview_options": telegram.LinkPreviewOptions.de_json,
    "reply_parameters": telegram.ReplyParameters.de_json,
    "commands": telegram.BotCommand.de_list,
    "scope": telegram.BotCommandScope.de_json,
}


def _arguments(payload: Mapping[str, Any], files: Files) -> dict[str, Any]:
    """Turn a payload into python-telegram-bot's own types."""
    return {key: _argument(key, value, files) for key, value in payload.items()}


def _argument(key: str, value: Any, files: Files, *, inside: bool = False) -> Any:
    """Turn one parameter; `inside` an album, which names its files instead of being them."""
    if isinstance(value, str) and value.startswith(ATTACHED):
        name, content = files[value.removeprefix(ATTACHED)]
        return telegram.InputFile(content, filename=name, attach=inside)
    if key == "media" and not inside:
        items = [_media(item, files) for item in (value if isinstance(value, list) else [value])]
        return items if isinstance(value, list) else items[0]
    return READERS[key](value) if key in READERS else value


def _media(raw: dict[str, Any], files: Files) -> Any:
    fields = {key: value for key, value in raw.items() if key != "type"}
    turned = {key: _argument(key, value, files, inside=True) for key, value in fields.items()}
    return MEDIA[raw["type"]](**turned)
