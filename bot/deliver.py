"""The courier: one call to Telegram through python-telegram-bot, one named outcome.

python-telegram-bot is a second, independent reading of the Bot API: what aiogram composed leaves
only by a method and with parameters that it knows as well.
"""

import inspect
import os
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any, cast

import telegram
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import RequestData

from bot.request import AiohttpRequest, Form, NotActedError
from models.outbox.rules import Attempt, SendOutcome

os.environ.setdefault("PTB_TIMEDELTA", "true")  # its durations come as timedelta, not as int

OF_THE_LIBRARY = frozenset(
    {
        "self",
        "read_timeout",
        "write_timeout",
        "connect_timeout",
        "pool_timeout",
        "api_kwargs",
    }
)
"""Parameters of python-telegram-bot's methods that are its own."""

Files = Mapping[str, tuple[str, bytes]]
"""Files of the bot's own making: attachment key -> (file name, content)."""

ATTACHED = "attach://"

LARGEST_ID = 2**31 - 1
"""A message's number is a signed integer of 32 bits (Telegram's own schema, `id:int`)."""

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
    """Carries single calls to Telegram; never raises for what Telegram or the network does.

    The call is made by python-telegram-bot's own request, which knows Telegram's answers, and not
    by its `Bot`: that turns parameters into its types and back, and an answer into a message
    nobody reads, which is half of what a call costs (measured). What is kept of its second reading
    of the Bot API are its names: a method or a parameter that it does not have is not sent.
    """

    def __init__(self, token: str, api_url: str, proxy: str | None = None) -> None:
        self._request = AiohttpRequest(proxy)
        self._url = f"{api_url}/bot{token}"

    async def carry(self, method: str, payload: Mapping[str, Any], files: Files) -> Attempt:
        """Make one call and name what came of it.

        AttributeError for a method, TypeError for parameters that the Bot API does not have.
        """
        _check(method, payload)
        form = _form(payload, files) if files else Form(payload)
        try:
            result = await self._request.post(f"{self._url}/{method}", cast("RequestData", form))
        except TelegramError as error:
            return _attempt(error)
        except KeyError:  # 200, and in it neither yes nor a result
            return Attempt(SendOutcome.UNCERTAIN, reason="an answer of 200 that does not say yes")
        return Attempt(
            SendOutcome.SENT, message_id=_message_id(result), message_ids=_message_ids(result)
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()


KEYBOARDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
MEDIA = frozenset({"animation", "audio", "document", "photo", "video"})


@cache
def _parameters(method: str) -> tuple[frozenset[str], frozenset[str]]:
    """List the parameters of a method as python-telegram-bot has them: all, and the required."""
    own = inspect.signature(getattr(telegram.Bot, method)).parameters
    named = {name: each for name, each in own.items() if name not in OF_THE_LIBRARY}
    required = (name for name, each in named.items() if each.default is inspect.Parameter.empty)
    return frozenset(named), frozenset(required)


def _check(method: str, payload: Mapping[str, Any]) -> None:
    known, required = _parameters(method)
    if unknown := payload.keys() - known:
        raise TypeError(f"{method} takes no {', '.join(sorted(unknown))}")
    if missing := required - payload.keys():
        raise TypeError(f"{method} takes {', '.join(sorted(missing))} too")
    markup = payload.get("reply_markup", {KEYBOARDS[0]: []})
    if not isinstance(markup, dict) or markup.keys().isdisjoint(KEYBOARDS):
        raise TypeError("reply_markup takes a keyboard")
    album = payload.get("media", ())
    if any(piece["type"] not in MEDIA for piece in ([album] if isinstance(album, dict) else album)):
        raise TypeError(f"media takes {', '.join(sorted(MEDIA))}")


def _message_id(result: Any) -> int | None:
    if isinstance(result, list) and result:
        result = result[0]
    found = result.get("message_id") if isinstance(result, dict) else None
    return found if type(found) is int and 0 < found <= LARGEST_ID else None


def _message_ids(result: Any) -> tuple[int, ...]:
    """Return the numbers of all that an album became; of anything else none."""
    if not isinstance(result, list):
        return ()
    return tuple(number for one in result if (number := _message_id(one)) is not None)


def _attempt(error: TelegramError) -> Attempt:  # noqa: PLR0911 - a return a case
    reason = error.message
    match error:
        case RetryAfter():
            wait = error.retry_after
            wait = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
            return Attempt(SendOutcome.RETRY_AT, retry_after=wait, reason=reason)
        case ChatMigrated():
            return Attempt(SendOutcome.MIGRATED, new_chat_id=error.new_chat_id, reason=reason)
        case Forbidden():  # blocked, deactivated, never started, thrown out of the group
            return Attempt(SendOutcome.BLOCKED, reason=reason)
        case BadRequest():
            return Attempt(_refusal(reason.lower()), reason=reason)
        case InvalidToken():
            return Attempt(SendOutcome.NOT_SENT, reason="Telegram refuses the token")
        case NotActedError() | Conflict():
            return Attempt(SendOutcome.NOT_SENT, reason=reason)
        case NetworkError():
            return Attempt(SendOutcome.UNCERTAIN, reason=reason)
    return Attempt(SendOutcome.REFUSED, reason=reason)


def _refusal(reason: str) -> SendOutcome:
    if "message is not modified" in reason:
        return SendOutcome.UNCHANGED
    return SendOutcome.GONE if any(sign in reason for sign in GONE_SIGNS) else SendOutcome.REFUSED


def _form(payload: Mapping[str, Any], files: Files) -> Form:
    """Attach the files that a payload names: of an album by name, else as the parameter itself."""
    own = {key: _attached(value) for key, value in payload.items() if _attached(value)}
    album = payload.get("media")
    pieces = album if isinstance(album, list) else [album] if isinstance(album, dict) else []
    named = {_attached(value) for piece in pieces for value in piece.values()} - {""}
    parts = {key: files[name] for key, name in own.items()} | {name: files[name] for name in named}
    return Form(
        {key: value for key, value in payload.items() if key not in own},
        {
            key: telegram.InputFile(content, filename=name).field_tuple
            for key, (name, content) in parts.items()
        },
    )


def _attached(value: Any) -> str:
    """Name the file that a value stands for; '' for anything else."""
    attached = isinstance(value, str) and value.startswith(ATTACHED)
    return value.removeprefix(ATTACHED) if attached else ""
