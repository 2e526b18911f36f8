"""Posts, their shifts, stand-ins, and minutes that were confirmed."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0028"
down_revision = "0027"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)
SOUGHT = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "posts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("created_by", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("lead_id", KEY, nullable=True),
        sa.Column("team_id", KEY, nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("where", sa.String(length=200), nullable=False),
        sa.Column("skills", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("light", sa.Boolean(), nullable=False),
        sa.Column("seats", sa.SmallInteger(), nullable=False),
        sa.Column("weekdays", sa.SmallInteger(), nullable=False),
        sa.Column("weekly_from", sa.SmallInteger(), nullable=False),
        sa.Column("weekly_until", sa.SmallInteger(), nullable=False),
        sa.Column("why_ended", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "weekdays >= 0 AND weekdays < 128"
            " AND (weekdays = 0 OR (weekly_from >= 0 AND weekly_from < weekly_until"
            " AND weekly_until < 1440))",
            name=op.f("ck_posts_weekly"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_posts_created_by_people")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["people.id"], name=op.f("fk_posts_lead_id_people")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_posts_place_id_places")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_posts_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("token", name=op.f("uq_posts_token")),
    )
    op.create_index("ix_posts_place", "posts", ["place_id", "state"])
    op.create_index("ix_posts_lead", "posts", ["lead_id"])
    op.create_index("ix_posts_team", "posts", ["team_id"])
    op.create_table(
        "shifts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("why_off", sa.Text(), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_shifts_ends")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_shifts_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_index("uq_shifts_start", "shifts", ["post_id", "starts_at"], unique=True)
    _create_swaps()
    _create_confirmations()


def _create_swaps() -> None:
    op.create_table(
        "shift_swaps",
        sa.Column("id", KEY, nullable=False),
        sa.Column("shift_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("wide", sa.Boolean(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("taken_by", KEY, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_shift_swaps_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_shift_swaps_shift_id_shifts")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["people.id"], name=op.f("fk_shift_swaps_taken_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_swaps")),
    )
    op.create_index(
        "uq_shift_swaps_sought",
        "shift_swaps",
        ["shift_id", "person_id"],
        unique=True,
        sqlite_where=SOUGHT,
        postgresql_where=SOUGHT,
    )
    op.create_index("ix_shift_swaps_person", "shift_swaps", ["person_id"])
    op.create_index("ix_shift_swaps_taken_by", "shift_swaps", ["taken_by"])


def _create_confirmations() -> None:
    op.create_table(
        "shift_confirmations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("shift_id", KEY, nullable=True),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("confirmed_by", KEY, nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_shift_confirmations_minutes")),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["people.id"], name=op.f("fk_shift_confirmations_confirmed_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_shift_confirmations_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_shift_confirmations_shift_id_shifts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_confirmations")),
    )
    op.create_index(
        "uq_shift_confirmations_person",
        "shift_confirmations",
        ["shift_id", "person_id"],
        unique=True,
    )
    op.create_index("ix_shift_confirmations_person", "shift_confirmations", ["person_id"])
    op.create_index("ix_shift_confirmations_by", "shift_confirmations", ["confirmed_by"])


def downgrade() -> None:
    for table in ("shift_confirmations", "shift_swaps", "shifts", "posts"):
        op.drop_table(table)
