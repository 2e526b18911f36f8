"""What Telegram refuses, and in which words."""

import io
from itertools import accumulate
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.faults import Fault
from sandbox.limits import Limits
from sandbox.methods.callbacks import EXPIRED
from sandbox.methods.editing import NOT_MODIFIED
from sandbox.params import Upload
from sandbox.person import Person
from sandbox.world import World
from tests.sandbox.conftest import Raw


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": "字" * 4097}, "message is too long"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 999}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "chat_id": 1004}, "chat not found"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        (
            {"text": "a<b", "parse_mode": "HTML"},
            "can't parse entities: Unclosed start tag at byte offset 1",
        ),
        (
            {"text": "字<foo>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "foo" at byte offset 3',
        ),
        (
            {"text": "<b>x</i>", "parse_mode": "HTML"},
            (
                "can't parse entities: Unmatched end tag at byte offset 4, "
                'expected "</b>", found "</i>"'
            ),
        ),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"text": "5.5", "parse_mode": "MarkdownV2"},
            (
                "can't parse entities: Character '.' is reserved and must be escaped with the "
                "preceding '\\'"
            ),
        ),
        (
            {"text": "好*x", "parse_mode": "MarkdownV2"},
            "can't parse entities: Can't find end of Bold entity at byte offset 3",
        ),
        (
            {"text": "好_x", "parse_mode": "Markdown"},
            "can't parse entities: Can't find end of the entity starting at byte offset 3",
        ),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2",
        ),
        (
            {"text": "😀", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
            "entity begins in a middle of a UTF-16 symbol at byte offset 0",
        ),
        (
            {"text": "x", "reply_markup": keyboard({"text": "a", "callback_data": "字" * 22})},
            "BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "reply_markup": keyboard({"text": "a"})},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [{"text": "a"}]}},
            'field "inline_keyboard" must be an Array of Arrays',
        ),
        (
            {"text": "x", "reply_markup": "{"},
            "can't parse reply keyboard markup JSON object",
        ),
        (
            {
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "a.cn"}]] * 101},
            },
            "reply markup is too long",
        ),
        ({"text": "x", "reply_parameters": {"message_id": 77}}, "message to be replied not found"),
        (
            {"text": "x", "disable_notification": "maybe"},
            (
                "can't parse parameter disable_notification: Input should be a valid boolean, "
                "unable to interpret input"
            ),
        ),
    ],
)
async def test_send_message_refuses(
    raw: Raw, elder: Person, params: dict[str, Any], description: str
) -> None:
    before = len(elder.messages)
    body = await raw("sendMessage", **{"chat_id": 1001, **params})
    assert body == {"ok": False, "error_code": 400, "description": f"Bad Request: {description}"}
    assert len(elder.messages) == before


async def test_the_longest_text_counts_after_parsing(raw: Raw, elder: Person) -> None:
    text = "<b>" + "x" * 4096 + "</b>"
    sent = await raw.result("sendMessage", chat_id=1001, text=text, parse_mode="html")
    assert len(sent["text"]) == 4096
    longest = keyboard({"text": "a", "callback_data": "d" * 64})
    assert await raw.result("sendMessage", chat_id=1001, text="x", reply_markup=longest)


async def test_captions_and_files(raw: Raw, elder: Person) -> None:
    file_id = elder.send_photo()["photo"][0]["file_id"]
    send = {"chat_id": 1001, "photo": file_id}
    assert await raw.error("sendPhoto", **send, caption="x" * 1025) == (
        "Bad Request: message caption is too long"
    )
    assert await raw.error("sendPhoto", chat_id=1001, photo="none") == (
        "Bad Request: wrong file identifier/HTTP URL specified"
    )
    assert await raw.error("sendDocument", chat_id=1001, document=file_id) == (
        "Bad Request: type of file mismatch"
    )
    assert await raw.error("sendPhoto", chat_id=1001) == (
        "Bad Request: there is no photo in the request"
    )
    one = {"type": "photo", "media": file_id}
    assert "2-10" in await raw.error("sendMediaGroup", chat_id=1001, media=[one])
    assert "too many" in await raw.error("sendMediaGroup", chat_id=1001, media=[one] * 11)
    big = elder.send_document(Upload("big.bin", b"x" * (20 * 1024 * 1024 + 1)))
    assert await raw.error("getFile", file_id=big["document"]["file_id"]) == (
        "Bad Request: file is too big"
    )


