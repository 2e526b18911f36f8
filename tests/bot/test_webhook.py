"""Receiving by webhook: 200 after the commit, and for nobody but Telegram."""

import asyncio
from typing import Any

import httpx
import pytest

from bot.turn import PostponedError, Turn
from bot.webhook import PATH, SECRET_HEADER, webhook_app
from tests.bot.street import A, B, Street, message

SECRET = {SECRET_HEADER: "s3cret"}


def client(street: Street) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(webhook_app(street.house.turn, "s3cret"))
    return httpx.AsyncClient(transport=transport, base_url="http://bot", headers=SECRET)


async def test_an_update_is_taken_once(street: Street) -> None:
    async with client(street) as telegram:
        for _ in range(2):
            assert (await telegram.post(PATH, json=message(1, "hello"))).status_code == 200
    assert await street.facts() == ["hello"]


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: "é"}])
async def test_without_the_secret_nothing_is_read(street: Street, headers: dict[str, str]) -> None:
    async with client(street) as stranger:
        stranger.headers.pop(SECRET_HEADER)
        sent = {key: value.encode() for key, value in headers.items()}
        answer = await stranger.post(PATH, json=message(1, "hello"), headers=sent)  # type: ignore[arg-type]  # bytes pass
    assert answer.status_code == 403
    assert await street.facts() == []


async def test_an_absent_database_is_said(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: Any) -> None:
        raise PostponedError

    monkeypatch.setattr(Turn, "handle", away)
    async with client(street) as telegram:
        assert (await telegram.post(PATH, json=message(1, "hello"))).status_code == 503


@pytest.mark.parametrize("body", [b"[]", b'"x"', b"null", b'{"update_id": 1}'])
async def test_what_is_no_update_is_kept_and_acknowledged(street: Street, body: bytes) -> None:
    async with client(street) as telegram:
        assert (await telegram.post(PATH, content=body)).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
async def test_what_is_no_json_is_refused(street: Street, body: bytes) -> None:
    async with client(street) as telegram:
        assert (await telegram.post(PATH, content=body)).status_code == 400


async def test_calls_of_one_chat_keep_their_order(street: Street) -> None:
    async with client(street) as telegram:
        calls = []
        for number in range(20):
            person = A if number % 2 else B
            raw = message(number, f"w{number}", number, person_id=person)
            calls.append(asyncio.create_task(telegram.post(PATH, json=raw)))
            await asyncio.sleep(0)  # each call begins before the next one is made
        answers = await asyncio.gather(*calls)
    assert {answer.status_code for answer in answers} == {200}
    facts = [int(word[1:]) for word in await street.facts()]
    for parity in (0, 1):
        mine = [number for number in facts if number % 2 == parity]
        assert mine == sorted(mine)
