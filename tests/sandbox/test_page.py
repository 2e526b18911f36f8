"""The page protocol: state, acts, events, the guard at the door."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from sandbox.people import DEMO_PEOPLE
from sandbox.world import World
from tests.sandbox.conftest import Raw
from tests.waiting import PATIENCE


class Stream:
    """Server-Sent Events, one by one."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response
        self.last_id = 0

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            async for line in self.response.content:
                name, _, value = line.decode().strip().partition(": ")
                if name == "id":
                    self.last_id = int(value)
                elif name == "data":
                    event: dict[str, Any] = json.loads(value)
                    return event
        raise AssertionError("the stream has ended")


@asynccontextmanager
async def listening(raw: Raw, since: int | None = None) -> AsyncIterator[Stream]:
    headers = {} if since is None else {"Last-Event-ID": str(since)}
    async with raw.session.get(f"{raw.url}/sandbox/events", headers=headers) as response:
        assert response.content_type == "text/event-stream"
        yield Stream(response)


async def state(raw: Raw) -> dict[str, Any]:
    async with raw.session.get(f"{raw.url}/sandbox/state") as answer:
        shown: dict[str, Any] = await answer.json()
        return shown


async def test_state_shows_every_phone(raw: Raw) -> None:
    shown = await state(raw)
    assert [phone["person"]["id"] for phone in shown["phones"]] == [p.id for p in DEMO_PEOPLE]
    assert shown["phones"][0]["started"] is False
    assert shown["bot"]["username"] == "linli_demo_bot"


async def test_acts_and_their_events(raw: Raw, world: World) -> None:
    async with listening(raw) as stream:
        await raw.page("people/1001/start", payload="b5")
        started = await stream.next()
        assert started["type"] == "message"
        assert started["message"]["text"] == "/start b5"

        markup = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
        sent = await raw.result("sendMessage", chat_id=1001, text="?", reply_markup=markup)
        assert (await stream.next())["message"] == sent
        pressed = await raw.page("people/1001/press", message_id=sent["message_id"], row=0, col=0)
        await raw.result("answerCallbackQuery", **pressed, text="谢谢", show_alert=True)
        assert await stream.next() == {
            "type": "toast", "person_id": 1001, "chat_id": 1001, "text": "谢谢", "alert": True,
        }  # fmt: skip
        assert (await stream.next())["type"] == "answered"

        await raw.result("editMessageText", chat_id=1001, message_id=sent["message_id"], text="!")
        assert (await stream.next())["type"] == "edit"
        await raw.result("deleteMessage", chat_id=1001, message_id=sent["message_id"])
        assert (await stream.next())["message_ids"] == [sent["message_id"]]
        await raw.result("sendChatAction", chat_id=1001, action="typing")
        assert (await stream.next())["action"] == "typing"
        await raw.result("setMyCommands", commands=[{"command": "help", "description": "帮"}])
        changed = [await stream.next() for _ in DEMO_PEOPLE]
        assert {event["type"] for event in changed} == {"commands"}
        await raw.page("people/1001/block", blocked=True)
        assert await stream.next() == {"type": "block", "person_id": 1001, "blocked": True}
        await raw.page("clock", seconds=3600)
        assert (await stream.next())["type"] == "clock"
        newcomer = await raw.page("people", first_name="孙", language_code="en")
        assert (await stream.next())["phone"] == newcomer
    assert len(world.phones) == len(DEMO_PEOPLE) + 1


async def test_a_reconnect_gets_what_it_missed(raw: Raw, world: World) -> None:
    world.person(1001).start()
    seen = world.events.last
    world.person(1001).send_text("missed")
    async with listening(raw, seen) as stream:
        assert (await stream.next())["message"]["text"] == "missed"
        assert stream.last_id == seen + 1
    async with listening(raw, 99_999) as stream:
        assert await stream.next() == {"type": "reload"}


