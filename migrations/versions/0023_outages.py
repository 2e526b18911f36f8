"""When Telegram was heard last, and the outages before."""

import sqlalchemy as sa
from alembic import op

from models.base import Instant

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "outages",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("last_heard_at", Instant(timezone=True), nullable=False),
        sa.Column("heard_again_at", Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outages")),
    )
    op.create_index(op.f("ix_outages_heard_again_at"), "outages", ["heard_again_at"])


def downgrade() -> None:
    op.drop_table("outages")
