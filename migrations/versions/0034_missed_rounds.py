"""What was missed of a round, and when its desk said that it knows."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0034"
down_revision = "0033"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "inspection_misses",
        sa.Column("occasion_id", KEY, autoincrement=False, nullable=False),
        sa.Column("round_id", KEY, nullable=False),
        sa.Column("missed_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["occasions.id"], name=op.f("fk_inspection_misses_occasion_id_occasions")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["inspection_rounds.id"],
            name=op.f("fk_inspection_misses_round_id_inspection_rounds"),
        ),
        sa.PrimaryKeyConstraint("occasion_id", name=op.f("pk_inspection_misses")),
    )
    op.create_index("ix_inspection_misses_round", "inspection_misses", ["round_id", "seen_at"])


def downgrade() -> None:
    op.drop_table("inspection_misses")
