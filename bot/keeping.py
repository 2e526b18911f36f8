"""The commands that keep the data: backup, restore, and the list of who has left."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.app import alone
from bot.erasing import erasures_of
from bot.keys import begin_new_key, drop_older_key, held_vault, key_file
from bot.opening import opening, ready
from bot.policy import in_force
from bot.settings import Settings, SettingsError
from handlers.clock_text import on_clock_of
from models.database import open_sessions, transaction
from models.keeping.backup import Keeper, back_up, restore, verify
from models.keeping.erasures import write_down
from models.keeping.rotation import seal_anew, under_older
from models.wiring import wire

SET_BY_HAND = "ENCRYPTION_KEY, where you set it"


async def make_backup(settings: Settings, target: Path) -> list[str]:
    """Write a backup; give what is to be said about it."""
    async with ready(settings):
        pass
    manifest = await back_up(_keeper(settings), target, datetime.now(UTC))
    key = (
        f"The key is not in it. It lies in {_where_the_key_lies(settings)}; keep a copy of it in "
        "another place than this file. Without it no phone, door or note opens, and the backup is "
        "not brought back."
    )
    list_of_erased = (
        f"Keep {erasures_of(settings)} in another place, too: with it, who leaves after today "
        "stays erased."
    )
    rows = f"{target}: {sum(manifest.rows.values())} rows, schema {manifest.revision}."
    return [rows, key, list_of_erased]


async def try_backup(settings: Settings, source: Path) -> list[str]:
    """Bring a backup back into a place apart and look it over; give what is to be said."""
    with opening(settings):
        manifest = await verify(_keeper(settings), source)
    well = (
        f"{source} of {manifest.made_at} can be brought back: every row is there, and what is "
        "sealed opens with the present key."
    )
    return [well]


async def bring_back(settings: Settings, source: Path, *, replace: bool) -> list[str]:
    """Bring a backup back for good; give what is to be said."""
    wire()
    on_clock_of(settings.zone())
    async with _by_ourselves(settings):
        with opening(settings):
            bound = await restore(_keeper(settings), source, datetime.now(UTC), replace=replace)
    told = [f"{source} is brought back. Who has left since is erased again."]
    if bound:
        numbers = ", ".join(map(str, bound))
        told.append(
            f"Of those, still bound when it was made (a request taken, the last admin of a place): "
            f"{numbers}. See whether a place needs an admin: `python -m bot admin-code`."
        )
    return told


NEEDS_OLD = (
    "ENCRYPTION_KEY_OLD: takes the key before; put a new one (`python -m bot new-key`) into "
    "ENCRYPTION_KEY and start the bot anew with both, then seal anew"
)


async def rotate(settings: Settings) -> list[str]:
    """Seal everything anew under a new key; give what is to be said."""
    path = None if settings.encryption_key is not None else key_file(settings)
    vault = held_vault(settings)
    async with ready(settings) as engine:
        sessions = open_sessions(engine, vault)
        if path is not None and not vault.has_older:
            async with transaction(sessions):  # the one writer: nobody is half-way under the old
                begin_new_key(path)
        if not vault.has_older:
            raise SettingsError(NEEDS_OLD)
        sealed = await seal_anew(sessions, datetime.now(UTC))
        left = await under_older(sessions)
        await write_down(sessions, erasures_of(settings))
    told = [f"{sealed} values are sealed anew."]
    if left:
        names = ", ".join(f"{name} {number}" for name, number in left.items())
        return [*told, f"Under the old key, which stays: {names}. Do this again later."]
    if path is not None:
        drop_older_key(path)
        told += [f"The old key is gone from {path}: copy that file anew."]
    if settings.encryption_key_old is not None:
        told += ["Nothing lies under ENCRYPTION_KEY_OLD: take it out, and start the bot anew."]
    return [*told, OLD_BACKUPS]


OLD_BACKUPS = "Backups made before open with the old key alone: keep that one as long as those."


@asynccontextmanager
async def _by_ourselves(settings: Settings) -> AsyncIterator[None]:
    """Keep a bot from the file: one that runs is named at once."""
    async with alone(settings, asyncio.Event()):
        yield


def _keeper(settings: Settings) -> Keeper:
    url = settings.database_url.get_secret_value()
    return Keeper(url, held_vault(settings), erasures_of(settings), in_force(settings))


def _where_the_key_lies(settings: Settings) -> str:
    path = None if settings.encryption_key is not None else key_file(settings)
    return str(path) if path else SET_BY_HAND
