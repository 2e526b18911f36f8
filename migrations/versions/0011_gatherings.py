"""Gatherings."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0011"
down_revision = "0010"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "gatherings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("series_id", KEY, nullable=True),
        sa.Column("created_by", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("where", sa.String(length=200), nullable=False),
        sa.Column("rain", sa.String(length=200), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("age_from", sa.SmallInteger(), nullable=True),
        sa.Column("age_to", sa.SmallInteger(), nullable=True),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("why_off", sa.Text(), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_gatherings_ends")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_gatherings_created_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_gatherings_place_id_places")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["gatherings.id"], name=op.f("fk_gatherings_series_id_gatherings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gatherings")),
        sa.UniqueConstraint("code", name=op.f("uq_gatherings_code")),
        sa.UniqueConstraint("token", name=op.f("uq_gatherings_token")),
    )
    op.create_index("ix_gatherings_place", "gatherings", ["place_id", "state", "starts_at"])
    op.create_index(op.f("ix_gatherings_series_id"), "gatherings", ["series_id"])


def downgrade() -> None:
    op.drop_table("gatherings")
