"""What a database says about how it would find what a statement asks for."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

NAMED = re.compile(r'\b(?:FROM|JOIN|UPDATE|INTO|,) "?(\w+)"? AS "?(\w+)"?', re.IGNORECASE)
"""A table, and what the statement calls it."""

SQLITE_SCAN = re.compile(r"^SCAN (?:TABLE )?(\w+)(?: USING (?:COVERING )?INDEX (\w+))?")

EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN (FORMAT JSON) "}


class Scan(NamedTuple):
    """A table that is read from end to end."""

    table: str
    index: str
    """The index in whose order it is read; empty where it is read as it lies."""


async def scans(connection: AsyncConnection, statement: str, values: Any) -> set[Scan]:
    """Return what a statement would read from end to end; the statement itself is not executed."""
    kind = connection.dialect.name
    rows = (await connection.exec_driver_sql(EXPLAIN[kind] + statement, values)).all()
    if kind == "sqlite":
        tables = {called: table for table, called in NAMED.findall(statement)}
        return set(_of_sqlite([row.detail for row in rows], tables))
    found = rows[0][0]
    plan = json.loads(found) if isinstance(found, str) else found
    return set(_of_postgresql(plan[0]["Plan"]))


def _of_sqlite(steps: list[str], tables: dict[str, str]) -> Iterator[Scan]:
    for step in steps:
        if (found := SQLITE_SCAN.match(step)) is not None:
            called, index = found.groups()
            yield Scan(tables.get(called, called), index or "")


def _of_postgresql(node: dict[str, Any]) -> Iterator[Scan]:
    if node["Node Type"] == "Seq Scan":
        yield Scan(node["Relation Name"], "")
    elif "Index" in node["Node Type"] and "Index Cond" not in node and "Relation Name" in node:
        yield Scan(node["Relation Name"], node["Index Name"])
    for below in node.get("Plans", []):
        yield from _of_postgresql(below)
