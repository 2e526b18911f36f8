"""What was looked for from end to end is found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

INDEXES = {
    "ix_broadcasts_series_id": ("broadcasts", ["series_id"]),
    "ix_care_follow_ups_state": ("care_follow_ups", ["state", "asked_at"]),
    "ix_care_pairs_home": ("care_pairs", ["home_id", "state"]),
    "ix_day_check_days_day": ("day_check_days", ["day"]),
    "ix_help_requests_number": ("help_requests", ["number"]),
    "ix_proposal_media_line_id": ("proposal_media", ["line_id"]),
    "ix_proposals_number": ("proposals", ["number"]),
    "ix_proposals_receive_by": ("proposals", ["state", "receive_by"]),
}


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    op.create_index(
        "ix_day_check_days_to_listen",
        "day_check_days",
        ["to_listen"],
        sqlite_where=sa.text("to_listen = 1"),
        postgresql_where=sa.text("to_listen"),
    )


def downgrade() -> None:
    op.drop_index("ix_day_check_days_to_listen", table_name="day_check_days")
    for name, (table, _columns) in INDEXES.items():
        op.drop_index(name, table_name=table)
