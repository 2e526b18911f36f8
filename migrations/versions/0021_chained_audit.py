"""The audit book: a seal on each line, and the links that tie each to the one before."""

import sqlalchemy as sa
from alembic import op

from models.audit.triggers import LINKS_POSTGRESQL, LINKS_SQLITE
from models.base import Instant

revision = "0021"
down_revision = "0020"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("audit", sa.Column("seal", sa.String(length=64), nullable=True))
    op.create_table(
        "audit_keys",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("begun_after", NUMBER, nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_keys")),
    )
    op.create_table(
        "audit_links",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("line_id", NUMBER, nullable=False),
        sa.Column("sealed_well", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_links")),
        sa.UniqueConstraint("line_id", name=op.f("uq_audit_links_line_id")),
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in LINKS_POSTGRESQL if postgresql else LINKS_SQLITE:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("audit_links")
    op.drop_table("audit_keys")
    op.drop_column("audit", "seal")
