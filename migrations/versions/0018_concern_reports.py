"""Care: what was done about money that was asked for, and whether it was well afterwards."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0018"
down_revision = "0017"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def upgrade() -> None:
    # Spelled out: SQLite adds a reference with its column, and in no other way beside old processes.
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE care_concerns ADD COLUMN told_by {number}"
        " CONSTRAINT fk_care_concerns_told_by_people REFERENCES people (id)"
    )
    op.create_table(
        "care_reports",
        sa.Column("id", KEY, nullable=False),
        sa.Column("concern_id", KEY, nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("report", sa.LargeBinary(), nullable=True),
        sa.Column("voice", sa.LargeBinary(), nullable=True),
        sa.Column("sent_back", sa.LargeBinary(), nullable=True),
        sa.Column("sent_back_by", KEY, nullable=True),
        sa.Column("sent_back_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "sent_back_by IS NULL OR sent_back_by <> by_id", name=op.f("ck_care_reports_second")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_care_reports_by_id_people")),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["care_concerns.id"], name=op.f("fk_care_reports_concern_id_care_concerns")
        ),
        sa.ForeignKeyConstraint(
            ["sent_back_by"], ["people.id"], name=op.f("fk_care_reports_sent_back_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_reports")),
    )
    op.create_index("ix_care_reports_concern", "care_reports", ["concern_id"], unique=False)
    op.create_table(
        "care_follow_ups",
        sa.Column("concern_id", KEY, nullable=False),
        sa.Column("home_id", KEY, nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("answered_by", KEY, nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("voice", sa.LargeBinary(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("fk_care_follow_ups_answered_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["concern_id"],
            ["care_concerns.id"],
            name=op.f("fk_care_follow_ups_concern_id_care_concerns"),
        ),
        sa.ForeignKeyConstraint(
            ["home_id"], ["care_homes.id"], name=op.f("fk_care_follow_ups_home_id_care_homes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_follow_ups")),
    )
    op.create_index(
        "ix_care_follow_ups_concern", "care_follow_ups", ["concern_id", "state"], unique=False
    )
    op.create_index(
        op.f("ix_care_follow_ups_home_id"), "care_follow_ups", ["home_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("care_follow_ups")
    op.drop_table("care_reports")
    op.drop_column("care_concerns", "told_by")
