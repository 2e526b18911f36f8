"""What a caller may hold of the web server: bytes, time, connections and lines of the log."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest
import structlog

from bot import listening
from bot.listening import Refusals, serving
from bot.webhook import MOST_BYTES, PATH, SECRET_HEADER, webhook_app
from tests.bot.street import Street, message
from tests.waiting import until

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SECRET = f"{SECRET_HEADER}: s3cret\r\n"
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: bot\r\n"


@asynccontextmanager
async def served(street: Street) -> AsyncIterator[int]:
    refusals = Refusals()
    app = webhook_app(street.house.turn, "s3cret", PATH, refusals)
    async with serving(app, "127.0.0.1", 0, refusals) as port:
        yield port


@asynccontextmanager
async def caller(
    port: int,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def feed(writer: asyncio.StreamWriter, piece: bytes) -> int:
    """Send a piece over and over until the connection ends; how many bytes went."""
    sent = 0
    with suppress(OSError):
        while sent < 50 * MOST_BYTES:
            writer.write(piece)
            await writer.drain()
            sent += len(piece)
            await asyncio.sleep(0)
    return sent


async def rest(reader: asyncio.StreamReader) -> bytes:
    """What comes until the connection ends, which it must."""
    heard = b""
    with suppress(OSError):
        while piece := await reader.read(1_000):
            heard += piece
    return heard


async def post(port: int, body: bytes, headers: str = SECRET) -> bytes:
    async with caller(port) as (reader, writer):
        writer.write(f"{HEAD}{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        return (await reader.readline()).strip()


async def test_a_body_without_a_length_is_read_to_the_bound_and_no_further(street: Street) -> None:
    async with served(street) as port, caller(port) as (reader, writer):
        writer.write(f"{HEAD}{SECRET}Transfer-Encoding: chunked\r\n\r\n".encode())
        sent = await feed(writer, b"8000\r\n" + b" " * 0x8000 + b"\r\n")
        heard = await rest(reader)
    assert b"413" in heard or not heard
    assert sent < 10 * MOST_BYTES  # what the kernel buffers on both sides is sent, but not read


async def test_a_stranger_s_body_is_not_read(street: Street) -> None:
    async with served(street) as port, caller(port) as (reader, writer):
        writer.write(f"{HEAD}Content-Length: 50000000\r\n\r\n".encode())
        assert b"403" in await reader.readline()
        assert await feed(writer, b" " * 0x8000) < 10 * MOST_BYTES


@pytest.mark.parametrize("length", ["5000000", "9" * 19, "9" * 400])
async def test_a_body_whose_length_is_too_much_is_refused(street: Street, length: str) -> None:
    async with served(street) as port, caller(port) as (reader, writer):
        writer.write(f"{HEAD}{SECRET}Content-Length: {length}\r\n\r\n".encode())
        assert (await reader.readline()).split()[1] in {b"413", b"400"}


async def test_the_largest_body_is_taken(street: Street) -> None:
    async with served(street) as port:
        assert b"200" in await post(port, b"[]" + b" " * (MOST_BYTES - 2))
        assert b"413" in await post(port, b"[]" + b" " * (MOST_BYTES - 1))


SLOW: dict[str, Callable[[], str]] = {
    "nothing": lambda: "",
    "half a line": lambda: "POST /tele",
    "headers that never end": lambda: HEAD,
    "a body that never comes": lambda: f"{HEAD}{SECRET}Content-Length: 100\r\n\r\n",
    "a body that trickles": lambda: f"{HEAD}{SECRET}Content-Length: 100\r\n\r\n{{",
    "a stranger's body": lambda: f"{HEAD}Content-Length: 100\r\n\r\n",
    "elsewhere": lambda: "POST /else HTTP/1.1\r\nHost: bot\r\nContent-Length: 100\r\n\r\n",
    "chunks": lambda: f"{HEAD}{SECRET}Transfer-Encoding: chunked\r\n\r\n1\r\n{{\r\n",
}


@pytest.mark.parametrize("kind", SLOW)
async def test_a_request_that_does_not_end_holds_no_connection(
    street: Street, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "REQUEST_SECONDS", 0.1)
    async with served(street) as port, caller(port) as (reader, writer):
        writer.write(SLOW[kind]().encode())
        await rest(reader)


async def test_a_second_request_has_its_own_time(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "REQUEST_SECONDS", 0.1)
    async with served(street) as port, caller(port) as (reader, writer):
        writer.write(f"{HEAD}{SECRET}Content-Length: 2\r\n\r\n[]".encode())
        assert b"200" in await reader.readuntil(b"\r\n\r\n")
        writer.write(HEAD.encode())
        await rest(reader)


async def test_headers_are_read_to_a_bound(street: Street) -> None:
    async with served(street) as port, caller(port) as (_, writer):
        writer.write(HEAD.encode())
        assert await feed(writer, b"X-More: " + b"x" * 1_000 + b"\r\n") < 10 * MOST_BYTES


async def test_slow_turns_are_waited_for(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time counts while a request is read, not while it is worked on."""
    monkeypatch.setattr(listening, "REQUEST_SECONDS", 0.1)
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slowly(_raw: dict) -> None:
        begun.set()
        await may_end.wait()

    monkeypatch.setattr(street.house.turn, "handle", slowly)
    async with served(street) as port:
        call = asyncio.create_task(post(port, b"[]"))
        await begun.wait()
        async with caller(port) as (reader, _):  # who came later is out of time by its end
            await rest(reader)
        may_end.set()
        assert b"200" in await call


async def test_connections_are_bounded_and_come_free_again(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "MOST_CONNECTIONS", 3)
    async with served(street) as port:
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        async with caller(port) as (reader, _):
            assert await rest(reader) == b""
        for _, writer in held:
            writer.close()

        async def answered() -> bool:
            with suppress(OSError):
                return b"200" in await post(port, b"[]")
            return False

        await until(answered)


async def test_a_flood_of_refused_calls_is_counted_in_a_few_lines(street: Street) -> None:
    refused = (
        (b"{}", "", "without the secret"),
        (b"{", SECRET, "no update"),
        (b"[]" + b" " * MOST_BYTES, SECRET, "too large"),
    )
    with structlog.testing.capture_logs() as lines:
        async with served(street) as port:
            for _ in range(20):
                for body, headers, _reason in refused:
                    await post(port, body, headers)
                async with caller(port) as (reader, writer):
                    writer.write(b"no http at all\r\n\r\n")
                    await rest(reader)
    told = [line for line in lines if line["event"].startswith("webhook call")]
    assert len(told) <= 1 + len(refused) + 1
    assert sum(line.get("count", 1) for line in told) == 20 * (len(refused) + 1)
    assert {reason for _, _, reason in refused} <= {line["reason"] for line in told}


async def test_updates_come_through(street: Street) -> None:
    import json

    async with served(street) as port:
        assert b"200" in await post(port, json.dumps(message(1, "hello")).encode())
    assert await street.facts() == ["hello"]
