"""What stands in a database: its schema, its rows, whether anybody is in it."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, inspect, select, table, text

from models.migrate import APPLIED

SOMEBODY = ("people", "places", "audit")
"""Of a neighbourhood that has begun, each of these tables holds a row; of a fresh one, none does.
Rows elsewhere are what a bot sets by itself at its start."""


@dataclass(frozen=True)
class Holdings:
    """What stands in a database."""

    revision: str
    """'' where nothing was migrated yet."""
    rows: dict[str, int]


def look_over(connection: Connection) -> Holdings:
    """Count what there is."""
    names = sorted(inspect(connection).get_table_names())
    counts = {name: select(func.count()).select_from(table(name)) for name in names}
    rows = {name: connection.scalar(count) or 0 for name, count in counts.items()}
    revision = connection.scalar(select(APPLIED.c.version_num)) if APPLIED.name in names else ""
    return Holdings(revision or "", rows)


def is_empty(found: Holdings) -> bool:
    """Return whether nobody would lose anything."""
    return not any(found.rows.get(name) for name in SOMEBODY)


def complaints(connection: Connection) -> list[str]:
    """List what SQLite itself finds wrong with a file; PostgreSQL looks while it brings back."""
    if connection.dialect.name != "sqlite":
        return []
    whole = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(5)"))]
    wrong = [] if whole == ["ok"] else whole
    ties = connection.execute(text("PRAGMA foreign_key_check")).all()
    return wrong + [f"a row of {row[0]} belongs to none of {row[2]}" for row in ties[:5]]
