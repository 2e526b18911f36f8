"""Pauses, and quiet hours of one's own."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("people", sa.Column("paused_until", models.base.Instant(timezone=True), nullable=True))
    op.add_column("people", sa.Column("quiet_from", sa.SmallInteger(), nullable=True))
    op.add_column("people", sa.Column("quiet_until", sa.SmallInteger(), nullable=True))
    op.create_index(
        "ix_people_spared",
        "people",
        ["id"],
        sqlite_where=sa.text("paused_until IS NOT NULL OR quiet_from IS NOT NULL"),
        postgresql_where=sa.text("paused_until IS NOT NULL OR quiet_from IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_people_spared", "people")
    op.drop_column("people", "quiet_until")
    op.drop_column("people", "quiet_from")
    op.drop_column("people", "paused_until")
