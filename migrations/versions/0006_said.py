"""Who was chosen and has yet to say yes themselves."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    instant = models.base.Instant(timezone=True)
    op.add_column("help_claims", sa.Column("summoned_at", instant, nullable=True))


def downgrade() -> None:
    op.drop_column("help_claims", "summoned_at")
