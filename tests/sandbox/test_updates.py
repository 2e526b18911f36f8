"""getUpdates: order, confirmation, waiting, conflicts, keeping."""

import asyncio
from typing import Any

from sandbox.person import Person
from sandbox.updates import TERMINATED
from tests.sandbox.conftest import Raw
from tests.waiting import until


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def poll_waits(person: Person) -> None:
    """Return once a long poll hangs at the sandbox."""
    await until(lambda: person.bot.queue.is_polled)


async def test_an_offset_confirms_what_lies_below(raw: Raw, elder: Person) -> None:
    for text in "abc":
        elder.send_text(text)
    first = await raw.result("getUpdates", limit=2)
    assert texts(first) == ["a", "b"]
    assert texts(await raw.result("getUpdates")) == ["a", "b", "c"]
    offset = first[-1]["update_id"] + 1
    assert texts(await raw.result("getUpdates", offset=offset)) == ["c"]
    elder.send_text("d")
    assert texts(await raw.result("getUpdates", offset=-1)) == ["d"]
    assert texts(await raw.result("getUpdates")) == ["d"]


async def test_a_long_poll_ends_with_the_first_update(raw: Raw, elder: Person) -> None:
    poll = asyncio.create_task(raw.result("getUpdates", timeout=30))
    await poll_waits(elder)
    elder.send_text("now")
    assert texts(await poll) == ["now"]


async def test_a_second_poll_ends_the_first(raw: Raw, elder: Person) -> None:
    first = asyncio.create_task(raw("getUpdates", timeout=30))
    await poll_waits(elder)
    second = asyncio.create_task(raw("getUpdates", timeout=30))
    assert await first == {"ok": False, "error_code": 409, "description": TERMINATED}
    elder.send_text("for the second")
    assert texts((await second)["result"]) == ["for the second"]


async def test_polling_and_webhook_exclude_each_other(raw: Raw, elder: Person) -> None:
    waiting = asyncio.create_task(raw("getUpdates", timeout=30))
    await poll_waits(elder)
    await raw.result("setWebhook", url="http://127.0.0.1:9/")
    assert (await waiting)["description"] == "Conflict: terminated by setWebhook request"
    refused = await raw("getUpdates")
    assert refused["error_code"] == 409
    assert "use deleteWebhook" in refused["description"]
    await raw.result("deleteWebhook", drop_pending_updates=True)
    assert await raw.result("getUpdates") == []


async def test_allowed_updates_are_remembered(raw: Raw, elder: Person) -> None:
    await raw.result("getUpdates", allowed_updates=["callback_query"])
    elder.send_text("unheard")
    elder.press(1, "heard")
    [update] = await raw.result("getUpdates")
    assert update["callback_query"]["data"] == "heard"
    await raw.result("getUpdates", offset=update["update_id"] + 1, allowed_updates=[])
    elder.send_text("heard again")
    assert texts(await raw.result("getUpdates")) == ["heard again"]


async def test_updates_are_kept_for_24_hours(raw: Raw, elder: Person) -> None:
    elder.send_text("old")
    elder.world.advance(23 * 3600)
    elder.send_text("young")
    elder.world.advance(2 * 3600)
    assert texts(await raw.result("getUpdates")) == ["young"]


async def test_what_people_do_becomes_updates(raw: Raw, elder: Person) -> None:
    sent = elder.send_text("befor")
    elder.edit_text(sent["message_id"], "before")
    elder.send_voice()
    elder.block()
    edited, voice, blocked = (await raw.result("getUpdates"))[1:]
    assert edited["edited_message"]["text"] == "before"
    assert voice["message"]["voice"]["duration"] == 3
    change = blocked["my_chat_member"]
    assert change["new_chat_member"]["status"] == "kicked"


async def test_of_a_group_the_bot_sees_what_privacy_mode_lets_through(
    raw: Raw, elder: Person
) -> None:
    group = elder.world.add_group("五号楼", [1001])
    sent = await raw.result("sendMessage", chat_id=group.id, text="hi")
    for text in ("chatter", "/help", "/help@other_bot", "hey @linli_demo_bot"):
        elder.send_text(text, chat=group)
    elder.send_text("a reply", reply_to=sent["message_id"], chat=group)
    seen = texts(await raw.result("getUpdates"))
    assert seen == ["/help", "hey @linli_demo_bot", "a reply"]