async def test_a_photo_has_at_most_ten_megabytes(raw: Raw, elder: Person) -> None:
    form = aiohttp.FormData({"chat_id": "1001"})
    big = io.BytesIO(b"x" * (10 * 1024 * 1024 + 1))
    form.add_field("photo", big, filename="big.png")
    url = f"{raw.url}/bot{elder.bot.token}/sendPhoto"
    async with raw.session.post(url, data=form) as answer:
        assert answer.status == 400
        assert "too big for a photo" in (await answer.json())["description"]


async def test_editing(raw: Raw, elder: Person) -> None:
    sent = await raw.result("sendMessage", chat_id=1001, text="a")
    edit = {"chat_id": 1001, "message_id": sent["message_id"]}
    assert await raw.error("editMessageText", **edit, text="a") == f"Bad Request: {NOT_MODIFIED}"
    assert (await raw.result("editMessageText", **edit, text="b"))["edit_date"]
    own = elder.send_text("mine")["message_id"]
    assert await raw.error("editMessageText", chat_id=1001, message_id=own, text="c") == (
        "Bad Request: message can't be edited"
    )
    assert await raw.error("editMessageText", chat_id=1001, message_id=99, text="c") == (
        "Bad Request: message to edit not found"
    )
    assert await raw.error("editMessageCaption", **edit, caption="c") == (
        "Bad Request: there is no caption in the message to edit"
    )
    menu = {"keyboard": [["一", "二"]]}
    shown = await raw.result("sendMessage", chat_id=1001, text="m", reply_markup=menu)
    assert elder.chat.reply_keyboard == {"keyboard": [[{"text": "一"}, {"text": "二"}]]}
    assert await raw.error(
        "editMessageText", chat_id=1001, message_id=shown["message_id"], text="n"
    ) == ("Bad Request: message can't be edited")


async def test_deleting_ends_after_48_hours(raw: Raw, elder: Person) -> None:
    sent = await raw.result("sendMessage", chat_id=1001, text="a")
    elder.world.advance(48 * 3600)
    fresh = await raw.result("sendMessage", chat_id=1001, text="b")
    message_id = sent["message_id"]
    assert await raw.error("deleteMessage", chat_id=1001, message_id=message_id) == (
        "Bad Request: message can't be deleted"
    )
    assert await raw.error("deleteMessage", chat_id=1001, message_id=555) == (
        "Bad Request: message to delete not found"
    )
    gone = [fresh["message_id"], 555]
    assert await raw.result("deleteMessages", chat_id=1001, message_ids=gone) is True
    assert elder.messages[-1]["text"] == "a"


async def test_a_press_is_answered_once_and_in_time(raw: Raw, elder: Person) -> None:
    query_id = elder.press(1, "forged")
    assert await raw.error("answerCallbackQuery", callback_query_id=query_id, text="x" * 201) == (
        "Bad Request: MESSAGE_TOO_LONG"
    )
    assert await raw.result("answerCallbackQuery", callback_query_id=query_id) is True
    late = elder.press(1, "late")
    elder.world.advance(16 * 60)
    for query in (query_id, late, "", "7"):
        assert await raw.error("answerCallbackQuery", callback_query_id=query) == (
            f"Bad Request: {EXPIRED}"
        )


async def test_commands_and_webhook_settings(raw: Raw) -> None:
    async def setting(**command: str) -> str:
        return await raw.error("setMyCommands", commands=[command])

    assert await setting(command="Help", description="x") == "Bad Request: BOT_COMMAND_INVALID"
    assert await setting(command="h" * 33, description="x") == "Bad Request: BOT_COMMAND_INVALID"
    assert "DESCRIPTION" in await setting(command="h", description="x" * 257)
    many = [{"command": f"c{n}", "description": "x"} for n in range(101)]
    assert "TOO_MUCH" in await raw.error("setMyCommands", commands=many)
    assert "HTTPS" in await raw.error("setWebhook", url="http://example.org/")
    assert "unallowed" in await raw.error(
        "setWebhook", url="https://127.0.0.1/", secret_token="a b"
    )
    assert "too long" in await raw.error(
        "setWebhook", url="https://127.0.0.1/", secret_token="a" * 257
    )


