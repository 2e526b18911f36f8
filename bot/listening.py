"""The web server beneath the webhook and the operator's port: what a caller may hold of it."""

import asyncio
import logging
import socket
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, cast

import h11
import structlog
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.settings import SettingsError

log = structlog.get_logger(__name__)

REQUEST_SECONDS = 15.0
"""So long may a caller take from the first byte of a request to its last; Telegram sends an update
at once. Between requests uvicorn waits for 5 seconds."""

MOST_CONNECTIONS = 200
"""Telegram opens at most 100 (Bot API, setWebhook, max_connections) and 40 if not asked."""

MOST_HEADER_BYTES = 16_384
"""Telegram's headers are some hundred bytes."""


SAID_EVERY_SECONDS = 60.0
"""How often it is said that calls go on being refused."""


class Refusals:
    """Counts refused calls: one line at the first, then one a minute while they come."""

    def __init__(self, of: str = "webhook") -> None:
        self._first, self._more = f"{of} call refused", f"{of} calls refused"
        self._counts: Counter[str] = Counter()
        self._timer: asyncio.TimerHandle | None = None

    def note(self, reason: str) -> None:
        """Count a refused call."""
        if self._timer is not None:
            self._counts[reason] += 1
            return
        log.warning(self._first, reason=reason)
        self._wait()

    def close(self) -> None:
        """Say what has not been said."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._say()

    def filter(self, record: logging.LogRecord) -> bool:
        """Count what uvicorn says of requests that are none, and let everything else through."""
        if record.levelno != logging.WARNING:
            return True
        self.note("no HTTP")
        return False

    def _wait(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(SAID_EVERY_SECONDS, self._say_on)

    def _say_on(self) -> None:
        self._timer = None
        if self._counts:
            self._say()
            self._wait()

    def _say(self) -> None:
        for reason, count in self._counts.items():
            log.warning(self._more, reason=reason, count=count)
        self._counts.clear()


class Server(uvicorn.Server):
    """uvicorn without signal handlers: the process has its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


class BoundedProtocol(H11Protocol):
    """uvicorn's HTTP, which ends connections that are too many or whose request is too slow.

    A connection that sends nothing counts as slow: its first request is awaited from the start.
    """

    _deadline: asyncio.TimerHandle | None = None
    _refused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection while there are places."""
        super().connection_made(cast("asyncio.Transport", transport))
        if len(self.connections) > MOST_CONNECTIONS:
            self._refused = True
            self.transport.abort()
            return
        self._await_request()

    def data_received(self, data: bytes) -> None:
        """Read on; a further request on the connection has its own time."""
        if self._refused:
            return
        if self._deadline is None:
            self._await_request()
        super().data_received(data)
        if self._is_read():
            self._forget_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline with the connection."""
        self._forget_deadline()
        super().connection_lost(exc)

    def _is_read(self) -> bool:
        """Return whether a request is complete, so that its answer is what is awaited."""
        return self.conn.their_state not in {h11.IDLE, h11.SEND_BODY}

    def _await_request(self) -> None:
        self._deadline = self.loop.call_later(REQUEST_SECONDS, self._give_up)

    def _give_up(self) -> None:
        self._deadline = None
        self.transport.abort()

    def _forget_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


@asynccontextmanager
async def serving(
    app: ASGIApp, host: str, port: int, refusals: Refusals, settings: str = "WEBHOOK"
) -> AsyncIterator[int]:
    """Serve an application inside, on the port that is yielded; calls in hand are finished.

    SettingsError for an address that cannot be opened: it names `<settings>_HOST` or `_PORT`.
    """
    config = uvicorn.Config(
        app,
        http=cast("Any", BoundedProtocol),
        ws="none",
        log_config=None,
        access_log=False,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
        timeout_graceful_shutdown=5,
    )
    server = Server(config)
    loud = logging.getLogger("uvicorn.error")
    loud.addFilter(refusals.filter)
    with listening(host, port, settings) as listener:
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await task
            loud.removeFilter(refusals.filter)
            refusals.close()


@contextmanager
def listening(host: str, port: int, settings: str) -> Iterator[socket.socket]:
    """Open a port; calls wait there until the server takes them."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named as TCP, so that asyncio lets small answers go at once
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except (socket.gaierror, UnicodeError) as error:
            raise SettingsError(f"{settings}_HOST: takes an address of this machine") from error
        except (OSError, OverflowError) as error:
            raise SettingsError(
                f"{settings}_PORT: takes a free port of {host}, {port} cannot be opened"
            ) from error
        listener.listen(1024)
        yield listener
