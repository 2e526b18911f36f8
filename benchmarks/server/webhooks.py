"""Calling workers by webhook, each update to the next of them, over connections that are kept."""

import asyncio
import re
from itertools import cycle

AT_ONCE = 40
"""Calls under way to all workers together, at the most: Telegram's default for one address."""

AGAIN_SECONDS = 0.1
"""Until an update is given again that was not taken."""

KEPT_SECONDS = 1.0
"""For how long a connection is kept without a call: less than a worker keeps it."""

LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
HEAD = (
    b"POST /telegram HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"X-Telegram-Bot-Api-Secret-Token: bench\r\nContent-Length: %d\r\n\r\n"
)


class Webhooks:
    """The ports that take updates; begins to call within the running loop."""

    def __init__(self, ports: list[int]) -> None:
        queues: list[asyncio.Queue[bytes]] = [asyncio.Queue() for _ in ports]
        self._next = cycle(queues)
        self._tasks = [
            asyncio.get_running_loop().create_task(_call(port, queue))
            for port, queue in zip(ports, queues, strict=True)
            for _ in range(AT_ONCE // len(ports))
        ]

    def push(self, update: bytes) -> None:
        """Give an update to the next worker."""
        next(self._next).put_nowait(update)

    def stop(self) -> None:
        """Call no more."""
        for task in self._tasks:
            task.cancel()


async def _call(port: int, updates: "asyncio.Queue[bytes]") -> None:
    """Give updates to a worker, each until it is taken; a connection that it closes is renewed."""
    while True:
        update = await updates.get()
        try:
            await _speak(port, updates, update)
        except (OSError, asyncio.IncompleteReadError):
            updates.put_nowait(update)


async def _speak(port: int, updates: "asyncio.Queue[bytes]", update: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while await _taken(reader, writer, update):
            try:
                update = await asyncio.wait_for(updates.get(), KEPT_SECONDS)
            except TimeoutError:
                return
        updates.put_nowait(update)
        await asyncio.sleep(AGAIN_SECONDS)
    finally:
        writer.close()


async def _taken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, update: bytes) -> bool:
    writer.write(HEAD % len(update) + update)
    head = await reader.readuntil(b"\r\n\r\n")
    found = LENGTH.search(head)
    if found:
        await reader.readexactly(int(found[1]))
    return b" 200 " in head.partition(b"\r\n")[0]
