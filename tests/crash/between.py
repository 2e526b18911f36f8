"""What stands between Telegram, workers and database: a balancer, and lines that break."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import parse_qs, urlsplit

import aiohttp
from aiohttp import web

PIECE = 65_536
ANSWER_SECONDS = 1.0
"""How long a worker may take before another is tried, as nginx does (proxy_next_upstream)."""


@dataclass
class Balancer:
    """Gives each call to the next worker; one that is dead or does not answer is passed over."""

    workers: Sequence[int]
    """Their ports."""
    taken: dict[int, int] = field(default_factory=dict)
    """Calls answered with 200, by port."""
    passed_over: int = 0
    _turn: "count[int]" = field(default_factory=count)

    async def pass_on(self, request: web.Request) -> web.Response:
        """Answer as the first worker does that takes the call; 502 where none does."""
        body = await request.read()
        headers = {k: v for k, v in request.headers.items() if k.startswith(("X-", "Content-T"))}
        first = next(self._turn)
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            for step in range(len(self.workers)):
                port = self.workers[(first + step) % len(self.workers)]
                url = f"http://127.0.0.1:{port}{request.path}"
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with session.post(url, data=body, headers=headers) as answer:
                        if answer.status == 200:
                            self.taken[port] = self.taken.get(port, 0) + 1
                            return web.Response()
                self.passed_over += 1
        return web.Response(status=502)


@asynccontextmanager
async def balancing(balancer: Balancer) -> AsyncIterator[str]:
    """Serve a balancer; give its address."""
    app = web.Application()
    app.router.add_post("/{path:.*}", balancer.pass_on)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


class Line:
    """A worker's way to the database: it passes on, stands still, or is cut."""

    def __init__(self, database_url: str) -> None:
        self._to = urlsplit(database_url)
        self._server: asyncio.Server | None = None
        self._flows = asyncio.Event()
        self._flows.set()
        self._cut = False
        self._ends: set[asyncio.StreamWriter] = set()
        self._silent: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        """Give the database's address by way of this line."""
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        who = f"{self._to.username or 'postgres'}:{self._to.password or ''}"
        return f"postgresql://{who}@127.0.0.1:{port}{self._to.path}"

    async def open(self) -> None:
        """Begin to pass on."""
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)

    async def close(self) -> None:
        """Pass on no more."""
        self.cut()
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    def stall(self) -> None:
        """Let everything wait, in both directions, connections stay open."""
        self._flows.clear()

    def silence(self) -> None:
        """Pass nothing on any more of the connections there are, without a word; others do."""
        self._silent |= self._ends

    def cut(self) -> None:
        """End all connections, what was under way is lost, and let in no other."""
        self._cut = True
        for end in self._ends:
            end.transport.abort()
        self._flows.set()

    def mend(self) -> None:
        """Pass on again."""
        self._cut = False
        self._flows.set()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._cut:
            writer.transport.abort()
            return
        there, back = await self._connect()
        self._ends |= {writer, back}
        try:
            await asyncio.gather(self._pump(reader, back), self._pump(there, writer))
        finally:
            self._ends -= {writer, back}

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        folder = parse_qs(self._to.query).get("host")
        if folder:
            return await asyncio.open_unix_connection(f"{folder[0]}/.s.PGSQL.5432")
        assert self._to.hostname is not None
        return await asyncio.open_connection(self._to.hostname, self._to.port or 5432)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(PIECE):
                await self._flows.wait()
                if self._cut:
                    break
                if writer in self._silent:
                    continue
                writer.write(piece)
                await writer.drain()
        writer.transport.abort()
