"""Finding the notice that a message of a chat was, for whoever replies to it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KNOWN = sa.text("kind IS NOT NULL AND message_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_outbox_message",
        "outbox",
        ["chat_id", "message_id"],
        unique=False,
        sqlite_where=KNOWN,
        postgresql_where=KNOWN,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_message", table_name="outbox")
