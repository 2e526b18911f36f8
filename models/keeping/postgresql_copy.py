"""Copying a PostgreSQL database with its own programs, and bringing one back in one transaction.

The password goes to them by the environment, which other users of the machine do not see.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from models.database import Engine, async_url, open_engine
from models.keeping.looking import Holdings, look_over
from models.keeping.manifest import BackupError

LONGEST_SAID = 300
"""Characters of what a program says about its failure."""

EMPTYING = """
SET LOCAL client_min_messages = warning;
DO $$ DECLARE found record; BEGIN
FOR found IN SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname = 'public' LOOP
    EXECUTE 'DROP TABLE IF EXISTS ' || found.name || ' CASCADE';
END LOOP;
FOR found IN SELECT p.oid::regprocedure::text AS name FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE 'DROP FUNCTION IF EXISTS ' || found.name || ' CASCADE';
END LOOP;
END $$;
"""
"""What a backup takes the place of: all tables and functions of the schema `public`."""

OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name LIKE 'linli %' "
    "AND application_name <> current_setting('application_name')"
)


async def dump(engine: Engine, url: str, target: Path) -> Holdings:
    """Dump a database as it stands at one instant, and count what is in the dump.

    The count and the dump read one snapshot: what others write meanwhile is in neither.
    """
    snapshot = engine.execution_options(isolation_level="REPEATABLE READ")
    async with snapshot.connect() as connection:
        await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        name = await connection.scalar(text("SELECT pg_export_snapshot()"))
        found = await connection.run_sync(look_over)
        await _run(
            url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
            f"--snapshot={name}", f"--file={target}",
        )  # fmt: skip
    return found


async def bring_back(url: str, dumped: Path) -> None:
    """Put a dump in the place of all that stands in a database, in one transaction."""
    script = dumped.with_suffix(".sql")
    await _run(
        None, "pg_restore", "--no-owner", "--no-privileges", "--schema=public",
        f"--file={script}", str(dumped),
    )  # fmt: skip
    emptying = dumped.with_suffix(".empty.sql")
    emptying.write_text(EMPTYING, encoding="utf-8")
    await _run(
        url, "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
        "--output=/dev/null", f"--file={emptying}", f"--file={script}",
    )  # fmt: skip


async def others_work(engine: Engine) -> bool:
    """Return whether another process of ours is connected to the database."""
    async with engine.connect() as connection:
        return bool(await connection.scalar(OTHERS))


@asynccontextmanager
async def a_place_apart(url: str) -> AsyncIterator[str]:
    """Give the address of a database that is made for this, and dropped after it."""
    name = f"linli_verify_{token_hex(6)}"
    try:
        await _outside(url, f'CREATE DATABASE "{name}"')
    except DBAPIError as error:
        raise BackupError(
            "this user may not make the database in which a backup is tried: grant CREATEDB"
        ) from error
    try:
        yield make_url(url).set(database=name).render_as_string(hide_password=False)
    finally:
        await _outside(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _outside(url: str, statement: str) -> None:
    engine = open_engine(url, connections=1)
    try:
        async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.execute(text(statement))
    finally:
        await engine.dispose()


async def _run(url: str | None, program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's; BackupError with what it complains of."""
    surroundings = {**os.environ, **(_surroundings(make_url(async_url(url))) if url else {})}
    try:
        process = await asyncio.create_subprocess_exec(
            program,
            *arguments,
            env=surroundings,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError:
        raise BackupError(f"{program} is not here: install PostgreSQL's client programs") from None
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        raise BackupError(f"{program} failed: {_complaint(said)}")


def _complaint(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines() or ["it does not say why"]
    wrong = [line for line in lines if "error:" in line.lower()]
    return (wrong or lines)[0][:LONGEST_SAID]


def _surroundings(url: URL) -> dict[str, str]:
    """Say in libpq's own variables where the database is."""
    asked = {name: value for name, value in url.query.items() if isinstance(value, str)}
    named = {
        "PGHOST": url.host or asked.get("host"),
        "PGPORT": str(url.port) if url.port else asked.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
        "PGSSLMODE": asked.get("ssl") or asked.get("sslmode"),
    }
    return {name: value for name, value in named.items() if value}
