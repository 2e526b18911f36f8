"""Making a backup, and bringing one back: the steps, for either kind of database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from models.audit.chain import check
from models.database import Engine, async_url, open_engine, open_sessions, transaction
from models.keeping import erasures, postgresql_copy, sqlite_copy
from models.keeping.archive import pack, read_manifest, unpack
from models.keeping.looking import Holdings, complaints, is_empty, look_over
from models.keeping.manifest import BackupError, Manifest, sha256_of
from models.keeping.sealed import shut_columns
from models.migrate import known, migrate
from models.outages.actions import brought_back
from models.vault import Vault

WRONG_KEY = (
    "the backup was made under another key, or changed since: personal data in it opens only with "
    "the ENCRYPTION_KEY of that time"
)


@dataclass(frozen=True)
class Keeper:
    """What is kept: a database, by its address, under a key."""

    url: str
    vault: Vault
    erasures: Path
    """The list of who has left."""
    policy: object = None
    """What acts go by (`models.database.open_sessions`): only bringing back acts."""

    @property
    def file(self) -> Path | None:
        """Return the file of an SQLite database; None for PostgreSQL."""
        named = make_url(async_url(self.url))
        if named.get_backend_name() != "sqlite":
            return None
        if named.database in {None, "", ":memory:"}:
            raise BackupError("a database in memory cannot be kept")
        return Path(str(named.database))

    @property
    def kind(self) -> str:
        """Return the kind of the database, as manifests name it."""
        return "postgresql" if self.file is None else "sqlite"


async def back_up(keeper: Keeper, target: Path, now: datetime) -> Manifest:
    """Write a backup of a database that others work with meanwhile; the key is not in it."""
    _is_file_to_be(target)
    with TemporaryDirectory(dir=target.parent, prefix=".linli-backup-") as folder:
        copied = Path(folder) / "database"
        found = await _copied(keeper, copied)
        manifest = Manifest(
            keeper.kind, found.revision, now.astimezone(UTC).isoformat(), found.rows,
            copied.stat().st_size, sha256_of(copied),
        ).signed(keeper.vault)  # fmt: skip
        pack(target, manifest, copied)
    return manifest


def _is_file_to_be(target: Path) -> None:
    if target.is_dir() or not target.parent.is_dir():
        raise BackupError(f"{target} takes the name of a file in a folder that is there")


async def _copied(keeper: Keeper, target: Path) -> Holdings:
    if keeper.file is None:
        async with _engine(keeper.url) as engine:
            return await postgresql_copy.dump(engine, keeper.url, target)
    sqlite_copy.copy(keeper.file, target)
    async with _engine(f"sqlite:///{target}") as engine, engine.connect() as connection:
        found = await connection.run_sync(look_over)
    sqlite_copy.close_over(target)
    return found


async def restore(keeper: Keeper, source: Path, now: datetime, *, replace: bool) -> list[int]:
    """Bring a backup back, at the present schema, without those who have left since.

    Gives those of them who were bound to something when it was made (`erasures.apply`).
    BackupError, and nothing changed, where the backup cannot be used or the database is in use
    or, without `replace`, holds anything. Nobody else may work with an SQLite file meanwhile.
    """
    manifest = checked(keeper, source)
    if not replace and not is_empty(await _present(keeper)):
        raise BackupError("the database is not empty: --replace puts the backup in its place")
    if keeper.file is not None:
        return await _restore_file(keeper, keeper.file, source, now)
    async with _engine(keeper.url) as engine:
        if await postgresql_copy.others_work(engine):
            raise BackupError("a bot works with this database: stop it first")
    with TemporaryDirectory(prefix="linli-restore-") as folder:
        dumped = Path(folder) / "database"
        unpack(source, dumped)
        await postgresql_copy.bring_back(keeper.url, dumped)
    async with _engine(keeper.url) as engine:
        await _compare(engine, manifest)
        return await _made_present(engine, keeper, now)


async def _restore_file(keeper: Keeper, path: Path, source: Path, now: datetime) -> list[int]:
    """Make all ready in a file beside, which takes the place of the database at the very end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent, prefix=".linli-restore-") as folder:
        restored = Path(folder) / "database"
        manifest = unpack(source, restored)
        async with _engine(f"sqlite:///{restored}") as engine:
            await _compare(engine, manifest)
            bound = await _made_present(engine, keeper, now)
        sqlite_copy.put_in_place(restored, path)
    return bound


