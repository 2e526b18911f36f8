"""Telegram in the same process: python-telegram-bot's requests go to the sandbox by a call."""

import asyncio
import json
from http import HTTPStatus
from typing import Any

from telegram.error import TimedOut
from telegram.request import BaseRequest, RequestData

from bot.request import NotActedError
from sandbox.api import FAMILIES
from sandbox.dispatch import find_method, perform
from sandbox.params import Params, Upload
from sandbox.world import World

assert FAMILIES, "the Bot API's methods are registered where they are imported"


class Wire(BaseRequest):
    """python-telegram-bot's way to Telegram: a call into the sandbox, or none when it is away."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.away = False
        self.answers_lost = 0
        """So many calls are still to be carried out without an answer coming back."""
        self.dying = False
        """The process ends in the middle of whatever call it makes next."""
        self.silent: set[int] = set()
        """Messages that arrived without a sound."""

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Carry one call out."""
        if self.away:
            raise NotActedError("no connection")
        name, function = find_method(url.rpartition("/")[2])
        params = _params(request_data)
        status, body = await perform(self._world, self._world.bot, name, function, params)
        if params.flag("disable_notification") and status == HTTPStatus.OK:
            self.silent.add(json.loads(body)["result"]["message_id"])
        if self.dying:
            raise asyncio.CancelledError
        if self.answers_lost and name == "sendMessage":
            self.answers_lost -= 1
            raise TimedOut("no answer in time")
        return status, body


def _params(data: RequestData | None) -> Params:
    if data is None:
        return Params({})
    files = {
        key: Upload(name, content if isinstance(content, bytes) else content.read(), mime_type)
        for key, (name, content, mime_type) in (data.multipart_data or {}).items()
    }
    values: dict[str, object] = {key: f"attach://{key}" for key in files}
    return Params(values | data.json_parameters, files)
