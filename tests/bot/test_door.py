"""The door: what is not read cannot harm, and what is read is all that people say."""

import json
from typing import Any

import pytest
from aiogram.types import Update
from hypothesis import given
from hypothesis import strategies as st

from bot.door import (
    MOST_CHARACTERS,
    MOST_PARTS,
    SERVICE,
    UnreadableError,
    admit,
    measure,
    outline,
)
from bot.fields import CONTENT
from bot.flatten import flat_rich
from bot.receive import DEEPEST_READ, read_json, shallow
from bot.turn import TurnOutcome
from handlers.heard import Heard, Whose
from models.updates.rules import scrub
from tests.bot.street import A, B, Street, living, message
from tests.profile import examples
from tests.waiting import until

FELL = "我摔倒了，起不来"


def nested(words: str, depth: int) -> dict[str, Any]:
    """A rich message whose words lie `depth` styles deep."""
    text: Any = words
    for level in range(depth):
        text = {"type": ("bold", "italic", "underline")[level % 3], "text": text}
    return {"blocks": [{"type": "paragraph", "text": text}]}


def said(**parts: Any) -> dict[str, Any]:
    """A message without words, but for what is told."""
    raw = message(1, "")
    del raw["message"]["text"]
    raw["message"].update(parts)
    return raw


def read(raw: dict[str, Any]) -> Any:
    """What handlers would be given."""
    return Update.model_validate(scrub(admit(raw).raw)).message


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)
FIELDS = sorted(
    {*CONTENT, *SERVICE, "from", "date", "reply_to_message", "forward_origin", "via_bot", "poll"}
    | {"rich_message", "live_photo", "checklist", "reply_markup", "forward_from", "quote", "story"}
)


@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=12), JSON, max_size=6))
@examples(300)
def test_a_message_is_read_whatever_else_is_in_it(junk: dict[str, Any]) -> None:
    raw = message(1, FELL)
    raw["message"] = {**junk, **raw["message"]}
    found = read(raw)
    assert found.text == FELL
    assert found.from_user.id == A


@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=8))
@examples(300)
def test_every_message_is_read_or_named_unreadable(parts: dict[str, Any]) -> None:
    raw = said(**parts)
    admitted = admit(raw)
    assert admitted.speaks or not SERVICE.isdisjoint(parts)
    if admitted.speaks:
        assert read(raw).chat.id == A


RICH: st.SearchStrategy[Any] = st.recursive(
    st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.fixed_dictionaries(
            {"type": st.sampled_from(["bold", "url", "list", "table", "paragraph", "new"])},
            optional=dict.fromkeys(("text", "blocks", "items", "cells", "label", "caption"), inner),
        )
    ),
    max_leaves=30,
)


@given(RICH)
@examples(300)
def test_marks_of_flattened_words_lie_on_them(content: Any) -> None:
    flat = flat_rich({"blocks": content})
    length = len(flat.words.encode("utf-16-le", "surrogatepass")) // 2
    found = admit(said(rich_message={"blocks": content})).raw["message"]
    assert found.get("text", "") == flat.words
    for mark in found.get("entities", []):
        assert 0 <= mark["offset"] < mark["offset"] + mark["length"] <= length


@pytest.mark.parametrize("depth", [1, 6, 50, 180, 900])
def test_words_are_found_however_deep(depth: int) -> None:
    assert read(said(rich_message=nested(FELL, depth))).text == FELL


def test_a_rich_message_keeps_its_lines_and_styles() -> None:
    blocks = [
        {"type": "section_heading", "text": "厨房"},
        {"type": "paragraph", "text": ["水管", {"type": "bold", "text": "漏了"}, "！"]},
        {
            "type": "list",
            "items": [{"label": "1.", "blocks": [{"type": "paragraph", "text": "总阀"}]}],
        },
        {"type": "table", "cells": [[{"text": "3号楼"}, {"text": "501"}]]},
    ]
    found = read(said(rich_message={"blocks": blocks}))
    assert found.text == "厨房\n水管漏了！\n1. 总阀\n3号楼 501"
    (bold,) = found.entities
    assert (bold.type, bold.extract_from(found.text)) == ("bold", "漏了")


PICTURE = [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]


def test_a_live_photo_is_a_photo_with_its_words() -> None:
    still = {"file_id": "l", "file_unique_id": "v", "photo": PICTURE}
    found = read(said(live_photo=still, caption="Burst pipe, please help!"))
    assert (found.photo[-1].file_id, found.caption) == ("f", "Burst pipe, please help!")
    moving = {"file_id": "l", "file_unique_id": "v", "width": 9, "height": 9, "duration": 3}
    assert read(said(live_photo=moving)).video.file_id == "l"


def test_a_rich_photo_and_a_checklist_are_read() -> None:
    found = read(said(rich_message={"blocks": ["看", {"type": "photo", "photo": PICTURE}]}))
    assert (found.photo[-1].file_id, found.caption) == ("f", "看")
    tasks = [{"id": 1, "text": "米"}, {"id": 2, "text": "油"}]
    assert read(said(checklist={"title": "代买", "tasks": tasks})).text == "代买\n米\n油"


