"""The composition root: puts the rooms together; only the command line and tests import it."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import TelegramMethod

from bot.deliver import Courier
from bot.outbox import to_outbox
from bot.pacer import Limits, Pacer
from bot.receive import Poller
from bot.rendering import render_notice
from bot.sender import Sender
from bot.settings import Settings, SettingsError
from bot.storage import TurnStorage
from bot.turn import Turn
from handlers.rooms import dispatcher, startup_calls
from models.database import Engine, Sessions, open_engine, open_sessions
from models.vault import Vault
from scheduler.effects import EFFECTS
from scheduler.ticker import Ticker

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Give the present instant."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class House:
    """All rooms, put together and open."""

    settings: Settings
    engine: Engine
    sessions: Sessions
    bot: Bot
    dispatcher: Dispatcher
    turn: Turn
    sender: Sender
    ticker: Ticker

    def poller(self, poll_seconds: int = 25) -> Poller:
        """Make the poller of this house's token."""
        return Poller(
            self.turn,
            self.bot.session.api.api_url(self.bot.token, "getUpdates"),
            proxy=_secret(self.settings.telegram_proxy),
            poll_seconds=poll_seconds,
        )


@asynccontextmanager
async def open_house(
    settings: Settings,
    clock: Clock = wall_clock,
    limits: Limits | None = None,
    make_dispatcher: Callable[[TurnStorage], Dispatcher] = dispatcher,
) -> AsyncIterator[House]:
    """Put the rooms together; the database must be migrated. Nothing runs yet."""
    token = _secret(settings.bot_token)
    if token is None:
        raise SettingsError("BOT_TOKEN: takes the token that @BotFather gave")
    engine = open_engine(settings.database_url.get_secret_value())
    sessions = open_sessions(engine, open_vault(settings))
    bot = open_bot(settings, token)
    courier = Courier(token, settings.telegram_api_url, _secret(settings.telegram_proxy))
    pacer = Pacer(limits or Limits(), asyncio.get_running_loop().time)
    sender = Sender(sessions, courier, render_notice, pacer, clock)
    routers = make_dispatcher(TurnStorage())
    turn = Turn(sessions, bot, routers, clock, settings.default_language, sender.wake)
    ticker = Ticker(sessions, EFFECTS, clock, sender.wake)
    try:
        yield House(settings, engine, sessions, bot, routers, turn, sender, ticker)
    finally:
        await courier.close()
        await bot.session.close()
        await engine.dispose()


def open_bot(settings: Settings, token: str) -> Bot:
    """Make aiogram's bot, whose calls inside a turn go to the outbox."""
    session = AiohttpSession(
        api=TelegramAPIServer.from_base(settings.telegram_api_url),
        proxy=_secret(settings.telegram_proxy),
    )
    session.middleware(to_outbox)
    return Bot(token, session=session)


def open_vault(settings: Settings) -> Vault:
    """Open the vault for personal fields.

    Without ENCRYPTION_KEY a key is drawn once and kept beside an SQLite file, readable by its
    owner alone; with PostgreSQL the setting is needed, since several machines must share it.
    """
    if settings.encryption_key is not None:
        return Vault.from_text(settings.encryption_key.get_secret_value())
    url = urlsplit(settings.database_url.get_secret_value())
    if not url.scheme.startswith("sqlite"):
        raise SettingsError(
            "ENCRYPTION_KEY: takes 32 random bytes in URL-safe base64 (`python -m bot new-key`); "
            "with PostgreSQL it must be set"
        )
    return Vault.from_text(_kept_key(Path(url.path.removeprefix("/")).parent / "encryption.key"))


def _kept_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(Vault.new_key())
        log.warning("a new key for personal data was made; keep a copy of it", file=str(path))
    return path.read_text(encoding="utf-8").strip()


def _secret(value: Any) -> str | None:
    return value.get_secret_value() if value is not None else None


@asynccontextmanager
async def working(house: House) -> AsyncIterator[None]:
    """Run the sender and the ticker inside; both end in order at the end."""
    sending = asyncio.create_task(house.sender.run())
    house.ticker.start()
    try:
        yield
    finally:
        house.ticker.stop()
        house.sender.stop()
        await sending


async def announce(house: House) -> None:
    """Tell Telegram the bot's commands; without an answer the bot works all the same."""
    for call in startup_calls():
        await _try(house.bot, call)


async def _try(bot: Bot, call: TelegramMethod[Any]) -> None:
    try:
        await bot(call)
    except TelegramAPIError as error:
        log.warning("not announced", method=call.__api_method__, error=type(error).__name__)
