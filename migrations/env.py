"""Alembic's environment: the caller hands over an open connection."""

from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext

from models.schema import metadata


def compare(migrating: MigrationContext, *_types: Any) -> bool | None:
    """Types are declared once for both databases; SQLite reports its own names for them."""
    return None if migrating.dialect.name == "postgresql" else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata(),
    render_as_batch=True,
    compare_type=compare,
    user_module_prefix="models.base.",
)

with context.begin_transaction():
    context.run_migrations()