async def verify(keeper: Keeper, source: Path) -> Manifest:
    """Bring a backup back into a place apart, look it over there, and drop it; BackupError says
    what is wrong. The database itself is not touched."""
    manifest = checked(keeper, source)
    with TemporaryDirectory(prefix="linli-verify-") as folder:
        unpacked = Path(folder) / "database"
        unpack(source, unpacked)
        if keeper.file is not None:
            async with _engine(f"sqlite:///{unpacked}") as engine:
                await _look_over(engine, keeper, manifest)
            return manifest
        async with postgresql_copy.a_place_apart(keeper.url) as url:
            await postgresql_copy.bring_back(url, unpacked)
            async with _engine(url) as engine:
                await _look_over(engine, keeper, manifest)
    return manifest


def checked(keeper: Keeper, source: Path) -> Manifest:
    """Read what a backup says of itself; BackupError where it cannot be brought back here."""
    manifest = read_manifest(source)
    if manifest.kind != keeper.kind:
        raise BackupError(
            f"the backup is of {manifest.kind}, and DATABASE_URL names {keeper.kind}: it goes back "
            "into the kind that it came from"
        )
    if not manifest.is_of(keeper.vault):
        raise BackupError(WRONG_KEY)
    if manifest.revision not in known():
        raise BackupError(
            f"the backup is of a later version (schema {manifest.revision or 'none'}; this one "
            f"knows up to {max(known())}): bring the program up to date first"
        )
    return manifest


async def _present(keeper: Keeper) -> Holdings:
    if keeper.file is not None and not keeper.file.exists():
        return Holdings("", {})
    async with _engine(keeper.url) as engine, engine.connect() as connection:
        return await connection.run_sync(look_over)


async def _look_over(engine: Engine, keeper: Keeper, manifest: Manifest) -> None:
    await _compare(engine, manifest)
    await migrate(engine)

    def shut(connection: Connection) -> list[str]:
        return shut_columns(connection, keeper.vault)

    async with engine.connect() as connection:
        if names := await connection.run_sync(shut):
            raise BackupError(f"with the present key these do not open: {', '.join(names)}")
    async with transaction(open_sessions(engine, keeper.vault)) as session:
        if wrong := (await check(session)).broken:
            raise BackupError(f"the audit book in it is not as it was written: {wrong}")


async def _compare(engine: Engine, manifest: Manifest) -> None:
    """Raise BackupError where a database is not what its manifest says."""
    async with engine.connect() as connection:
        found = await connection.run_sync(look_over)
        wrong = await connection.run_sync(complaints)
    names = sorted(found.rows.keys() | manifest.rows.keys())
    wrong += [
        f"{name} has {found.rows.get(name, 'no')} rows instead of {manifest.rows.get(name, 'none')}"
        for name in names
        if found.rows.get(name) != manifest.rows.get(name)
    ]
    if found.revision != manifest.revision:
        wrong.append(f"its schema is {found.revision} instead of {manifest.revision}")
    if wrong:
        raise BackupError(f"what was brought back is not what was copied: {'; '.join(wrong)}")


async def _made_present(engine: Engine, keeper: Keeper, now: datetime) -> list[int]:
    await migrate(engine)
    sessions = open_sessions(engine, keeper.vault, policy=keeper.policy)
    async with transaction(sessions) as session:
        await brought_back(session, now)
    return await erasures.apply(sessions, keeper.erasures, now)


@asynccontextmanager
async def _engine(url: str) -> AsyncIterator[Engine]:
    engine = open_engine(url, connections=2)
    try:
        yield engine
    finally:
        await engine.dispose()
