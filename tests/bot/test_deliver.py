"""The courier: what Telegram answered with 200 is never recorded as failed."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from bot.deliver import Courier
from models.outbox.rules import Attempt, SendOutcome
from sandbox.people import DEMO_TOKEN
from tests.bot.gateway import BAD_ANSWERS, HTML, gateway, http, result, said

CALL = {"chat_id": 1, "text": "hello"}

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def carried(answer: bytes) -> Attempt:
    async with gateway(lambda *_: answer) as (url, _):
        courier = Courier(DEMO_TOKEN, url)
        try:
            return await courier.carry("sendMessage", CALL, {})
        finally:
            await courier.close()


@pytest.mark.parametrize(
    ("found", "message_id"),
    [
        ({"message_id": 5}, 5),
        ({"message_id": 5, "reply_markup": {"inline_keyboard": None}, "chat": 7}, 5),
        ({"message_id": "5"}, None),
        ({"message_id": True}, None),
        ({"message_id": 2**70}, None),
        ({"message_id": -5}, None),
        ({}, None),
        (True, None),
        (None, None),
        ("text", None),
        ([], None),
        ([None, 7], None),
    ],
)
async def test_a_yes_is_sent_whatever_the_message_looks_like(
    found: object, message_id: int | None
) -> None:
    attempt = await carried(result(found))
    assert attempt.outcome is SendOutcome.SENT
    assert attempt.message_id == message_id


async def test_an_album_is_sent_with_the_numbers_that_can_be_read() -> None:
    attempt = await carried(result([{"message_id": 5}, {"message_id": 6, "date": 0}, {}, None]))
    assert (attempt.outcome, attempt.message_id) == (SendOutcome.SENT, 5)
    assert attempt.message_ids == (5, 6)


async def test_a_yes_without_a_result_is_sent() -> None:
    assert (await carried(http(200, '{"ok": true}'))).outcome is SendOutcome.SENT


@pytest.mark.parametrize("kind", [kind for kind in BAD_ANSWERS if kind.startswith("200")])
async def test_an_unreadable_200_is_uncertain(kind: str) -> None:
    assert (await carried(BAD_ANSWERS[kind])).outcome is SendOutcome.UNCERTAIN


@pytest.mark.parametrize("body", ["{}", '{"ok": false}', '{"ok": 1, "error_code": 400}'])
async def test_a_200_that_does_not_say_yes_is_uncertain(body: str) -> None:
    assert (await carried(http(200, body))).outcome is SendOutcome.UNCERTAIN


@pytest.mark.parametrize("kind", BAD_ANSWERS)
async def test_no_bad_answer_is_a_refusal(kind: str) -> None:
    """The message itself was not judged."""
    outcome = (await carried(BAD_ANSWERS[kind])).outcome
    assert outcome not in {SendOutcome.REFUSED, SendOutcome.BLOCKED, SendOutcome.GONE}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 407, 429, 451])
async def test_a_gateway_that_refuses_has_passed_nothing_on(status: int) -> None:
    assert (await carried(http(status, HTML, "text/html"))).outcome is SendOutcome.NOT_SENT


@pytest.mark.parametrize("parameters", [[], {"retry_after": "soon"}, {"retry_after": 0}, {}, 5])
async def test_parameters_of_other_types_are_passed_over(parameters: object) -> None:
    attempt = await carried(said(429, description="Too Many Requests", parameters=parameters))
    assert attempt.outcome is SendOutcome.NOT_SENT


async def test_the_named_second_is_kept() -> None:
    answer = json.loads('{"retry_after": 503}')
    attempt = await carried(said(429, description="Too Many Requests", parameters=answer))
    assert attempt.outcome is SendOutcome.RETRY_AT
    assert attempt.retry_after is not None
    assert attempt.retry_after.total_seconds() == 503


async def test_a_call_that_is_sent_on_to_another_address_arrives_whole() -> None:
    arrived: list[object] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().partition("content-length:")[2].split()[0])
        body = await reader.readexactly(length)
        elsewhere = b"HTTP/1.1 307 X\r\nLocation: /new\r\nContent-Length: 0\r\n"
        sent_on = elsewhere + b"Connection: close\r\n\r\n"
        if " /new " in head:
            arrived.append(json.loads(body))
        writer.write(result({"message_id": 5}) if " /new " in head else sent_on)
        await writer.drain()
        writer.close()

    attempt = await _carried_by(serve)
    assert (attempt.outcome, attempt.message_id) == (SendOutcome.SENT, 5)
    assert arrived == [CALL]


async def test_one_connection_carries_call_after_call_until_it_is_closed() -> None:
    """An answer in parts, one behind a provisional one, and one after which nothing comes."""
    body = json.dumps({"ok": True, "result": {"message_id": 5}}).encode()
    whole = b"HTTP/1.1 200 X\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    parts = b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n"
    answers = [parts % (len(body), body), b"HTTP/1.1 100 Continue\r\n\r\n" + whole, whole]
    connections = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        with suppress(asyncio.IncompleteReadError):
            for answer in answers:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                await reader.readexactly(
                    int(head.lower().partition("content-length:")[2].split()[0])
                )
                writer.write(answer)
                await writer.drain()
            await reader.readuntil(b"\r\n\r\n")
        writer.close()

    found = await _carried_by(serve, calls=4)
    assert [found.outcome, connections] == [SendOutcome.UNCERTAIN, 1]


async def _carried_by(serve: Serve, *, calls: int = 1) -> Attempt:
    """Carry one call after another; the last is judged, all before it are sent."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    courier = Courier(DEMO_TOKEN, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    try:
        for _ in range(calls - 1):
            assert (await courier.carry("sendMessage", CALL, {})).outcome is SendOutcome.SENT
        return await courier.carry("sendMessage", CALL, {})
    finally:
        await courier.close()
        server.close()
