"""A person's phone before the form router: real aiogram, no network, an outbox in a list."""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import (
    CallbackQuery,
    Chat,
    InlineKeyboardMarkup,
    Message,
    TelegramObject,
    Update,
    User,
)

from handlers.i18n import ENGLISH, speaking
from models.vault import Vault

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""A Monday, noon in Shanghai."""
TOKEN = "42:TEST"
USER = User(id=7, is_bot=False, first_name="Wang")
CHAT = Chat(id=7, type="private")
FIRST_ID = 1000
SESSION = SimpleNamespace(info={"vault": Vault.from_text(Vault.new_key())})
"""All that the engine asks of a session is its vault."""


@dataclass
class Bubble:
    """One message of the bot's in the chat, as it stands now."""

    id: int
    text: str
    keyboard: InlineKeyboardMarkup | None

    def buttons(self) -> dict[str, str]:
        rows = self.keyboard.inline_keyboard if self.keyboard else []
        return {key.text: key.callback_data or "" for row in rows for key in row}


class Recorder(BaseRequestMiddleware):
    """Does to the chat what Telegram would, and answers as the outbox does."""

    def __init__(self, phone: "Phone") -> None:
        self.phone = phone

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[Any],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Any:
        match method:
            case SendMessage():
                return self.phone.show_new(method).as_(bot)
            case EditMessageText():
                return self.phone.change(method).as_(bot)
            case AnswerCallbackQuery():
                self.phone.toasts.append(method.text or "")
                return True
        raise AssertionError(f"nobody may call {type(method).__name__} here")


@dataclass
class Phone:
    """Taps and types; sees what the chat has become."""

    router: Router
    language: str = ENGLISH
    now: datetime = NOON
    chat: list[Bubble] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    pressed: list[Bubble] = field(default_factory=list)
    """Messages as they were when a button of theirs was pressed."""
    fallen_through: list[TelegramObject] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self.bot = Bot(TOKEN)
        self.bot.session.middleware(Recorder(self))
        self.storage = MemoryStorage()
        self.dispatcher = Dispatcher(storage=self.storage)
        self.dispatcher.update.outer_middleware(self._turn)
        fallback = Router(name="fallback")
        fallback.message.register(self._fall)
        fallback.callback_query.register(self._fall)
        self.dispatcher.include_routers(self.router, fallback)

    async def _turn(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        given = {"session": SESSION, "person": None, "language": self.language, "now": self.now}
        with speaking(self.language):
            return await handler(event, data | given)

    async def _fall(self, event: TelegramObject) -> None:
        self.fallen_through.append(event)

    @property
    def state(self) -> FSMContext:
        key = StorageKey(bot_id=42, chat_id=CHAT.id, user_id=USER.id)
        return FSMContext(self.storage, key)

    def show_new(self, method: SendMessage) -> Message:
        number = next(self._numbers)
        assert method.text.strip()
        keyboard = method.reply_markup
        shown = keyboard if isinstance(keyboard, InlineKeyboardMarkup) else None
        self.chat.append(Bubble(FIRST_ID + number, method.text, shown))
        return Message(message_id=-number, date=self.now, chat=CHAT)

    def change(self, method: EditMessageText) -> Message:
        assert method.message_id is not None
        number = method.message_id
        shown = FIRST_ID - number if number < 0 else number
        for bubble in self.chat:
            if bubble.id == shown:
                bubble.text, bubble.keyboard = method.text, method.reply_markup
        return Message(message_id=method.message_id, date=self.now, chat=CHAT)

    @property
    def last(self) -> Bubble:
        return self.chat[-1]

    @property
    def live(self) -> list[Bubble]:
        """The messages that still have buttons."""
        return [bubble for bubble in self.chat if bubble.keyboard]

    async def feed(self, **event: Any) -> None:
        update = Update(update_id=next(self._numbers), **event)
        await self.dispatcher.feed_update(self.bot, update)

    async def send(self, text: str | None = None, **content: Any) -> None:
        number = next(self._numbers)
        fields = {"message_id": number, "date": self.now, "chat": CHAT, "from_user": USER}
        await self.feed(message=Message(**fields, text=text, **content))

    async def press(self, data: str, bubble: Bubble | None = None) -> str:
        """Press a button by its data; give the toast. One press, one answer."""
        before = len(self.toasts)
        where = bubble or self.last
        message = Message(message_id=where.id, date=self.now, chat=CHAT, text=where.text)
        query = CallbackQuery(
            id=str(next(self._numbers)),
            from_user=USER,
            chat_instance="1",
            message=message,
            data=data,
        )
        await self.feed(callback_query=query)
        assert len(self.toasts) == before + 1, "a tap is answered once"
        return self.toasts[-1]

    async def tap(self, label: str, bubble: Bubble | None = None) -> str:
        """Press the button whose label holds these words."""
        buttons = (bubble or self.last).buttons()
        found = [data for text, data in buttons.items() if label in text]
        assert found, f"no button {label!r} among {list(buttons)}"
        return await self.press(found[0], bubble)
