"""The key for personal data: from the settings, else drawn once and kept beside the database."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog

from bot.settings import Settings, SettingsError
from models.keeping.archive import partial, settle
from models.vault import Vault, read_text_key

log = structlog.get_logger(__name__)

NEEDS_KEY = (
    "ENCRYPTION_KEY: takes 32 random bytes in URL-safe base64 (`python -m bot new-key`); "
    "with PostgreSQL it must be set, since several machines share it"
)

DAMAGED = (
    "holds no key that can be read; personal data opens with the very key that was drawn, so "
    "bring the file back from a copy"
)


def open_vault(settings: Settings) -> Vault:
    """Open the vault for personal fields; SettingsError where the key is missing or damaged."""
    older = settings.encryption_key_old
    also = [older.get_secret_value()] if older else []
    if settings.encryption_key is not None:
        return Vault.from_text(settings.encryption_key.get_secret_value(), *also)
    path = key_file(settings)
    if path is None:
        raise SettingsError(NEEDS_KEY)
    if not path.exists():
        _draw(path)
    return read_key(path, *also)


def held_vault(settings: Settings) -> Vault:
    """Open the vault with a key that is there; none is drawn: what is sealed needs its own."""
    path = None if settings.encryption_key is not None else key_file(settings)
    if path is not None and not path.exists():
        raise SettingsError(f"{path}: is not there; bring back the key that was kept apart")
    return open_vault(settings)


def key_file(settings: Settings) -> Path | None:
    """Name the file that keeps a drawn key: beside an SQLite database; None for any other."""
    url = urlsplit(settings.database_url.get_secret_value())
    if not url.scheme.startswith("sqlite"):
        return None
    return Path(url.path.removeprefix("/")).parent / "encryption.key"


def read_key(path: Path, *older: str) -> Vault:
    """Open the vault with a drawn key; SettingsError names a file that holds none."""
    try:
        return FileVault(path, *older)
    except (OSError, ValueError):
        raise SettingsError(f"{path}: {DAMAGED}") from None


class FileVault(Vault):
    """The vault of a key file: it holds what the file holds now, also after `rotate-key`.

    A line each: the present key, then the one before, while anything lies under it. A file that
    cannot be read for now leaves it with the keys that it has.
    """

    def __init__(self, path: Path, *older: str) -> None:
        self._path = path
        self._older = [read_text_key(text) for text in older]
        self._seen = _state(path)
        super().__init__(*_keys_in(path), *self._older)

    @property
    def _keys(self) -> tuple[Any, ...]:
        with suppress(OSError, ValueError):
            if (state := _state(self._path)) != self._seen:
                self._hold(*_keys_in(self._path), *self._older)
                self._seen = state
        return self._held


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def _keys_in(path: Path) -> list[bytes]:
    """Read the keys in a file; ValueError where there is none, or one is damaged."""
    lines = path.read_text(encoding="utf-8").split()
    if not lines:
        raise ValueError("no key")
    return [read_text_key(line) for line in lines]


def begin_new_key(path: Path) -> None:
    """Put a fresh key before the one in a file, at once or not at all; one begun stays as it is."""
    lines = path.read_text(encoding="utf-8").split()
    if len(lines) == 1:
        _write(path, [Vault.new_key(), *lines])


def drop_older_key(path: Path) -> None:
    """Leave the present key alone in its file."""
    _write(path, path.read_text(encoding="utf-8").split()[:1])


def _write(path: Path, lines: list[str]) -> None:
    unfinished = partial(path)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
        file.flush()
        os.fsync(file.fileno())
    settle(unfinished, path)


def _draw(path: Path) -> None:
    """Draw a key into a file that its owner alone can read."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be made, and keeps the key ({error.strerror})"
        ) from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(Vault.new_key())
    log.warning("a new key for personal data was made; keep a copy of it", file=str(path))
