"""The sandbox is as strict as the real server with entities, buttons, links, polls and dice."""

from typing import Any

import pytest

from sandbox.person import Person
from tests.sandbox.conftest import Raw


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def entity(kind: str, **more: Any) -> dict[str, Any]:
    return {"text": "x", "entities": [{"type": kind, "offset": 0, "length": 1, **more}]}


def one_button(**button: Any) -> dict[str, Any]:
    return {"text": "x", "reply_markup": keyboard({"text": "a", **button})}


BUTTON = "can't parse inline keyboard button: "
WRONG_URLS = {
    "ftp://example.org": "Unsupported URL protocol",
    "tel:+8613800001001": "Unsupported URL protocol",
    "mailto:a@example.org": "Unsupported URL protocol",
    "javascript:alert(1)": "Unsupported URL protocol",
    "file:///etc/hosts": "Unsupported URL protocol",
    "http://": "Wrong HTTP URL",
    "https:///path": "Wrong HTTP URL",
    "https://?q=1": "Wrong HTTP URL",
    "http://localhost/x": "Wrong HTTP URL",
    "http://example.org:99999/": "Wrong HTTP URL",
    "http://exa mple.org": "Wrong HTTP URL",
    "example": "Wrong HTTP URL",
    "": "Wrong HTTP URL",
    "tg://": "Wrong HTTP URL",
}


@pytest.mark.parametrize("link", WRONG_URLS)
async def test_links_of_buttons_are_judged(raw: Raw, elder: Person, link: str) -> None:
    said = await raw.error("sendMessage", chat_id=1001, **one_button(url=link))
    told = f"inline keyboard button URL '{link}' is invalid: {WRONG_URLS[link]}"
    assert said == f"Bad Request: {told}"


@pytest.mark.parametrize(
    "button",
    [
        {"url": "https://t.me/share/url?url=https%3A%2F%2Ft.me&text=%E5%A5%BD"},
        {"url": "http://127.0.0.1:8080/x"},
        {"url": "example.org"},
        {"url": "example.org:8080/x?a:b"},
        {"url": "HTTPS://Example.org"},
        {"url": "http://[::1]:80/"},
        {"url": "http://邻里.cn/"},
        {"url": "tg://user?id=1001"},
        {"url": "tg:resolve?domain=linli"},
        {"copy_text": {"text": "字" * 256}},
        {"callback_data": "x", "style": "danger"},
        {"callback_data": "x", "style": "success"},
        {"callback_data": "x", "style": "primary"},
        {"web_app": {"url": "https://example.org"}},
    ],
)
async def test_buttons_that_are_taken(raw: Raw, elder: Person, button: dict[str, Any]) -> None:
    assert await raw.result("sendMessage", chat_id=1001, **one_button(**button))


@pytest.mark.parametrize(
    "markup",
    [
        {"keyboard": [["a"]], "input_field_placeholder": "字" * 65},
        {"force_reply": True, "input_field_placeholder": "x" * 65},
    ],
)
async def test_placeholders_are_short(raw: Raw, elder: Person, markup: dict[str, Any]) -> None:
    send = {"chat_id": 1001, "text": "x"}
    said = await raw.error("sendMessage", **send, reply_markup=markup)
    assert said == "Bad Request: input field placeholder is too long"
    fits = {**markup, "input_field_placeholder": markup["input_field_placeholder"][:64]}
    assert await raw.result("sendMessage", **send, reply_markup=fits)


async def test_what_only_telegram_finds_is_passed_over_when_given(raw: Raw, elder: Person) -> None:
    sent = await raw.result("sendMessage", chat_id=1001, **entity("hashtag"))
    assert "entities" not in sent


@pytest.mark.parametrize(
    ("params", "description"),
    [
        (
            {"question": "q", "options": ["a", "b"], "type": "exam"},
            "unsupported poll type specified",
        ),
        ({"question": "", "options": ["a", "b"]}, "poll question must be non-empty"),
        ({"question": "q" * 301, "options": ["a"]}, "poll question length must not exceed 300"),
        ({"question": "q", "options": []}, "poll must have at least 1 option"),
        ({"question": "q", "options": ["a"] * 13}, "poll can't have more than 12 options"),
        ({"question": "q", "options": ["a" * 101]}, "poll options length must not exceed 100"),
        ({"question": "q", "options": ["a", " "]}, "poll options must be non-empty"),
        (
            {"question": "q", "options": ["a"], "type": "quiz", "correct_option_id": 1},
            "wrong correct option ID specified",
        ),
        ({"question": "q", "options": ["a"], "open_period": 4}, "poll open period is invalid"),
    ],
)
async def test_polls_are_judged(
    raw: Raw, elder: Person, params: dict[str, Any], description: str
) -> None:
    if params["options"] and isinstance(params["options"][0], str):
        params = {**params, "options": [{"text": text} for text in params["options"]]}
    assert await raw.error("sendPoll", chat_id=1001, **params) == f"Bad Request: {description}"


async def test_polls_and_dice_are_sent_and_polls_stopped(raw: Raw, elder: Person) -> None:
    options = [{"text": "来"}, {"text": "不来"}]
    sent = await raw.result("sendPoll", chat_id=1001, question="来吗", options=options)
    assert [option["text"] for option in sent["poll"]["options"]] == ["来", "不来"]
    assert sent["poll"]["is_anonymous"]
    stop = {"chat_id": 1001, "message_id": sent["message_id"]}
    assert (await raw.result("stopPoll", **stop))["is_closed"]
    assert await raw.error("stopPoll", **stop) == "Bad Request: poll has already been closed"
    thrown = await raw.result("sendDice", chat_id=1001)
    assert 1 <= thrown["dice"]["value"] <= 6
    assert (await raw.result("sendDice", chat_id=1001, emoji="🎰"))["dice"]["value"] <= 64
    assert "wrong dice emoji" in await raw.error("sendDice", chat_id=1001, emoji="🐶")


@pytest.mark.parametrize(
    ("params", "description"),
    [
        (entity("shout"), "can't parse MessageEntity: Unsupported type specified"),
        (entity("Bold"), "can't parse MessageEntity: Unsupported type specified"),
        (entity("text_link"), "can't parse MessageEntity: can't find field \"url\""),
        (entity("text_mention"), "can't parse MessageEntity: can't find field \"user\""),
        (
            entity("custom_emoji"),
            "can't parse MessageEntity: can't find field \"custom_emoji_id\"",
        ),
        (
            one_button(callback_data="x", style="blue"),
            f"{BUTTON}Unsupported button style specified",
        ),
        (one_button(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (one_button(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (
            one_button(web_app={"url": "http://example.org"}),
            (
                "inline keyboard button Web App URL 'http://example.org' is invalid: "
                "Only HTTPS links are allowed"
            ),
        ),
        (one_button(callback_data=""), "BUTTON_DATA_INVALID"),
    ],
)
async def test_entities_and_buttons_are_judged(
    raw: Raw, elder: Person, params: dict[str, Any], description: str
) -> None:
    said = await raw.error("sendMessage", chat_id=1001, **params)
    assert said == f"Bad Request: {description}"
