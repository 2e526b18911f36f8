"""The composition root: puts the rooms together; only the command line and tests import it."""

from bot.lean import build_common  # before anything imports aiogram

# isort: split

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiogram import Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.deliver import Courier
from bot.erasing import EraseKeeper, erasures_of
from bot.figures import CountedCarrier, Figures, Part, WatchedSeat
from bot.floods import Floods
from bot.hearing import Hearing
from bot.keys import open_vault
from bot.outbox import PatientBot, to_outbox
from bot.pacer import Limits, Pacer
from bot.policy import in_force
from bot.receive import Poller
from bot.rendering import render_notice
from bot.replay import Replayer
from bot.sender import Sender
from bot.settings import Settings, SettingsError
from bot.storage import STORAGE, TurnStorage
from bot.turn import Turn
from handlers.clock_text import on_clock_of
from handlers.rooms import dispatcher
from models.database import COMMAND_SECONDS, Engine, Sessions, open_engine, open_sessions
from models.election.actions import Election
from models.election.rules import LeaseRole
from models.leaving.actions import ON_LEFT
from models.outbox.wakes import Wakes
from models.policy.floods import FloodPolicy
from models.sole import TakenError, sole_process
from models.wiring import wire
from scheduler.effects import EFFECTS
from scheduler.ticker import Ticker

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class House:
    """All rooms, put together and open."""

    settings: Settings
    engine: Engine
    sessions: Sessions
    bot: PatientBot
    dispatcher: Dispatcher
    turn: Turn
    sender: Sender
    ticker: Ticker
    clock: Clock
    figures: Figures
    erase_keeper: EraseKeeper
    wakes: Wakes
    hearing: Hearing

    def poller(self, poll_seconds: int = 25) -> Poller:
        """Make the poller of this house's token."""
        return Poller(
            self.turn,
            self.bot.session.api.api_url(self.bot.token, "getUpdates"),
            proxy=_secret(self.settings.telegram_proxy),
            poll_seconds=poll_seconds,
            figures=self.figures,
            hearing=self.hearing,
        )


@asynccontextmanager
async def open_house(
    settings: Settings,
    clock: Clock = wall_clock,
    limits: Limits | None = None,
    make_dispatcher: Callable[[TurnStorage], Dispatcher] = dispatcher,
    *,
    holds_floods: bool = False,
) -> AsyncIterator[House]:
    """Put the rooms together; the database must be migrated. Nothing runs yet.

    With `holds_floods` whoever sends more than a hand can is put off, as it is for real people: not
    where a clock stands still, or one account writes for many.
    """
    token = _secret(settings.bot_token)
    if token is None:
        raise SettingsError("BOT_TOKEN: takes the token that @BotFather gave")
    build_common()
    wire()
    policy = in_force(settings)
    on_clock_of(settings.zone())
    engine = open_engine(settings.database_url.get_secret_value(), command_seconds=COMMAND_SECONDS)
    keeper = EraseKeeper(erasures_of(settings), clock)
    vault = open_vault(settings)
    sessions = open_sessions(engine, vault, policy=policy, **{ON_LEFT: keeper.wake})
    bot = open_bot(settings, token)
    courier = Courier(token, settings.telegram_api_url, _secret(settings.telegram_proxy))
    pacer = Pacer(limits or Limits(), asyncio.get_running_loop().time)
    sending = Election(engine, bot.id, LeaseRole.SENDER)
    ticking = Election(engine, bot.id, LeaseRole.TICKER)
    figures = Figures()
    carrier, seat = CountedCarrier(courier, figures), WatchedSeat(sending, figures)
    sender = Sender(sessions, carrier, render_notice, pacer, clock, seat)
    routers, language = make_dispatcher(STORAGE), settings.default_language
    hearing = Hearing(sessions, clock)
    floods = Floods(policy.of(FloodPolicy).most_a_minute) if holds_floods else None
    own = (sender.wake, sender, figures, hearing, floods)
    turn = Turn(sessions, bot, routers, clock, language, *own)
    won = figures.watched(Part.TICKER, ticking.won)
    ticker = Ticker(sessions, EFFECTS, clock, sender.wake, won=won, count=figures.settled)
    wakes = Wakes(engine, lambda: sending.holds, sender.wake)
    rooms = (turn, sender, ticker, clock, figures, keeper, wakes, hearing)
    try:
        yield House(settings, engine, sessions, bot, routers, *rooms)
    finally:
        await courier.close()
        await bot.session.close()
        await seat.resign()
        await ticking.resign()
        await engine.dispose()


class Calls(AiohttpSession):
    """aiogram's way to Telegram, closed without its pause of a quarter of a second.

    The pause is meant for TLS to end; aiohttp waits for that itself (since 3.12).
    """

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()


def open_bot(settings: Settings, token: str) -> PatientBot:
    """Make aiogram's bot, whose calls inside a turn go to the outbox."""
    session = Calls(
        api=TelegramAPIServer.from_base(settings.telegram_api_url),
        proxy=_secret(settings.telegram_proxy),
    )
    session.middleware(to_outbox)
    return PatientBot(token, session=session)


def _secret(value: Any) -> str | None:
    return value.get_secret_value() if value is not None else None


@asynccontextmanager
async def working(house: House) -> AsyncIterator[None]:
    """Run the sender, the ticker and the replayer inside; all end in order at the end.

    Should one of them die, what runs inside is cancelled and the error raised: half a bot that
    takes updates and answers nobody is worse than none, and whoever watches it starts it anew.
    """
    await house.erase_keeper.erase_again(house.sessions)
    with _alone_as_itself():
        async with asyncio.TaskGroup() as group:
            erasing = group.create_task(house.erase_keeper.run(house.sessions))
            group.create_task(house.sender.run())
            group.create_task(house.wakes.run())
            house.ticker.start()
            replayer = Replayer(house.sessions, house.turn)
            replaying = group.create_task(replayer.run())
            try:
                yield
            finally:
                replayer.stop()
                house.erase_keeper.stop()
                await asyncio.wait({replaying, erasing})
                await house.ticker.stop()
                house.wakes.stop()
                house.sender.stop()


@asynccontextmanager
async def alone(settings: Settings, stopping: asyncio.Event) -> AsyncIterator[None]:
    """Keep others from the same SQLite file; which setting to change is said where one has it."""
    async with AsyncExitStack() as held:
        url = settings.database_url.get_secret_value()
        try:
            await held.enter_async_context(sole_process(url, stopping))
        except TakenError as error:
            raise SettingsError(
                f"DATABASE_URL: takes a file of which no other process works, {error} is taken; "
                "many processes take PostgreSQL"
            ) from error
        except OSError as error:  # also of a disk that is full, or can only be read
            told = f"{error.filename} cannot be made beside it ({error.strerror})"
            raise SettingsError(f"DATABASE_URL: {told}") from error
        yield


@contextmanager
def _alone_as_itself() -> Iterator[None]:
    """Raise what a group holds alone as itself: a wrong setting must be known as one."""
    try:
        yield
    except BaseExceptionGroup as group:
        if len(group.exceptions) > 1:
            raise
        raise group.exceptions[0] from None
