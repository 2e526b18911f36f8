"""What the start loads: aiogram's types unbuilt, and no library before somebody needs it.

Each look is into a process of its own, as nothing can be loaded twice in one; what one process can
show, it shows to all who ask.
"""

import json
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import SendMessage
from aiogram.methods.base import Response
from aiogram.types import (
    CallbackQuery,
    Chat,
    InputMediaPhoto,
    Message,
    ReplyKeyboardRemove,
    Update,
    User,
)
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.receive import ALLOWED_UPDATES

FEW = 5
"""Models that our own code may make one of while it is imported: an empty keyboard, say."""

WAITS = {
    "PIL": "a chart or a poster",
    "alembic": "a database that is not of this version",
    "aiohttp_socks": "a proxy",
    "asyncpg": "PostgreSQL",
    "httpx._main": "httpx as a command",
    "icalendar": "a meeting's file for calendars",
    "multipart": "the sandbox",
    "prometheus_client": "the operator's port",
    "pygments": "nothing: see bot/plain.py",
    "pylopdf_fonts_zh_cn": "a chart or a poster",
    "rapidfuzz": "a proposal being written",
    "rich": "nothing: see bot/plain.py",
    "sandbox": "the sandbox",
    "segno": "a meeting's poster",
    "starlette": "the webhook, the sandbox or the operator's port",
    "telegram.ext": "nothing: we only send by it",
    "uvicorn": "the webhook, the sandbox or the operator's port",
    "xlsxwriter": "a broadcast's report",
}
"""Modules that `python -m bot run` does without, until there is what stands beside them."""

PERSON = {"id": 5, "is_bot": False, "first_name": "王"}
CHAT = {"id": 5, "type": "private"}
BOT = {"id": 7, "is_bot": True, "first_name": "邻里"}
TEXT = {"message_id": 1, "date": 1_790_000_000, "chat": CHAT, "from": PERSON, "text": "你好"}
MEMBER = {"user": BOT, "status": "member"}
KICKED = {"user": BOT, "status": "kicked", "until_date": 0}
KINDS: dict[str, dict[str, Any]] = {
    "message": {**TEXT, "entities": [{"type": "bold", "offset": 0, "length": 2}]},
    "edited_message": {**TEXT, "edit_date": 1_790_000_060, "reply_to_message": TEXT},
    "callback_query": {
        "id": "1",
        "from": PERSON,
        "chat_instance": "1",
        "data": "x",
        "message": {**TEXT, "from": BOT},
    },
    "my_chat_member": {
        "chat": CHAT,
        "from": PERSON,
        "date": 1_790_000_000,
        "old_chat_member": MEMBER,
        "new_chat_member": KICKED,
    },
}
"""An update of each kind that the bot asks for."""


BUILT = """
import json, sys
from pydantic import BaseModel

def models():
    import aiogram.methods, aiogram.types
    found = (*vars(aiogram.types).values(), *vars(aiogram.methods).values())
    return {m for m in found if isinstance(m, type) and issubclass(m, BaseModel)}

def built():
    return sum(m.__pydantic_complete__ for m in models())

def read(kind):
    return aiogram.types.Update.model_validate(kind)
"""


@cache
def printed(code: str) -> Any:
    """Run a program in a process of its own, once; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", BUILT + code],
        input=json.dumps([{"update_id": 1, kind: fields} for kind, fields in KINDS.items()]),
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(done.stdout)


def with_ours() -> Any:
    """Look at aiogram as we import it: before, while and after updates are read."""
    return printed("""
import bot.lean
import aiogram.types
kinds = json.load(sys.stdin)
counts = [built()]
for kind in kinds:
    read(kind)
    counts.append(built())
said = [read(kind).model_dump(mode="json") for kind in kinds]
for model in models():
    model.model_rebuild()
unbuilt = [m.__name__ for m in models() if not m.__pydantic_complete__]
print(json.dumps({"counts": counts, "read": said, "all": len(models()), "unbuilt": unbuilt}))
""")


def alone() -> Any:
    """Look at aiogram as it is imported without us."""
    return printed("""
