"""Who was chosen and has yet to say yes; when, by Telegram's dates, somebody was there or away."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    instant = models.base.Instant(timezone=True)
    op.add_column("help_claims", sa.Column("summoned_at", instant, nullable=True))
    op.add_column("people", sa.Column("heard_at", instant, nullable=True))
    op.add_column("people", sa.Column("away_at", instant, nullable=True))


def downgrade() -> None:
    op.drop_column("people", "away_at")
    op.drop_column("people", "heard_at")
    op.drop_column("help_claims", "summoned_at")
