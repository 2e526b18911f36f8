"""The sandbox as a web application, and serving it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from sandbox import page
from sandbox.api import answer_call
from sandbox.world import World


class SandboxApp(Starlette):
    """Bot API calls go straight to `api`, everything else through Starlette's routes."""

    def __init__(self, world: World) -> None:
        super().__init__(routes=page.routes(world))
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/bot"):
            await answer_call(self.world, scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(world: World) -> Starlette:
    """The ASGI application: Bot API, page and `/sandbox/*` over one world."""
    return SandboxApp(world)


@asynccontextmanager
async def serve(world: World, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve within the running loop; yields the base URL, e.g. "http://127.0.0.1:40001"."""
    config = uvicorn.Config(
        create_app(world), host=host, port=port, log_level="warning", access_log=False,
        lifespan="off", timeout_graceful_shutdown=1, ws="none",
    )
    server = uvicorn.Server(config)
    server_task = asyncio.create_task(server._serve())
    while not server.started and not server_task.done():
        await asyncio.sleep(0.01)
    if server_task.done():
        await server_task
        raise OSError(f"the sandbox could not listen on {host}:{port}")
    bound = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://{host}:{bound}"
    finally:
        server.should_exit = True
        await server_task
