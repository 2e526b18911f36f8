"""Leases: who sends and who ticks, among many processes."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("term", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("renewed_at", models.base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "role", name=op.f("pk_leases")),
    )


def downgrade() -> None:
    op.drop_table("leases")
