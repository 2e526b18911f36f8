"""Registrations."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0030"
down_revision = "0029"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def _names(table: str, of: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([one], [f"{of}.id"], name=op.f(f"fk_{table}_{one}_{of}"))
        for one in columns
    ]


def upgrade() -> None:
    op.create_table(
        "registration_kinds",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("place_id", KEY, nullable=True),
        sa.Column("title_zh", sa.String(length=60), nullable=False),
        sa.Column("title_en", sa.String(length=60), nullable=False),
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("months", sa.SmallInteger(), nullable=True),
        sa.Column("until_key", sa.String(length=30), nullable=True),
        sa.Column("accepts", sa.String(length=12), nullable=False),
        sa.Column("follows", sa.String(length=12), nullable=False),
        sa.Column("draft", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("fields_made", sa.SmallInteger(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("made_by", KEY, nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "months IS NULL OR months BETWEEN 1 AND 120", name=op.f("ck_registration_kinds_months")
        ),
        *_names("registration_kinds", "people", "made_by"),
        *_names("registration_kinds", "places", "place_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_kinds")),
        sa.UniqueConstraint("code", name=op.f("uq_registration_kinds_code")),
        sa.UniqueConstraint("token", name=op.f("uq_registration_kinds_token")),
    )
    op.create_index("ix_registration_kinds_place", "registration_kinds", ["place_id", "state"])
    op.create_table(
        "registrations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("kind_id", KEY, nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("community_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("filed_at", INSTANT, nullable=True),
        sa.Column("filing_id", KEY, nullable=True),
        sa.Column("next_filing_id", KEY, nullable=True),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("why_returned", sa.Text(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("told_building_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("why_ended", sa.String(length=12), nullable=True),
        sa.CheckConstraint("number IS NULL OR number >= 1", name=op.f("ck_registrations_number")),
        *_names("registrations", "people", "person_id", "by_id", "decided_by"),
        *_names("registrations", "places", "place_id", "community_id"),
        *_names("registrations", "filings", "filing_id", "next_filing_id"),
        *_names("registrations", "registration_kinds", "kind_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint(
            "kind_id",
            "community_id",
            "number",
            name=op.f("uq_registrations_kind_id_community_id_number"),
        ),
    )
    op.create_index("ix_registrations_place", "registrations", ["place_id", "state"])
    op.create_index("ix_registrations_person", "registrations", ["person_id", "kind_id"])
    op.create_index("ix_registrations_by", "registrations", ["by_id"])
    op.create_index("ix_registrations_filing", "registrations", ["filing_id"])
    op.create_table(
        "registration_counters",
        sa.Column("kind_id", KEY, nullable=False),
        sa.Column("community_id", KEY, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        *_names("registration_counters", "registration_kinds", "kind_id"),
        *_names("registration_counters", "places", "community_id"),
        sa.PrimaryKeyConstraint("kind_id", "community_id", name=op.f("pk_registration_counters")),
    )
    op.create_table(
        "builder_mutes",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("muted_at", INSTANT, nullable=False),
        *_names("builder_mutes", "people", "person_id"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_builder_mutes")),
    )


def downgrade() -> None:
    for table in (
        "builder_mutes", "registration_counters", "registrations", "registration_kinds",
    ):  # fmt: skip
        op.drop_table(table)
