"""Hazards."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0031"
down_revision = "0030"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNT = sa.Integer()
INSTANT = models.base.Instant(timezone=True)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def upgrade() -> None:
    op.create_table(
        "hazards",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("spot", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("found_by", KEY, nullable=True),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("reporter_id", KEY, nullable=True),
        sa.Column("inspection_id", KEY, nullable=True),
        sa.Column("request_id", KEY, nullable=True),
        sa.Column("authority", sa.String(length=60), nullable=True),
        sa.Column("authority_number", sa.String(length=40), nullable=True),
        sa.Column("handed_on_at", INSTANT, nullable=True),
        sa.Column("answer", sa.String(length=300), nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("early_id", KEY, nullable=True),
        sa.CheckConstraint(
            "level <> 'beyond' OR authority IS NOT NULL", name=op.f("ck_hazards_authority")
        ),
        _to("hazards", "place_id", "places"),
        _to("hazards", "found_by", "people"),
        _to("hazards", "reporter_id", "people"),
        _to("hazards", "request_id", "help_requests"),
        _to("hazards", "early_id", "early_items"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazards")),
        sa.UniqueConstraint("token", name=op.f("uq_hazards_token")),
    )
    op.create_index("ix_hazards_place", "hazards", ["place_id", "state"])
    op.create_index("ix_hazards_kind", "hazards", ["kind", "found_at"])
    for column in ("found_by", "reporter_id", "inspection_id", "request_id", "early_id"):
        op.create_index(op.f(f"ix_hazards_{column}"), "hazards", [column])
    op.create_table(
        "hazard_photos",
        sa.Column("id", KEY, nullable=False),
        sa.Column("hazard_id", KEY, nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("file_id", sa.String(length=255), nullable=False),
        _to("hazard_photos", "hazard_id", "hazards"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_photos")),
        sa.UniqueConstraint(
            "hazard_id", "position", name=op.f("uq_hazard_photos_hazard_id_position")
        ),
    )
    op.create_table(
        "hazard_rechecks",
        sa.Column("id", KEY, nullable=False),
        sa.Column("hazard_id", KEY, nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=True),
        sa.Column("answered_by", KEY, nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        _to("hazard_rechecks", "hazard_id", "hazards"),
        _to("hazard_rechecks", "answered_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_rechecks")),
        sa.UniqueConstraint(
            "hazard_id", "due_at", name=op.f("uq_hazard_rechecks_hazard_id_due_at")
        ),
    )
    op.create_index(
        op.f("ix_hazard_rechecks_answered_by"), "hazard_rechecks", ["answered_by"]
    )
    op.create_table(
        "accidents",
        sa.Column("id", KEY, nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("entered_by", KEY, nullable=False),
        _to("accidents", "place_id", "places"),
        _to("accidents", "entered_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accidents")),
        sa.UniqueConstraint("place_id", "day", name=op.f("uq_accidents_place_id_day")),
    )
    op.create_index(op.f("ix_accidents_entered_by"), "accidents", ["entered_by"])
    op.add_column("early_items", sa.Column("findings", COUNT, server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("early_items", "findings")
    for table in ("accidents", "hazard_rechecks", "hazard_photos", "hazards"):
        op.drop_table(table)
