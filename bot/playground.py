"""The bot played in the sandbox: a demo neighbourhood in the browser, no token, no server."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import alone, open_house, working
from bot.companion import Companion
from bot.demo import seed_demo, seed_proposals, seed_street
from bot.greeting import acquainted
from bot.policy import in_force
from bot.serve import bring_up_to_date, polling
from bot.settings import Settings, SettingsError
from models.database import transaction
from models.policy.rules import Policies, Policy
from models.sole import is_taken
from sandbox.people import DEMO_PEOPLE, DEMO_TOKEN
from sandbox.server import serve
from sandbox.world import World

DATABASE = Path("data/sandbox.sqlite3")


async def play(settings: Settings, stopping: asyncio.Event, port: int) -> None:
    """Serve the sandbox on a port and play the bot in it until told to stop."""
    now = datetime.now(UTC)
    starts = at_work(now, in_force(settings))
    world = World(starts=None if starts == now else starts)
    async with AsyncExitStack() as stack:
        try:
            url = await stack.enter_async_context(serve(world, port=port))
        except (OSError, OverflowError) as error:
            told = f"SANDBOX_PORT: takes a free port, {port} cannot be opened"
            raise SettingsError(told) from error
        await _live(played(settings, url), stopping, world, url)


async def _live(settings: Settings, stopping: asyncio.Event, world: World, url: str) -> None:
    def clock() -> datetime:
        return world.clock.now()

    async with alone(settings, stopping):
        await bring_up_to_date(settings)
        async with open_house(settings, clock) as house:
            async with transaction(house.sessions) as session:
                await seed_demo(session, clock())
                await seed_street(session, clock())
                await seed_proposals(session, clock())
            async with acquainted(house), working(house):
                world.companion = Companion(house, clock)
                _open_phones(world)
                print(_welcome(settings, url, clock()), flush=True)  # noqa: T201 - said to a person
                await polling(house, stopping)


def _welcome(settings: Settings, url: str, now: datetime) -> str:
    here = now.astimezone(settings.zone())
    time = f"It is {here:%A %H:%M} there ({settings.time_zone}); the page can move the clock."
    return f"\n  邻里 Linli  →  {url}\n  {time}\n"


def at_work(now: datetime, policies: Policies) -> datetime:
    """Return the present, or if the desk is closed now, a minute after it opens next.

    At night nobody is disturbed: whoever tries the bot then would think that it does not work.
    """
    clock = policies.of(Policy).desk_clock()
    return now if clock.runs(now) else clock.after(now, timedelta(minutes=1))


def _open_phones(world: World) -> None:
    """Let the demo people open their chats: Telegram lets no bot write to anybody before that."""
    for phone in DEMO_PEOPLE:
        world.person(phone.id).start()


def played(settings: Settings, url: str) -> Settings:
    """Point settings at the sandbox; unless a database is named, at a fresh one each time.

    The sandbox forgets everything when it ends, so what the bot remembered would not match.
    """
    chosen = {name: getattr(settings, name) for name in settings.model_fields_set}
    chosen |= {"telegram_api_url": url, "bot_token": DEMO_TOKEN, "webhook_url": None}
    if "database_url" not in chosen:
        _forget(DATABASE)
        chosen["database_url"] = f"sqlite:///{DATABASE}"
    return Settings(_env_file=None, **chosen)


def _forget(database: Path) -> None:
    """Remove a database, unless another sandbox works with it."""
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        if is_taken(str(database)):
            raise SettingsError(
                f"DATABASE_URL: {database} is taken by another sandbox; name another file"
            )
        for end in ("", "-wal", "-shm", "-journal"):
            database.with_name(database.name + end).unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(f"DATABASE_URL: {database} cannot be made afresh") from error
