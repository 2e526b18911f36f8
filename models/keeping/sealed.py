"""Every place in the database where a sealed value lies, found through the schema."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Table, select

from models.schema import metadata
from models.vault import SealedCell, SealError, Vault

OPEN_BYTES = frozenset({("made_files", "content")})
"""Columns of bytes that are not sealed."""

Cell = Callable[[Mapping[str, Any]], SealedCell]

BINDINGS: dict[str, Cell] = {
    "personal_fields": lambda row: SealedCell("personal_fields", row["field"], row["person_id"]),
    "desk_searches": lambda row: SealedCell("desk_searches", "sealed", row["person_id"]),
}
"""Tables whose values are bound to something else than column and number of the row."""


@dataclass(frozen=True)
class SealedColumn:
    """A column whose values are sealed for a cell each."""

    table: Table
    column: Column[Any]

    @property
    def name(self) -> str:
        """Return the name for people: 'care_homes.reasons'."""
        return f"{self.table.name}.{self.column.name}"

    def cell(self, row: Mapping[str, Any]) -> SealedCell:
        """Return the cell that a row's value is bound to; the row has the primary key."""
        if binding := BINDINGS.get(self.table.name):
            return binding(row)
        return SealedCell(self.table.name, self.column.name, row["id"])


def sealed_columns() -> Iterator[SealedColumn]:
    """List every column of sealed values: each that holds bytes, but for the few known as open."""
    for table in metadata().sorted_tables:
        for column in table.columns:
            known_open = (table.name, column.name) in OPEN_BYTES
            if isinstance(column.type, LargeBinary) and not known_open:
                yield SealedColumn(table, column)


def shut_columns(connection: Connection, vault: Vault) -> list[str]:
    """Open every value; list the columns where one does not open."""
    return [place.name for place in sealed_columns() if not _opens(connection, vault, place)]


def _opens(connection: Connection, vault: Vault, place: SealedColumn) -> bool:
    values = select(*place.table.primary_key, place.column).where(place.column.is_not(None))
    try:
        for row in connection.execute(values).mappings():
            vault.open(place.cell(dict(row)), row[place.column.name])
    except SealError:
        return False
    return True