OF_A_PERSON = {"type": "user", "date": 1, "sender_user": {"id": B, "first_name": "B"}}


@pytest.mark.parametrize(
    ("parts", "heard"),
    [
        ({}, Heard()),
        ({"forward_origin": OF_A_PERSON}, Heard(Whose.FORWARDED)),
        ({"forward_origin": {"type": "brand new"}}, Heard(Whose.FORWARDED)),
        ({"forward_from": {"id": B}, "forward_date": 1}, Heard(Whose.FORWARDED)),
        ({"via_bot": {"id": 5, "is_bot": True}}, Heard(Whose.VIA_BOT)),
        (
            {
                "reply_to_message": {
                    "message_id": 3,
                    "chat": {"id": A},
                    "from": {"id": 9, "is_bot": True},
                }
            },
            Heard(replies_to=3),
        ),
        ({"reply_to_message": {"message_id": 3, "chat": {"id": A}, "from": {"id": A}}}, Heard()),
        ({"reply_to_message": {"poll": {"question": []}}}, Heard()),
    ],
)
def test_whose_words_they_are_and_what_they_answer(parts: dict[str, Any], heard: Heard) -> None:
    assert admit(message(1, "修好了", **parts)).heard == heard


def test_an_edit_is_known_as_one() -> None:
    raw = message(1, "6楼")
    assert admit({"update_id": 1, "edited_message": raw["message"]}).heard == Heard(edited=True)


@pytest.mark.parametrize(
    "status", ["left", "kicked", "restricted", "member", "administrator", "new"]
)
def test_membership_of_any_server_is_in_or_out(status: str) -> None:
    user = {"id": 9, "is_bot": True, "first_name": "L"}
    change = {
        "chat": {"id": A, "type": "private"},
        "from": {"id": A, "is_bot": False, "first_name": "A"},
        "new_chat_member": {"status": status, "user": user, "is_member": False},
    }
    found = Update.model_validate(admit({"update_id": 1, "my_chat_member": change}).raw)
    assert found.my_chat_member is not None
    out = status in {"left", "kicked", "restricted"}
    assert found.my_chat_member.new_chat_member.status == ("left" if out else "member")


def test_what_is_too_large_is_named_and_only_its_beginning_kept() -> None:
    for huge in ("x" * (MOST_CHARACTERS + 1), [0] * (MOST_PARTS + 1), {"a" * 10**6: "b"}):
        raw = message(1, FELL, rich_message=huge)
        with pytest.raises(UnreadableError, match="too large"):
            measure(raw)
        assert outline(raw)["message"]["text"] == FELL
    assert len(outline(message(1, "y" * 10**6))["message"]["text"]) < 5_000


@pytest.mark.parametrize("depth", [5, DEEPEST_READ, 3_000, 200_000])
def test_json_of_any_depth_is_read(depth: int) -> None:
    text = '{"deep":' + '{"]":[' * depth + "1" + "]}" * depth + ',"text":"[\\"{"}'
    assert read_json(text)["text"] == '["{'


@given(JSON)
@examples(100)
def test_what_is_shallow_stays_as_it_is(value: Any) -> None:
    text = json.dumps(value)
    assert shallow(text) == text


WORST = [
    said(rich_message=nested(FELL, 60)),
    said(rich_message={"blocks": [nested(FELL, 90)] * 200}),
    message(1, FELL, pinned_message=nested("x", 400)),
    message(1, FELL, reply_to_message={"poll": nested("x", 60)}),
    message(1, "x" * 2_000_000),
    message(1, FELL, entities=[{"type": "bold", "offset": 0, "length": 3}] * 12_000),
]


async def test_another_person_is_served_while_the_worst_is_in_hand(street: Street) -> None:
    async with living(street):
        for raw in WORST:
            street.world.bot.queue.inject(raw)
        street.world.person(B).send_text("after")
        await until(lambda: street.told(B) == ["heard after"])
        await until(lambda: len(street.world.bot.queue) == 0)
        await street.all_sent()
    assert len(street.told(A)) == len(WORST)
    assert sum(FELL in told for told in street.told(A)) == len(WORST) - 1


async def test_changes_in_the_chat_are_passed_over(street: Street) -> None:
    for name in sorted(SERVICE):
        assert await street.take(said(**{name: True})) is TurnOutcome.HANDLED
    assert await street.rows() == []


def test_a_poll_and_music_give_their_words() -> None:
    options = [{"text": "今天"}, {"text": 3}, "明天"]
    assert read(said(poll={"question": "几时？", "options": options})).text == "📊 几时？\n○ 今天"
    assert read(said(poll={"question": 7})).text is None
    sound = {"file_id": "f", "file_unique_id": "u", "duration": 3, "title": "雨", "performer": "风"}
    assert read(said(audio=sound)).caption == "🎵 风 – 雨"
    assert read(said(audio=sound, caption="听")).caption == "听"
