"""The sockets beneath the server, so that a fault can cut one without an answer."""

import asyncio
import socket
from typing import cast

from starlette.types import Receive, Scope
from uvicorn.protocols.http.auto import AutoHTTPProtocol


class Connections:
    """Open transports by the client's address, as ASGI names it in `scope["client"]`."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], asyncio.Transport] = {}

    def opened(self, transport: asyncio.Transport) -> None:
        """Remember a connection."""
        # A listening socket made by hand leaves Nagle's algorithm on: 40 ms for every answer.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open[self._address(transport)] = transport

    def closed(self, transport: asyncio.Transport) -> None:
        """Forget it."""
        self._open.pop(self._address(transport), None)

    async def cut(self, scope: Scope, receive: Receive) -> None:
        """Reset this request's connection and wait until the server has noticed.

        ConnectionAbortedError where no server of ours holds the connection (an in-process
        client), so that such a caller sees a failure too.
        """
        transport = self._open.get(tuple(scope.get("client") or ()))
        if transport is None:
            raise ConnectionAbortedError("the answer was dropped by a fault")
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass

    def protocol(self) -> type[asyncio.Protocol]:
        """uvicorn's HTTP protocol, reporting its connections here."""
        connections = self

        class Watched(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # chosen at import
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                self.watched = cast("asyncio.Transport", transport)
                connections.opened(self.watched)
                super().connection_made(transport)

            def connection_lost(self, exc: Exception | None) -> None:
                connections.closed(self.watched)
                super().connection_lost(exc)

        return Watched

    @staticmethod
    def _address(transport: asyncio.Transport) -> tuple[str, int]:
        peer = transport.get_extra_info("peername")
        return str(peer[0]), int(peer[1])
