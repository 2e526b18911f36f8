"""Care: what is told in confidence may be spoken."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("care_concerns", sa.Column("voice", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("care_concerns", "voice")
