"""Alembic's environment: the caller hands over an open connection."""

from alembic import context

from models.schema import metadata


def compare(context_, inspected, declared, inspected_type, declared_type):
    """Types are declared once for both databases; SQLite reports its own names for them."""
    return None if context_.dialect.name == "postgresql" else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata(),
    render_as_batch=True,
    compare_type=compare,
    user_module_prefix="models.base.",
)

with context.begin_transaction():
    context.run_migrations()
