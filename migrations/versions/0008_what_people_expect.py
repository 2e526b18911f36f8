"""Ends of places; phones that can be looked up by a digest; the desk's last search; words that volunteers may read."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("places", sa.Column("ended_at", models.base.Instant(timezone=True), nullable=True))
    op.add_column("places", sa.Column("merged_into_id", sa.BigInteger(), nullable=True))
    op.add_column("personal_fields", sa.Column("digest", sa.String(length=64), nullable=True))
    op.create_index("ix_personal_fields_digest", "personal_fields", ["digest"])
    op.add_column("help_requests", sa.Column("words_open", sa.Boolean(), nullable=True))
    op.create_table(
        "desk_searches",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_desk_searches_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_desk_searches")),
    )


def downgrade() -> None:
    op.drop_table("desk_searches")
    op.drop_column("help_requests", "words_open")
    op.drop_index("ix_personal_fields_digest", "personal_fields")
    op.drop_column("personal_fields", "digest")
    op.drop_column("places", "merged_into_id")
    op.drop_column("places", "ended_at")
