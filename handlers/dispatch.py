"""Finding the handler: an update tries the few handlers that can be meant, not all.

aiogram asks router after router and handler after handler: 255 buttons are a millisecond and more
of an update's time (measured). Most handlers say in a filter by what they are known: a button by
its prefix, a command by its name, a key of the menu by its words. An index is made of that once,
from the routers as they are written; whatever has no such mark is asked always. The order among
those asked is the order of the routers, so the index decides nothing: it only leaves out what
would have said no. But for one thing: words that were forwarded, or picked from another bot, are
nobody's command and no key of the menu, so they carry no marks.
"""

from collections.abc import Hashable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.bases import REJECTED, UNHANDLED
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.filters.logic import _OrFilter
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.callbacks import Button
from handlers.filters import Bare, Says
from handlers.identity import (
    holds_number,
    is_cry,
    left_out,
    masked,
    refused,
    without_quoted,
)
from handlers.keyed import as_meant
from handlers.show import answer
from models.outbox.actions import note_tapper
from models.people.actions.registering import note_dated
from models.people.hooks import gave_sign
from models.people.rules import Sign
from models.people.views import Person

Mark = Hashable
"""What an update and a handler are known by: (what kind of mark, which)."""

A_WHILE = timedelta(minutes=1)

INDEXED = ("message", "callback_query")


def marks_of(handler: HandlerObject) -> frozenset[Mark] | None:
    """List the marks of the updates that a handler can take; None where it may take any.

    All of a handler's filters must pass, so the first that is known by marks is enough.
    """
    for each in handler.filters or ():
        if (marks := _marks(each)) is not None:
            return marks
    return None


def _marks(filter_object: FilterObject) -> frozenset[Mark] | None:
    """List the marks that a filter can pass; None for a filter that has none."""
    meant = filter_object.callback
    if isinstance(meant, CallbackQueryFilter):
        return frozenset({("button", meant.callback_data.__prefix__)})
    if isinstance(meant, Bare):
        return frozenset({("button", meant.name)})
    if isinstance(meant, Says):
        return frozenset(("words", words) for words in meant.words)
    if isinstance(meant, Command) and all(isinstance(name, str) for name in meant.commands):
        return frozenset(("command", str(name).casefold()) for name in meant.commands)
    if isinstance(meant, _OrFilter):
        parts = [_marks(target) for target in meant.targets]
        return frozenset().union(*(part or () for part in parts)) if all(parts) else None
    return None


def marks_in(event: TelegramObject) -> frozenset[Mark]:
    """List the marks that an update carries."""
    if isinstance(event, CallbackQuery):
        return frozenset({("button", (event.data or "").partition(Button.__separator__)[0])})
    if not isinstance(event, Message) or event.forward_origin or event.via_bot:
        return frozenset()
    found: set[Mark] = {("words", event.text)}
    first, *_ = (event.text or event.caption or "").split(maxsplit=1) or [""]
    if first:
        found.add(("command", first[1:].partition("@")[0].casefold()))
    return frozenset(found)


