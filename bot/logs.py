"""Logging: structured lines for people or machines, and no secret in any of them."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

from bot.plain import without_colours
from bot.settings import LogFormat

with without_colours():
    import structlog

    from bot.origins import with_origin

TOKEN_IN_TEXT = re.compile(r"\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
PHONE_IN_TEXT = re.compile(r"(?<![A-Za-z0-9_.])\+?\d(?:[ ()-]{0,2}\d){8,14}(?![A-Za-z0-9_]|:\d)")
"""Nine to fifteen digits (ITU-T E.164 allows fifteen), grouped or not; Chinese characters may
stand right beside them. Instants and decimals are not taken for numbers."""

HIDDEN = "***"
UNTOUCHED = frozenset({"timestamp", "_record", "_from_structlog", "exc_info"})
"""Instants, and what only the formatter itself looks at."""

QUIET = (
    "aiogram", "aiohttp", "alembic", "apscheduler", "asyncio", "httpcore", "httpx",
    "sqlalchemy", "telegram", "uvicorn.access",
)  # fmt: skip
"""Libraries that say too much below WARNING: addresses that hold the token, rows that hold what
people wrote."""


def set_up(log_format: LogFormat, level: str) -> None:
    """Send everything, ours and the libraries', through one formatter that hides secrets."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        with_origin,
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
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                renderer,
                _without_token,
            ],
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
        if key not in UNTOUCHED:
            event[key] = _hidden(value)
    return event


def _hidden(value: Any) -> Any:
    """Blot out secrets in a value, whatever it is made of; plain numbers stay."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {_hidden(key): _hidden(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden(part) for part in value]
    return blot(value if isinstance(value, str) else repr(value))


def _without_token(_logger: Any, _method: str, line: Any) -> str:
    """Blot out tokens in the finished line: nothing later can bring one in."""
    return TOKEN_IN_TEXT.sub(HIDDEN, str(line))


def blot(text: str) -> str:
    """Blot out bot tokens and telephone numbers."""
    return PHONE_IN_TEXT.sub(HIDDEN, TOKEN_IN_TEXT.sub(HIDDEN, text))
