"""Settings: from the environment, from `.env`, or each from a file named by `<NAME>_FILE`."""

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from handlers.i18n import CHINESE, LANGUAGES
from models.vault import Vault

TELEGRAM = "https://api.telegram.org"
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
DATABASE_SCHEME = re.compile(r"sqlite|postgres|postgresql(\+asyncpg)?")
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What Telegram takes as secret_token (Bot API, setWebhook)."""


class LogFormat(StrEnum):
    """How log lines look."""

    TEXT = "text"
    JSON = "json"


MOST_PORT = 65535
Port = Annotated[int, Field(ge=0, le=MOST_PORT)]
"""A TCP port; 0 is any free one."""


class SettingsError(Exception):
    """A setting is wrong; the message is one line a setting: its name and what it takes."""


def wrong(takes: str) -> PydanticCustomError:
    """Say what a setting takes."""
    return PydanticCustomError("setting", "takes {takes}", {"takes": takes})


class Settings(BaseSettings):
    """Every setting, its default and what it takes; `.env.example` documents each."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    bot_token: SecretStr | None = None
    telegram_api_url: str = TELEGRAM
    telegram_proxy: SecretStr | None = None
    database_url: SecretStr = SecretStr("sqlite:///data/linli.sqlite3")
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_host: str = "127.0.0.1"
    webhook_port: Port = 8443
    encryption_key: SecretStr | None = None
    encryption_key_old: SecretStr | None = None
    default_language: str = CHINESE
    time_zone: str = "Asia/Shanghai"
    policy_file: Path | None = None
    erasures_file: Path | None = None
    log_format: LogFormat = LogFormat.TEXT
    log_level: str = "INFO"
    sandbox_port: Port = 8080
    operate_host: str = "127.0.0.1"
    operate_port: Port | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Look into arguments, the environment, files named there, then `.env`."""
        return (init_settings, env_settings, FilesSource(settings_cls), dotenv_settings)

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not TOKEN.fullmatch(value.get_secret_value()):
            raise wrong("the token that @BotFather gave, like 123456:ABC-DEF…")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        return _http_url(value, "the base address of a Bot API server, like " + TELEGRAM)

    @field_validator("webhook_url")
    @classmethod
    def _webhook_url(cls, value: str | None) -> str | None:
        return _http_url(value, "the public https address that Telegram calls") if value else None

    @field_validator("webhook_secret")
    @classmethod
    def _webhook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise wrong("1 to 256 letters, digits, underscores and hyphens")
        return value

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, value: SecretStr) -> SecretStr:
        parts = _parts(value.get_secret_value())
        if parts is None or not DATABASE_SCHEME.fullmatch(parts.scheme):
            raise wrong("sqlite:///path/to/file or postgresql://user:password@host/name")
        return value

    @field_validator("telegram_proxy")
    @classmethod
    def _proxy(cls, value: SecretStr | None) -> SecretStr | None:
        schemes = {"http", "socks4", "socks5"}
        parts = _parts(value.get_secret_value()) if value else None
        known = parts is not None and parts.scheme in schemes and parts.hostname and parts.port
        if value and not known:
            raise wrong("a proxy like socks5://user:password@host:1080 or http://host:3128")
        return value

    @field_validator("encryption_key", "encryption_key_old")
    @classmethod
    def _key(cls, value: SecretStr | None) -> SecretStr | None:
        try:
            if value:
                Vault.from_text(value.get_secret_value())
        except ValueError as error:
            raise wrong("32 random bytes in URL-safe base64 (`python -m bot new-key`)") from error
        return value

    @field_validator("default_language")
    @classmethod
    def _language(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise wrong(" or ".join(LANGUAGES))
        return value

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise wrong("an IANA zone name, like Asia/Shanghai") from error
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: Any) -> str:
        levels = ("DEBUG", "INFO", "WARNING", "ERROR")
        if str(value).upper() not in levels:
            raise wrong(" or ".join(levels))
        return str(value).upper()

    @model_validator(mode="after")
    def _webhook_needs_secret(self) -> "Settings":
        if self.webhook_url and not self.webhook_secret:
            raise PydanticCustomError(
                "setting",
                "WEBHOOK_SECRET takes 1 to 256 letters, digits, underscores and hyphens, and is "
                "needed with WEBHOOK_URL: without it anybody could speak as Telegram",
            )
        return self

    def zone(self) -> ZoneInfo:
        """Return the zone in which people read times."""
        return ZoneInfo(self.time_zone)


class FilesSource(PydanticBaseSettingsSource):
    """Reads `<NAME>_FILE`: the value is what the file holds, without white space around it."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        """Return the content of the file that is named for a field, if one is."""
        name = f"{field_name.upper()}_FILE"
        path = os.environ.get(name) or dotenv_values(".env").get(name)
        if not path:
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{name}: takes a readable text file, not {path}") from error

    def __call__(self) -> dict[str, Any]:
        """Return every field that a file is named for."""
        found = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in found.items() if value}


def load(**overrides: Any) -> Settings:
    """Read the settings; SettingsError says in one line a setting what is wrong."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise SettingsError("\n".join(_line(dict(e)) for e in error.errors())) from None
    except (OSError, UnicodeDecodeError):
        raise SettingsError(".env: takes a readable text file") from None


def _line(error: dict[str, Any]) -> str:
    """Name the setting and what it takes; never the value, which may be a secret."""
    name = ".".join(str(part) for part in error["loc"]).upper()
    return f"{name}: {error['msg']}" if name else str(error["msg"])


def _http_url(value: str, takes: str) -> str:
    parts = _parts(value)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise wrong(takes)
    return value.rstrip("/")


def _parts(url: str) -> SplitResult | None:
    """Return the parts of an address; None where a part cannot be, like port 99999."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts
