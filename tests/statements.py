"""What the database is told while something is done: lists cost as much as one line does."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from models.database import Engine, Sessions


@contextmanager
def statements(sessions: Sessions) -> Iterator[list[str]]:
    """List what the database is told meanwhile."""
    told: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        told.append(statement)

    engine = sessions.kw["bind"].sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(engine, "before_cursor_execute", note)


MANY = re.compile(r"(\?, )+\?|(\$\d+::\w+, )+\$\d+::\w+")
"""Values in a row: a list of five is found as a list of two is."""

READS_OR_WRITES = ("SELECT", "UPDATE", "DELETE", "INSERT", "WITH")

Distinct = dict[str, tuple[str, Any]]
"""A statement, whatever the length of its lists -> its words and values, as they first came."""


@contextmanager
def distinct_statements(engine: Engine) -> Iterator[Distinct]:
    """Collect what an engine is told meanwhile that reads or writes rows, each kind once."""
    found: Distinct = {}

    def note(
        _connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool
    ) -> None:
        if statement.lstrip().upper().startswith(READS_OR_WRITES):
            first = values[0] if isinstance(values, list) and values else values
            found.setdefault(MANY.sub("…", statement), (statement, first))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", note)
