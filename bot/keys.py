"""The key for personal data: from the settings, else drawn once and kept beside the database."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from bot.settings import Settings, SettingsError
from models.vault import Vault

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
    if settings.encryption_key is not None:
        return Vault.from_text(settings.encryption_key.get_secret_value())
    path = key_file(settings)
    if path is None:
        raise SettingsError(NEEDS_KEY)
    if not path.exists():
        _draw(path)
    return read_key(path)


def key_file(settings: Settings) -> Path | None:
    """Name the file that keeps a drawn key: beside an SQLite database; None for any other."""
    url = urlsplit(settings.database_url.get_secret_value())
    if not url.scheme.startswith("sqlite"):
        return None
    return Path(url.path.removeprefix("/")).parent / "encryption.key"


def read_key(path: Path) -> Vault:
    """Open the vault with a drawn key; SettingsError names a file that holds none."""
    try:
        return Vault.from_text(path.read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        raise SettingsError(f"{path}: {DAMAGED}") from None


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
