"""Logging: structured lines for people or machines, and no secret in any of them."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.settings import LogFormat

TOKEN_IN_TEXT = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
PHONE_IN_TEXT = re.compile(r"(?<![\w.:-])\+?\d{2,4}[- ]?\d{3,4}[- ]?\d{4}(?![\w.:-])")
HIDDEN = "***"

QUIET = ("httpx", "httpcore", "aiogram", "apscheduler", "aiosqlite", "uvicorn.access", "telegram")
"""Libraries that say too much at INFO; httpx and uvicorn log addresses that hold the token."""


def set_up(log_format: LogFormat, level: str) -> None:
    """Send everything, ours and the libraries', through one formatter that hides secrets."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format is LogFormat.JSON
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_foreign_message, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def hide_secrets(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Blot out bot tokens and telephone numbers wherever they stand in a line."""
    for key, value in event.items():
        if key != "timestamp" and isinstance(value, str):
            event[key] = blot(value)
    return event


def blot(text: str) -> str:
    """Blot out bot tokens and telephone numbers."""
    return PHONE_IN_TEXT.sub(HIDDEN, TOKEN_IN_TEXT.sub(HIDDEN, text))


def _foreign_message(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Put a library's arguments into its sentence before secrets are looked for."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord):
        event["event"] = record.getMessage()
    return event
