"""`python -m benchmarks.server`: serve on a free port of 127.0.0.1 until ended."""

import asyncio

import uvloop

from benchmarks.server.api import Api
from benchmarks.server.http import Connection


async def serve() -> None:
    """Serve; the one line on standard output is the base URL."""
    api = Api()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(api.take, api.forget), "127.0.0.1", 0, backlog=1024
    )
    port = server.sockets[0].getsockname()[1]
    print(f"http://127.0.0.1:{port}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve())
