"""The pace as the other side measures it, and the ways to the other side that fail."""

import asyncio
import socket
from itertools import pairwise

import pytest

from bot.deliver import Courier
from bot.pacer import Limits
from models.database import transaction
from models.outbox.actions import compose
from models.outbox.rules import Lane, SendOutcome
from sandbox.people import DEMO_TOKEN
from sandbox.world import World
from tests.bot.street import A, B, Street, living
from tests.waiting import until


@pytest.mark.parametrize("limits", [Limits(group_per_minute=20)], ids=["paced"])
async def test_no_window_at_the_sandbox_holds_too_many(street: Street, world: World) -> None:
    world.limits.rules.enforced = True
    group = world.add_group("stairs", [A, B])
    people = [world.add_person(f"P{n}", person_id=6000 + n) for n in range(60)]
    now = world.clock.now()
    async with transaction(street.sessions) as session:
        for number, resident in enumerate(people):
            resident.chat.started = True
            await compose(
                session, method="sendMessage", payload={"chat_id": resident.id, "text": "x"},
                chat_id=resident.id, now=now, lane=Lane.BULK if number % 2 else Lane.ANSWER,
            )  # fmt: skip
        for _ in range(30):
            await compose(
                session, method="sendMessage", payload={"chat_id": group.id, "text": "x"},
                chat_id=group.id, now=now, lane=Lane.BULK,
            )  # fmt: skip
        for _ in range(3):
            await compose(
                session, method="sendMessage", payload={"chat_id": A, "text": "push"},
                chat_id=A, now=now, lane=Lane.NOTICE,
            )  # fmt: skip
    async with living(street, polls=False):
        await until(lambda: len(street.calls("sendMessage")) >= 83)
        await until(lambda: len(street.told(A)) == 3)
    measured = world.limits.report()
    sends = measured["kinds"]["send"]
    assert measured["refused"] == 0
    assert measured["exceeded"] == {"overall": 0, "private_chat": 0, "group": 0}
    assert sends["overall"] <= 30
    assert sends["group"]["worst"] == 20
    pushes = [
        call.monotonic for call in street.calls("sendMessage") if call.params["text"] == "push"
    ]
    assert all(later - earlier >= 1 for earlier, later in pairwise(pushes))


async def carried(api_url: str, proxy: str | None = None) -> SendOutcome:
    courier = Courier(DEMO_TOKEN, api_url, proxy)
    try:
        return (await courier.carry("sendMessage", {"chat_id": A, "text": "x"}, {})).outcome
    finally:
        await courier.close()


def nowhere() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"


async def test_a_refused_connection_did_not_send() -> None:
    assert await carried(f"http://{nowhere()}") is SendOutcome.NOT_SENT


@pytest.mark.parametrize("scheme", ["socks5", "socks4", "http"])
async def test_a_proxy_that_is_not_there_did_not_send(scheme: str) -> None:
    assert await carried("http://127.0.0.1:9", f"{scheme}://{nowhere()}") is SendOutcome.NOT_SENT


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (b"", SendOutcome.UNCERTAIN),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", SendOutcome.UNCERTAIN),
        (b"HTTP/1.1 502 Bad\r\nContent-Length: 5\r\n\r\n<htm>", SendOutcome.UNCERTAIN),
        (b"HTTP/1.1 413 Big\r\nContent-Length: 5\r\n\r\n<htm>", SendOutcome.REFUSED),
        (b"rubbish\r\n\r\n", SendOutcome.UNCERTAIN),
    ],
)
async def test_what_something_on_the_way_answers(reply: bytes, outcome: SendOutcome) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert await carried(f"http://127.0.0.1:{port}") is outcome


async def test_a_telegram_that_comes_back_is_found_again(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.receive.FIRST_WAIT", 0.05)
    street.world.faults.server_error(times=3)
    street.world.faults.drop_answer(times=2, method="getUpdates")
    async with living(street):
        street.world.person(A).send_text("hello")
        await until(lambda: street.told(A) == ["heard hello"])
