"""Opening the database for a command: what is wrong with it is a wrong setting, in one line."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.settings import Settings, SettingsError
from models.database import Engine, open_engine
from models.migrate import is_current
from models.opening import complaint, missing_file

NOT_MIGRATED = "not migrated: `python -m bot migrate`"


@contextmanager
def opening(settings: Settings) -> Iterator[None]:
    """Raise SettingsError for what a database raises that cannot be opened."""
    try:
        yield
    except Exception as error:
        found = complaint(settings.database_url.get_secret_value(), error)
        if found is None:
            raise
        raise SettingsError(f"DATABASE_URL: {found}") from error


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Engine]:
    """Open an engine for as long as a command needs it."""
    with opening(settings):
        engine = open_engine(settings.database_url.get_secret_value())
        try:
            yield engine
        finally:
            await engine.dispose()


@asynccontextmanager
async def ready(settings: Settings) -> AsyncIterator[Engine]:
    """Open a database that must be there, at the present schema; nothing is made or changed."""
    if path := missing_file(settings.database_url.get_secret_value()):
        raise SettingsError(f"DATABASE_URL: there is no {path} yet: `python -m bot migrate`")
    async with opened(settings) as engine:
        if not await is_current(engine):
            raise SettingsError(f"DATABASE_URL: the database is {NOT_MIGRATED}")
        yield engine