import aiogram.types
count = built()
said = [read(kind).model_dump(mode="json") for kind in json.load(sys.stdin)]
print(json.dumps({"built": count, "read": said}))
""")


def started() -> Any:
    """Look at what is loaded for `--help`, then for `run`, and at what that has built."""
    return printed("""
import bot.__main__
helping = sorted(sys.modules)
from bot import serve
running = sorted(sys.modules)
print(json.dumps({"help": helping, "run": running, "built": built()}))
""")


def test_importing_builds_nothing_and_an_update_builds_itself_alone():
    assert with_ours()["counts"] == [0, *[1] * len(KINDS)]


def test_once_the_common_ones_are_built_no_update_builds_any():
    built = printed("""
import bot.lean
bot.lean.build_common()
import aiogram.types
counts = [built()]
for kind in json.load(sys.stdin):
    read(kind)
    counts.append(built())
print(json.dumps(counts))
""")
    assert built == [built[0]] * (len(KINDS) + 1)
    assert 0 < built[0] <= FEW


def test_the_whole_bot_is_imported_with_next_to_nothing_built():
    assert started()["built"] <= FEW


def test_without_it_aiogram_builds_everything():
    """Else it is needless, and may go."""
    assert alone()["built"] > 100 * FEW


def test_every_type_and_method_can_be_built_late():
    assert with_ours()["all"] > 500
    assert with_ours()["unbuilt"] == []


def test_an_update_of_each_kind_is_read():
    assert set(KINDS) == set(ALLOWED_UPDATES)
    for kind, fields in KINDS.items():
        update = Update.model_validate({"update_id": 1, kind: fields})
        assert update.event_type == kind
        dumped = update.model_dump(mode="json", exclude_unset=True, by_alias=True)
        assert dumped[kind].keys() == fields.keys()


def test_updates_are_read_as_by_aiogram_alone():
    assert with_ours()["read"] == alone()["read"]


def test_what_is_read_is_frozen_and_knows_its_bot():
    bot = Bot("42:TEST")
    update = Update.model_validate(
        {"update_id": 1, "callback_query": KINDS["callback_query"]}, context={"bot": bot}
    )
    query = update.callback_query
    assert isinstance(query, CallbackQuery)
    assert isinstance(query.message, Message)
    assert query.bot is query.message.bot is query.message.chat.bot is bot
    assert query.message.answer("好").as_(bot).chat_id == CHAT["id"]
    with pytest.raises(ValidationError):
        query.message.chat.id = 6
    with pytest.raises(ValidationError):
        Update.model_validate({"update_id": "none"})


def test_methods_and_their_answers_are_read():
    call = SendMessage(chat_id=5, text="好", reply_markup=ReplyKeyboardRemove())
    assert call.model_dump(exclude_none=True)["reply_markup"] == {"remove_keyboard": True}
    with pytest.raises(ValidationError):
        SendMessage(text="to nobody")  # type: ignore[call-arg]
    answer = Response[Message].model_validate({"ok": True, "result": TEXT})
    assert isinstance(answer.result, Message)
    assert isinstance(answer.result.from_user, User)


def test_types_are_found_from_models_of_ours_too():
    class Ours(BaseModel):
        chat: Chat
        media: list[InputMediaPhoto] = []

    assert Ours.model_validate({"chat": CHAT}).chat.id == CHAT["id"]
    assert TypeAdapter(list[Message]).validate_python([TEXT])[0].text == TEXT["text"]


def test_pydantic_is_left_as_it_was():
    assert BaseModel.model_config == ConfigDict()
    assert BaseModel.model_rebuild.__func__.__module__ == "pydantic.main"

    class Ours(BaseModel):
        number: int

    assert Ours.__pydantic_complete__


def test_a_start_loads_nothing_that_waits():
    loaded = set(started()["run"])
    assert {"bot.app", "handlers.rooms", "telegram"} <= loaded
    assert sorted(WAITS.keys() & loaded) == []


def test_help_loads_neither_aiogram_nor_the_database():
    loaded = set(started()["help"])
    assert "bot.__main__" in loaded
    assert {"aiogram", "telegram", "sqlalchemy", "alembic"} & loaded == set()
