"""Care: what a home that has just ended was before; wishes that were spoken."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("care_homes", sa.Column("ended_from", sa.String(length=12), nullable=True))
    op.add_column("care_homes", sa.Column("wishes_voice", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("care_homes", "wishes_voice")
    op.drop_column("care_homes", "ended_from")
