"""The sandbox as a web application, and serving it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from sandbox import page
from sandbox.api import answer_call, answer_download, respond
from sandbox.connections import Connections
from sandbox.wire import ApiError, encode
from sandbox.world import World

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "testserver"})
CLOSING = ApiError(502, "Bad Gateway")  # what Telegram's front answers while a server restarts


CLOSING_S = 2.0
LOOK_S = 0.005
"""How long calls in hand have at the end, and how often they are looked at."""


class SandboxApp(Starlette):
    """Bot API calls go straight to `api`, everything else through Starlette's routes.

    Only loopback Host headers are answered (421 otherwise), and a POST to `/sandbox/` that
    another web site's page sends is refused (403), so that no page elsewhere drives the sandbox.
    """

    def __init__(self, world: World) -> None:
        super().__init__(routes=page.routes(world))
        self.world = world
        self.connections = Connections()
        self.closing = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        refusal = _refusal(scope)
        if self.closing:
            await respond(send, CLOSING.code, encode(CLOSING.body()))
        elif refusal:
            await refusal(scope, receive, send)
        elif scope["path"].startswith("/bot"):
            await answer_call(self.world, self.connections, scope, receive, send)
        elif scope["path"].startswith("/file/bot"):
            await answer_download(self.world, scope, send)
        else:
            await super().__call__(scope, receive, send)


def _refusal(scope: Scope) -> PlainTextResponse | None:
    host = origin = ""
    for name, value in scope["headers"]:
        if name == b"host":
            host = value.decode("latin-1")
        elif name == b"origin":
            origin = value.decode("latin-1")
    if _hostname(f"//{host}") not in LOOPBACK:
        return PlainTextResponse("Only loopback addresses are served here.", 421)
    foreign = origin and urlsplit(origin).netloc != host
    if foreign and scope["method"] != "GET" and not scope["path"].startswith("/bot"):
        return PlainTextResponse("Pages of other sites may not drive the sandbox.", 403)
    return None


def _hostname(url: str) -> str:
    if url.startswith("//127.0.0.1"):
        rest = url[11:]
        return "127.0.0.1" if not rest or rest[0] == ":" else rest
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


class _Server(uvicorn.Server):
    """Signals are the business of the process that serves; `ready` tells when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.stopping = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        """Wait for the end: nothing here needs uvicorn's ten ticks a second."""
        await self.stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what is in hand within CLOSING_S, as uvicorn does, but without its pauses."""
        for server in self.servers:
            server.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_S):
                while state.connections or state.tasks:  # noqa: ASYNC110 - uvicorn tells nobody
                    await asyncio.sleep(LOOK_S)
        for task in state.tasks:
            task.cancel()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serve(world: World, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve within the running loop; yields the base URL, e.g. "http://127.0.0.1:40001".

    No signal handlers. At the end polls get what there is (a further one 502), streams
    end, the port is free.
    OSError if the port is taken.
    """
    app = SandboxApp(world)
    listener = socket.create_server((host, port), backlog=2048)
    config = uvicorn.Config(
        app,
        http=app.connections.protocol(),
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
    )
    world.events.open()
    server = _Server(config)
    running = asyncio.create_task(server.serve([listener]))
    try:
        await server.ready.wait()
        yield f"http://{host}:{listener.getsockname()[1]}"
    finally:
        app.closing = True
        await world.close()
        server.stopping.set()
        await running
        await world.close()  # a call in hand may have set a webhook