@dataclass(frozen=True)
class RouterStep:
    """A router, with those of its handlers that can be meant."""

    router: Router
    observer: TelegramEventObserver

    async def take(self, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Ask the handlers, as the router itself would; UNHANDLED if none takes it."""
        return await self.observer.wrap_outer_middleware(
            self._ask, event=event, data={**data, "event_router": self.router}
        )

    async def _ask(self, event: TelegramObject, **data: Any) -> Any:
        passed, found = await self.observer.check_root_filters(event, **data)
        return await self.observer.trigger(event, **{**data, **found}) if passed else UNHANDLED


class IndexedDispatcher(Dispatcher):
    """aiogram's dispatcher with an index; it is made at the first update, when all is in place."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._steps: dict[tuple[str, frozenset[Mark]], tuple[RouterStep, ...]] = {}
        self._known: dict[str, frozenset[Mark]] = {}

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        """Ask those who can be meant, in the order of their routers."""
        if isinstance(event, CallbackQuery) and in_private_chat(event):
            note_tapper(kwargs["session"], event.from_user.id)
        taken = True
        if isinstance(event, Message):
            event, taken = await _as_may_be_read(event, kwargs)
        await _take_sign(event, kwargs.get("person"), kwargs)
        if not taken:
            return None
        if update_type not in INDEXED:
            return await super().propagate_event(update_type, event, **kwargs)
        event = as_meant(event) if isinstance(event, Message) else event
        for step in self.steps(update_type, event):
            response = await step.take(event, kwargs)
            if response is not UNHANDLED and response is not REJECTED:
                return response
        return UNHANDLED

    def steps(self, update_type: str, event: TelegramObject) -> tuple[RouterStep, ...]:
        """List whom an update asks. Only marks that some handler has make a difference."""
        if update_type not in self._known:
            self._known[update_type] = frozenset(self._all_marks(update_type))
        marks = marks_in(event) & self._known[update_type]
        if (update_type, marks) not in self._steps:
            self._steps[update_type, marks] = tuple(self._meant(update_type, marks))
        return self._steps[update_type, marks]

    def _all_marks(self, update_type: str) -> Iterator[Mark]:
        for router in self.chain_tail:
            _check(router, update_type)
            for handler in router.observers[update_type].handlers:
                yield from marks_of(handler) or ()

    def _meant(self, update_type: str, marks: frozenset[Mark]) -> Iterator[RouterStep]:
        for router in self.chain_tail:
            observer = router.observers[update_type]
            meant = [each for each in observer.handlers if _may_mean(marks_of(each), marks)]
            if meant:
                fewer = copy(observer)  # its filters and middleware, and of its handlers these
                fewer.handlers = meant
                yield RouterStep(router, fewer)


async def _as_may_be_read(message: Message, data: dict[str, Any]) -> tuple[Message, bool]:
    """Return a message without numbers of identity cards, and whether anybody is to read it.

    One that holds such a number is refused, which its sender is told; a cry for help is read.
    """
    if _is_news(message, data.get("person")):
        await note_dated(data["session"], message.chat.id, message.date)
    message = without_quoted(message)
    if not holds_number(message):
        return message, True
    cries = is_cry(message)
    await answer(message, left_out() if cries else refused())
    return masked(message), cries


async def _take_sign(event: TelegramObject, person: Person | None, data: dict[str, Any]) -> None:
    """Let whoever looks for a sign of somebody hear of this one, before anything else is done."""
    if person is None or person.sign_from is None:
        return
    sign = _sign_in(event, data["now"])
    if sign is not None and person.is_looked_for(sign.at):
        await gave_sign(data["session"], person.id, sign, data["now"])


def _sign_in(event: TelegramObject, now: datetime) -> Sign | None:
    """Return what an update says of whoever sent it: their own tap or message, to the bot."""
    if isinstance(event, CallbackQuery) and in_private_chat(event):
        return Sign(now)
    if not isinstance(event, Message) or event.from_user is None:
        return None
    if event.chat.id != event.from_user.id:
        return None
    spoken = event.voice or event.video_note
    words = event.text or event.caption or ""
    return Sign(min(event.date, now), words, spoken.file_id if spoken else "")


def _is_news(message: Message, person: Person | None) -> bool:
    """Return whether a word of somebody's own is to be dated: once a minute is enough.

    Telegram's date of a block that comes late is compared with it.
    """
    own = message.from_user is not None and message.chat.id == message.from_user.id
    known = person.heard_at if person else None
    return own and person is not None and (known is None or message.date - known >= A_WHILE)


def in_private_chat(callback: CallbackQuery) -> bool:
    """Return whether a tap was in the tapper's own chat with the bot."""
    return callback.message is not None and callback.message.chat.id == callback.from_user.id


def _may_mean(of_handler: frozenset[Mark] | None, in_update: frozenset[Mark]) -> bool:
    return of_handler is None or not of_handler.isdisjoint(in_update)


def _check(router: Router, update_type: str) -> None:
    """Refuse what the index would change: asked once for all routers below, by aiogram."""
    observer = router.observers[update_type]
    asked_above = len(observer.outer_middleware) or observer._handler.filters  # noqa: SLF001 - nothing public tells
    if router.sub_routers and asked_above:
        raise TypeError(f"{router.name}: what is asked above routers is not indexed")
