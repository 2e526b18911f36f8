"""Calls to move a car."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0033"
down_revision = "0032"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def _names(table: str, of: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([one], [f"{of}.id"], name=op.f(f"fk_{table}_{one}_{of}"))
        for one in columns
    ]


def upgrade() -> None:
    op.create_table(
        "car_calls",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("sender_id", KEY, nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("plate", sa.LargeBinary(), nullable=True),
        sa.Column("spot", sa.String(length=60), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("answered_by", KEY, nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(answered_by IS NULL) = (answered_at IS NULL)", name=op.f("ck_car_calls_answered")
        ),
        *_names("car_calls", "people", "sender_id", "answered_by"),
        *_names("car_calls", "places", "place_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_car_calls")),
        sa.UniqueConstraint("token", name=op.f("uq_car_calls_token")),
    )
    op.create_index("ix_car_calls_sender", "car_calls", ["sender_id", "day"])
    for column in ("place_id", "answered_by"):
        op.create_index(op.f(f"ix_car_calls_{column}"), "car_calls", [column])
    op.create_table(
        "car_asked",
        sa.Column("call_id", KEY, autoincrement=False, nullable=False),
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("disowned", sa.Boolean(), nullable=False),
        *_names("car_asked", "car_calls", "call_id"),
        *_names("car_asked", "people", "person_id"),
        sa.PrimaryKeyConstraint("call_id", "person_id", name=op.f("pk_car_asked")),
    )
    op.create_index(op.f("ix_car_asked_person_id"), "car_asked", ["person_id"])
    op.create_table(
        "car_mutes",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("muted_at", INSTANT, nullable=False),
        *_names("car_mutes", "people", "person_id"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_car_mutes")),
    )


def downgrade() -> None:
    for table in ("car_mutes", "car_asked", "car_calls"):
        op.drop_table(table)
