"""What is queued in one process wakes the sender in another."""

from alembic import op

from models.outbox import triggers

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        for statement in triggers.POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        for statement in triggers.POSTGRESQL_OFF:
            op.execute(statement)