async def test_every_kind_of_message(raw: Raw, world: World) -> None:
    acts: dict[str, dict[str, Any]] = {
        "photo": {"sample": True, "caption": "漏水"},
        "voice": {"sample": True},
        "document": {"sample": True},
        "location": {"latitude": 31.2, "longitude": 121.5},
        "contact": {"phone_number": "13800000000"},
        "sticker": {},
    }
    for act, body in acts.items():
        message = await raw.page(f"people/1003/{act}", **body)
        assert act in message
    form = aiohttp.FormData({"caption": "own"}, quote_fields=False)
    form.add_field("document", "表".encode(), filename="表.csv", content_type="text/html")
    url = f"{raw.url}/sandbox/people/1003/document"
    async with raw.session.post(url, data=form) as answer:
        document = (await answer.json())["document"]
    assert document["file_name"] == "表.csv"
    async with raw.session.get(f"{raw.url}/sandbox/files/{document['file_id']}") as answer:
        assert await answer.text() == "表"
        assert answer.content_type == "application/octet-stream"
    photo = world.person(1003).messages[0]["photo"][-1]
    async with raw.session.get(f"{raw.url}/sandbox/files/{photo['file_id']}") as answer:
        assert answer.content_type == "image/png"


async def test_wrong_acts_are_told_so(raw: Raw) -> None:
    for path, body, status in (
        ("people/1/start", {}, 404),
        ("people/1001/dance", {}, 404),
        ("people/1001/text", {"text": ""}, 400),
        ("people/1001/start", {"payload": "a b"}, 400),
        ("people/1001/press", {"message_id": 9, "row": 0, "col": 0}, 400),
        ("clock", {"seconds": -1}, 400),
        ("people", {}, 400),
    ):
        async with raw.session.post(f"{raw.url}/sandbox/{path}", json=body) as answer:
            assert answer.status == status, path
            assert (await answer.json())["error"]


async def test_other_sites_are_kept_out(raw: Raw) -> None:
    url = f"{raw.url}/sandbox/clock"
    for headers, status in (
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": raw.url}, 200),
    ):
        async with raw.session.post(url, json={"seconds": 1}, headers=headers) as answer:
            assert answer.status == status, headers


async def test_calls_are_logged_and_reset_forgets(raw: Raw, world: World) -> None:
    await raw("getMe")
    await raw("sendMessage", chat_id=5, text="x")
    async with raw.session.get(f"{raw.url}/sandbox/calls?since=1") as answer:
        [call] = await answer.json()
    assert call["method"] == "sendMessage"
    assert call["params"] == {"chat_id": 5, "text": "x"}
    assert call["result"]["error_code"] == 400
    world.person(1001).start()
    await raw.page("reset")
    assert (await state(raw))["phones"][0]["messages"] == []
    assert len(world.calls) == 0


async def test_numbers_never_come_again(raw: Raw, world: World) -> None:
    message_id = world.person(1001).start()["message_id"]
    file_id = world.person(1001).send_photo()["photo"][0]["file_id"]
    [first, _] = await raw.result("getUpdates")
    await raw.page("reset")
    assert world.person(1001).start()["message_id"] > message_id
    assert world.person(1001).send_photo()["photo"][0]["file_id"] != file_id
    [later, _] = await raw.result("getUpdates", offset=first["update_id"] + 2)
    assert later["update_id"] > first["update_id"]


async def test_people_may_have_started_before() -> None:
    assert all(phone["started"] for phone in World(started=True).state()["phones"])


async def test_downloads_need_the_token(raw: Raw, world: World) -> None:
    file_id = world.person(1001).send_photo()["photo"][-1]["file_id"]
    path = (await raw.result("getFile", file_id=file_id))["file_path"]
    for token, status in ((world.bot.token, 200), ("7000009:AAA", 401)):
        async with raw.session.get(f"{raw.url}/file/bot{token}/{path}") as answer:
            assert answer.status == status
