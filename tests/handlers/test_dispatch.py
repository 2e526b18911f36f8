"""The index leaves out only handlers that would have said no, and keeps their order."""

import re
from collections.abc import Iterator

import pytest
from aiogram import Bot, F, Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Command
from aiogram.filters.logic import invert_f, or_f
from aiogram.types import CallbackQuery, Message, User

from bot.storage import STORAGE
from handlers.callbacks import Button
from handlers.dispatch import IndexedDispatcher, marks_of
from handlers.filters import Bare, Says
from handlers.people.commands import NAMES
from handlers.rooms import dispatcher
from sandbox.people import DEMO_TOKEN
from tests.bot.street import message, tap
from tests.matrix.samples import samples

TEXTS = (
    "求助", "Ask for help", "帮忙", "提议", "通知", "工作台", "Desk", "灯坏了", "/nonsense",
    "/HELP", "/help@some_bot", "/p 12", "/", "", "  /mine", "/start b-7", "! /ask",
)  # fmt: skip


def handlers(name: str) -> list[HandlerObject]:
    """List all handlers in the order of their routers."""
    return [
        one for router in dispatcher(STORAGE).chain_tail for one in router.observers[name].handlers
    ]


def taps() -> Iterator[CallbackQuery]:
    for button in Button.registry.values():
        for data in samples(button, [1])[:3]:
            raw = tap(1, data)["callback_query"]
            yield CallbackQuery.model_validate(raw)
    for data in ("", "nonsense", "go", "go:", ":", "go:home:more", "\0"):
        yield CallbackQuery.model_validate(tap(1, data)["callback_query"])


def messages() -> Iterator[Message]:
    for text in (*TEXTS, *(f"/{name}" for name in sorted(NAMES))):
        yield Message.model_validate(message(1, text)["message"])
        yield Message.model_validate({**message(1, "")["message"], "text": None, "caption": text})


@pytest.fixture
def bot() -> Bot:
    """Our bot, which knows its own name."""
    bot = Bot(DEMO_TOKEN)
    bot._me = User(id=bot.id, is_bot=True, first_name="Linli", username="linli_bot")
    return bot


@pytest.mark.parametrize("name", ["message", "callback_query"])
async def test_what_is_left_out_would_have_said_no(name: str, bot: Bot) -> None:
    application = dispatcher(STORAGE)
    events = list(messages() if name == "message" else taps())
    asked = 0
    for event in events:
        steps = application.steps(name, event)
        chosen = [each for step in steps for each in step.observer.handlers]
        asked += len(chosen)
        for handler in handlers(name):
            if handler not in chosen:
                assert not (await handler.check(event, bot=bot))[0], (handler.callback, event)
        places = [handlers(name).index(each) for each in chosen]
        assert places == sorted(places)
    assert asked / len(events) < len(handlers(name)) / 3


@pytest.mark.parametrize("name", ["message", "edited_message", "callback_query"])
def test_nothing_is_asked_in_a_thread(name: str) -> None:
    """aiogram hands to a thread whatever is no coroutine: dearer than all the rest of a filter."""
    asked = [one for each in handlers(name) for one in (each, *(each.filters or ()))]
    assert asked
    assert [one.callback for one in asked if not one.awaitable] == []


def test_marks_are_read_off_filters() -> None:
    async def handler() -> None: ...

    def marks(*filters: object) -> frozenset[object] | None:
        router = Router()
        router.message.register(handler, *filters)
        return marks_of(router.message.handlers[0])

    assert marks(Command("ask", "Help")) == {("command", "ask"), ("command", "help")}
    assert marks(Bare("cast")) == {("button", "cast")}
    assert marks(Says("Desk")) == {("words", "Desk"), ("words", "工作台")}
    assert marks(or_f(Command("ask"), Says("Desk"))) == {
        ("command", "ask"), ("words", "Desk"), ("words", "工作台"),
    }  # fmt: skip
    assert marks(F.text, Command("ask")) == {("command", "ask")}
    for anything in ((), (F.text,), (invert_f(Command("ask")),), (or_f(Command("ask"), F.text),)):
        assert marks(*anything) is None
    assert marks(Command(re.compile("a.k"))) is None


async def test_outer_middleware_above_routers_is_refused() -> None:
    above = IndexedDispatcher()
    above.message.outer_middleware(lambda handler, event, data: handler(event, data))
    above.include_router(Router())
    with pytest.raises(TypeError, match="not indexed"):
        await above.propagate_event("message", Message.model_validate(message(1, "x")["message"]))
