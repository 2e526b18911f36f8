"""What is long over, and what is to come, is found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

SETTLED = sa.text("settled_at IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_reminders_settled",
        "reminders",
        ["state", "settled_at"],
        sqlite_where=SETTLED,
        postgresql_where=SETTLED,
    )
    op.create_index("ix_help_offers_asked", "help_offers", ["asked_at"])
    op.create_index("ix_meetings_coming", "meetings", ["state", "starts_at"])
    op.create_index("ix_gatherings_coming", "gatherings", ["state", "ends_at"])


def downgrade() -> None:
    op.drop_index("ix_gatherings_coming", table_name="gatherings")
    op.drop_index("ix_meetings_coming", table_name="meetings")
    op.drop_index("ix_help_offers_asked", table_name="help_offers")
    op.drop_index("ix_reminders_settled", table_name="reminders")
