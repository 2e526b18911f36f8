"""Copying an SQLite database while the bot runs, and putting one in the place of another."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from models.keeping.archive import settle
from models.keeping.manifest import BackupError


def copy(source: Path, target: Path) -> None:
    """Copy a database as it stands at one instant, by SQLite's own online copy.

    All pages in one step: writers go on meanwhile (WAL), and what they write is not in the copy.
    """
    address = f"file:{quote(str(source.resolve()))}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(address, uri=True, timeout=15)) as live,
            closing(sqlite3.connect(target)) as copied,
        ):
            live.backup(copied)
            copied.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise BackupError(f"{source} cannot be copied ({error})") from error


def close_over(path: Path) -> None:
    """Let a database be one file again, without a journal beside it.

    A journal that stays beside would be written into whatever file comes under this name.
    """
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=15)) as database:
            mode = database.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"{path} cannot be closed ({error}); move it away") from error
    if mode != ("delete",):
        raise BackupError(f"{path} is used by another process: stop it first")


def put_in_place(restored: Path, path: Path) -> None:
    """Give a restored database its place, at once or not at all."""
    close_over(restored)
    close_over(path)
    restored.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o600)
    with restored.open("rb") as file:
        os.fsync(file.fileno())
    settle(restored, path)
