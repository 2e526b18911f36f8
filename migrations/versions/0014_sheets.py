"""Sheets and filings."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0014"
down_revision = "0013"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sheets",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=30), nullable=False),
        sa.Column("title_zh", sa.String(length=60), nullable=False),
        sa.Column("title_en", sa.String(length=60), nullable=False),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("made_by", KEY, nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_sheets_version")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_sheets_made_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheets")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_sheets_code_version")),
    )
    op.create_index("ix_sheets_subject", "sheets", ["subject"])
    op.create_table(
        "filings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("sheet_id", KEY, nullable=False),
        sa.Column("subject", sa.String(length=30), nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("about_id", KEY, nullable=True),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("filed_at", INSTANT, nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_id"], ["people.id"], name=op.f("fk_filings_about_id_people")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_filings_by_id_people")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheets.id"], name=op.f("fk_filings_sheet_id_sheets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filings")),
        sa.UniqueConstraint("token", name=op.f("uq_filings_token")),
    )
    op.create_index("ix_filings_record", "filings", ["subject", "subject_id", "filed_at"])
    op.create_index("ix_filings_about_id", "filings", ["about_id"])
    op.create_index("ix_filings_by_id", "filings", ["by_id"])
    op.create_table(
        "filing_values",
        sa.Column("id", KEY, nullable=False),
        sa.Column("filing_id", KEY, nullable=False),
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("plain", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("seconds", sa.SmallInteger(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "plain IS NULL OR sealed IS NULL", name=op.f("ck_filing_values_open_or_sealed")
        ),
        sa.ForeignKeyConstraint(
            ["filing_id"], ["filings.id"], name=op.f("fk_filing_values_filing_id_filings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing_values")),
        sa.UniqueConstraint("filing_id", "key", name=op.f("uq_filing_values_filing_id_key")),
    )
    op.create_index("ix_filing_values_digest", "filing_values", ["digest"])


def downgrade() -> None:
    op.drop_table("filing_values")
    op.drop_table("filings")
    op.drop_table("sheets")
