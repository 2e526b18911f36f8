"""Rounds, walks, and what was said of each point."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0032"
down_revision = "0031"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "inspection_rounds",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("checklist", sa.String(length=30), nullable=False),
        sa.Column("body", sa.String(length=16), nullable=False),
        sa.Column("made_by", KEY, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("routine_id", KEY, nullable=True),
        _to("inspection_rounds", "place_id", "places"),
        _to("inspection_rounds", "made_by", "people"),
        _to("inspection_rounds", "routine_id", "routines"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_rounds")),
        sa.UniqueConstraint("token", name=op.f("uq_inspection_rounds_token")),
    )
    op.create_index("ix_inspection_rounds_place", "inspection_rounds", ["place_id", "state"])
    op.create_index("ix_inspection_rounds_made_by", "inspection_rounds", ["made_by"])
    op.create_table(
        "inspections",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("round_id", KEY, nullable=True),
        sa.Column("occasion_id", KEY, nullable=True),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=16), nullable=False),
        sa.Column("sheet_id", KEY, nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(state = 'done') = (finished_at IS NOT NULL)", name=op.f("ck_inspections_finished")
        ),
        _to("inspections", "place_id", "places"),
        _to("inspections", "round_id", "inspection_rounds"),
        _to("inspections", "occasion_id", "occasions"),
        _to("inspections", "sheet_id", "sheets"),
        _to("inspections", "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
        sa.UniqueConstraint("token", name=op.f("uq_inspections_token")),
        sa.UniqueConstraint("occasion_id", name=op.f("uq_inspections_occasion_id")),
    )
    op.create_index("ix_inspections_place", "inspections", ["place_id", "state"])
    op.create_index("ix_inspections_round", "inspections", ["round_id", "begun_at"])
    op.create_index("ix_inspections_by", "inspections", ["by_id"])
    op.create_table(
        "inspection_points",
        sa.Column("id", KEY, nullable=False),
        sa.Column("inspection_id", KEY, nullable=False),
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("mark", sa.String(length=12), nullable=False),
        sa.Column("hazard_id", KEY, nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.CheckConstraint(
            "hazard_id IS NULL OR mark = 'bad'", name=op.f("ck_inspection_points_hazard")
        ),
        _to("inspection_points", "inspection_id", "inspections"),
        _to("inspection_points", "hazard_id", "hazards"),
        _to("inspection_points", "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_points")),
        sa.UniqueConstraint(
            "inspection_id", "key", name=op.f("uq_inspection_points_inspection_id_key")
        ),
    )
    op.create_index("ix_inspection_points_by", "inspection_points", ["by_id"])
    op.create_index("ix_inspection_points_hazard", "inspection_points", ["hazard_id"])


def downgrade() -> None:
    for table in ("inspection_points", "inspections", "inspection_rounds"):
        op.drop_table(table)