async def test_who_cannot_be_written_to(raw: Raw, elder: Person) -> None:
    async def sending(chat_id: int) -> dict[str, Any]:
        return await raw("sendMessage", chat_id=chat_id, text="x")

    elder.block()
    assert (await sending(1001))["description"] == "Forbidden: bot was blocked by the user"
    elder.block(blocked=False)
    assert (await sending(1001))["ok"]
    elder.deactivate()
    assert (await sending(1001))["description"] == "Forbidden: user is deactivated"
    world = elder.world
    group = world.add_group("群", [1003], "group")
    assert (await sending(1003))["description"] == (
        "Forbidden: bot can't initiate conversation with a user"
    )
    supergroup = world.migrate_group(group.id)
    body = await sending(group.id)
    assert body["error_code"] == 400
    assert body["parameters"] == {"migrate_to_chat_id": supergroup.id}
    assert await raw.result("leaveChat", chat_id=supergroup.id)
    assert (await sending(supergroup.id))["error_code"] == 403


async def test_strangers_and_unknown_methods(raw: Raw) -> None:
    assert await raw("noSuchMethod") == {
        "ok": False, "error_code": 404, "description": "Not Found: method not found",
    }  # fmt: skip
    for token, status in (("7000002:AAAA", 401), ("nonsense", 404)):
        async with raw.session.get(f"{raw.url}/bot{token}/getMe") as answer:
            assert answer.status == status
    assert (await raw.result("GETME"))["is_bot"]


async def test_rates_are_measured_and_enforced_on_request(raw: Raw, elder: Person) -> None:
    world: World = elder.world
    for number in range(5):
        await raw.result("sendMessage", chat_id=1001, text=str(number))
    report = world.limits.report()["kinds"]["send"]
    assert report["private_chat"] == {"worst": report["overall"], "chat_id": 1001}
    assert report["total"] == 5

    world.limits.forget()
    world.limits.rules.enforced = True
    world.limits.rules.private_burst = 1
    await raw.result("sendMessage", chat_id=1001, text="x")
    refused = await raw("sendMessage", chat_id=1001, text="y")
    assert refused["error_code"] == 429
    assert refused["parameters"] == {"retry_after": 1}
    assert refused["description"] == "Too Many Requests: retry after 1"

    group = world.add_group("群", [1001])
    for number in range(20):
        await raw.result("sendMessage", chat_id=group.id, text=str(number))
    world.limits.rules.per_second = 1_000
    refused = await raw("sendMessage", chat_id=group.id, text="y")
    assert 1 < refused["parameters"]["retry_after"] <= 60


async def test_what_is_too_much_is_counted_though_nothing_is_enforced(
    raw: Raw, elder: Person
) -> None:
    world: World = elder.world
    world.limits.rules.per_second = 4
    group = world.add_group("群", [1001])
    for chat_id in (1001, 1001, 1001, 1001, group.id):
        await raw.result("sendMessage", chat_id=chat_id, text="x")
    assert world.limits.report()["exceeded"] == {"overall": 1, "private_chat": 1, "group": 0}
    world.limits.forget()
    assert world.limits.exceeded == {"overall": 0, "private_chat": 0, "group": 0}


@given(steps=st.lists(st.floats(0.0, 0.6), max_size=60), groups=st.booleans())
def test_exceeded_is_what_somebody_counts_who_looks_at_every_window(
    steps: list[float], groups: bool
) -> None:
    """A window that slides: one ends with each message, so none is missed between two seconds."""
    limits = Limits()
    limits.rules.per_second, limits.rules.group_per_minute = 3, 20
    times = list(accumulate(steps))
    for at in times:
        limits.record("send", -1 if groups else 0, at)

    def held(span: float, end: int) -> int:
        return sum(times[end] - span < at for at in times[: end + 1])

    ends = range(len(times))
    assert limits.exceeded["overall"] == sum(held(1.0, end) > 3 for end in ends)
    assert limits.exceeded["group"] == (sum(held(60.0, end) > 20 for end in ends) if groups else 0)


def test_a_private_chat_may_have_a_short_burst_and_then_one_a_second() -> None:
    limits = Limits()
    for at in (0.0, 0.1, 0.2, 0.3, 1.9, 2.2, 2.5, 3.5):
        limits.record("send", 1001, at)
    assert limits.exceeded == {"overall": 0, "private_chat": 2, "group": 0}


async def test_unknown_faults_are_refused(world: World) -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        world.faults.add(Fault("explode"))  # type: ignore[arg-type]  # a wrong name on purpose
