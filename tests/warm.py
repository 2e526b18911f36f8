"""What is made once for the run: compiled statements, whichever engine they were compiled for.

Every test opens an engine of its own, the application under test opens another, and each begins
with nothing compiled: that was a third of the time. What a statement compiles to depends on the
kind of database alone, as all are of one version here.
"""

import ssl
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

from aiogram.client.session import aiohttp as calls
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.util import LRUCache

from models.sqlite import DirectDialect

KEPT = 4000
"""Statements kept of each kind: more than the application and all tests have."""


def keep_compiled() -> None:
    """Share what is compiled among all engines of one kind; before any is opened."""
    for dialect in (DirectDialect, PGDialect_asyncpg):
        _share(dialect)


def keep_certificates() -> None:
    """Read the list of authorities once, not for every bot: no test asks any of them."""
    once = cache(ssl.create_default_context)
    calls.ssl = SimpleNamespace(create_default_context=once)  # type: ignore[attr-defined]


def _share(dialect: Any) -> None:
    kept: LRUCache[Any, Any] = LRUCache(KEPT)
    dialect.engine_created = staticmethod(_handing(kept))
    # a dialect is part of every key: that of one engine has to find what another's has compiled
    dialect.__eq__ = lambda self, other: type(self) is type(other)
    dialect.__hash__ = lambda self: hash(type(self))


def _handing(kept: LRUCache[Any, Any]) -> Callable[[Engine], None]:
    def created(engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=kept)

    return created
