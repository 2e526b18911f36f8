"""python-telegram-bot's own request interface on aiohttp: many times as fast as on httpx.

It also tells apart what the interface's wrapper cannot: a request that never left from one whose
answer never came, which decides whether a message may be sent again.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import aiohttp
from aiohttp import ClientTimeout
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.post import NotLeftError, Post

READ_SECONDS = 30.0
CONNECT_SECONDS = 10.0
CONNECTIONS = 100
"""Telegram's paid ceiling is 1,000 messages a second; 100 connections at 50 ms carry 2,000."""


CLIENT_ERROR, TOO_LARGE, TOO_MANY, SERVER_ERROR = 400, 413, 429, 500
"""HTTP's own codes; python-telegram-bot would take 413 for trouble on the way."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})


@cache
def proxy_trouble() -> tuple[type[Exception], ...]:
    """Return what a proxy's refusal raises: nothing went beyond the proxy."""
    from aiohttp_socks import (  # noqa: PLC0415 - only once a request has failed
        ProxyConnectionError,
        ProxyError,
        ProxyTimeoutError,
    )

    return ProxyConnectionError, ProxyError, ProxyTimeoutError


class NotActedError(NetworkError):
    """The request never reached Telegram, or Telegram answered that it did not act."""


class UnreadableError(NetworkError):
    """Something answered, and what cannot be read: the call may have been carried out."""


def connector(proxy: str | None, limit: int = CONNECTIONS) -> aiohttp.BaseConnector:
    """Open connections directly or through a proxy (http, socks4, socks5)."""
    if proxy is None:
        return aiohttp.TCPConnector(limit=limit)
    from aiohttp_socks import ProxyConnector  # noqa: PLC0415 - most have none

    return ProxyConnector.from_url(proxy, limit=limit)


class Form:
    """What one call carries, as much as is asked of python-telegram-bot's own `RequestData`.

    `parts` are files: name -> (file name, content, MIME type).
    """

    def __init__(
        self, fields: Mapping[str, Any], parts: Mapping[str, tuple[str, Any, str]] | None = None
    ) -> None:
        self._fields = fields
        self.multipart_data = parts or {}
        self.contains_files = bool(parts)

    @property
    def json_payload(self) -> bytes:
        """Return all fields as one JSON object."""
        return json.dumps(self._fields).encode()

    @property
    def json_parameters(self) -> dict[str, str]:
        """Return the fields as text, for a form that holds files too."""
        return {
            key: value if isinstance(value, str) else json.dumps(value)
            for key, value in self._fields.items()
        }


class AiohttpRequest(BaseRequest):
    """Sends requests over one pool of connections, opened on first use."""

    def __init__(self, proxy: str | None = None) -> None:
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._post: Post | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Nothing to do before the first request."""

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = self._post = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request; give status and body, or raise what became of it."""
        within = _timeout(
            _seconds(read_timeout, READ_SECONDS), _seconds(connect_timeout, CONNECT_SECONDS)
        )
        try:
            code, payload = await self._answer(url, method, _body(request_data), within)
        except _not_connected() as error:
            raise NotActedError(f"no connection: {type(error).__name__}") from error
        except TimeoutError as error:
            raise TimedOut("no answer in time") from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"no answer: {type(error).__name__}") from error
        if code == TOO_LARGE:
            raise TelegramError("Request Entity Too Large")
        if code >= SERVER_ERROR and _says_no(payload):
            raise NotActedError(f"Telegram answered {code}")
        if code == TOO_MANY and not _wait_named(payload):
            raise NotActedError("Telegram asks to wait and does not say how long")
        if CLIENT_ERROR <= code < SERVER_ERROR and not _says_no(payload):
            raise NotActedError(f"a gateway answered {code}")
        return code, payload

    async def _answer(
        self, url: str, method: str, body: aiohttp.FormData | bytes | None, within: ClientTimeout
    ) -> tuple[int, bytes]:
        """Post JSON below the session; the session carries files, and follows redirects."""
        session, post = self._open()
        if method == "POST" and isinstance(body, bytes):
            code, payload = await post.post(url, body, within)
            if code not in REDIRECTS:
                return code, payload
        async with session.request(
            method, url, data=body, headers=_headers(body), timeout=within
        ) as response:
            return response.status, await response.read()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return an answer as an object; UnreadableError for anything else.

        What an answer says beside its result is left out where it is not of the Bot API's types.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError) as error:
            raise UnreadableError("an answer that cannot be read") from error
        if not isinstance(answer, dict):
            raise UnreadableError("an answer that is no object")
        parameters = answer.get("parameters")
        if not isinstance(parameters, dict) or any(type(v) is not int for v in parameters.values()):
            answer.pop("parameters", None)
        if answer.get("ok") is True:
            answer.setdefault("result", None)
        return answer

    def _open(self) -> tuple[aiohttp.ClientSession, Post]:
        if self._session is None or self._post is None or self._session.closed:
            connections = connector(self._proxy)
            self._session = aiohttp.ClientSession(connector=connections)
            self._post = Post(connections)
        return self._session, self._post


def _not_connected() -> tuple[type[Exception], ...]:
    direct = NotLeftError, aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError
    return *direct, *proxy_trouble()


@cache
def _timeout(total: float | None, connecting: float | None) -> ClientTimeout:
    return ClientTimeout(total=total, sock_connect=connecting)


def _seconds(value: Any, default: float) -> float | None:
    if value is BaseRequest.DEFAULT_NONE:
        return default
    return None if value is None else float(value)


def _body(request_data: RequestData | None) -> aiohttp.FormData | bytes | None:
    """Return what is sent: JSON, which costs half of what a form does, or a form with files."""
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_payload
    form = aiohttp.FormData(quote_fields=False)  # Telegram takes file names as they are
    for key, value in request_data.json_parameters.items():
        form.add_field(key, value)
    for key, (name, content, mime_type) in request_data.multipart_data.items():
        form.add_field(key, content, filename=name, content_type=mime_type)
    return form


def _headers(body: aiohttp.FormData | bytes | None) -> dict[str, str] | None:
    return {"Content-Type": "application/json"} if isinstance(body, bytes) else None


def _says_no(payload: bytes) -> bool:
    """Tell an answer of the Bot API itself from that of a gateway before it."""
    try:
        answer = json.loads(payload)
    except ValueError:
        return False
    return isinstance(answer, dict) and answer.get("ok") is False


def _wait_named(payload: bytes) -> bool:
    """Return whether an answer of 429 names the seconds to wait."""
    try:
        seconds = json.loads(payload)["parameters"]["retry_after"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return False
    return type(seconds) is int and seconds > 0
