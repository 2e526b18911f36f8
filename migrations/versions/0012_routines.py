"""Routines and their occasions."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0012"
down_revision = "0011"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "routines",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("rhythm", sa.String(length=12), nullable=False),
        sa.Column("every", sa.SmallInteger(), nullable=False),
        sa.Column("on_day", sa.SmallInteger(), nullable=False),
        sa.Column("festival", sa.String(length=16), nullable=False),
        sa.Column("lead", sa.SmallInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("lasts", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "every >= 1 AND lasts >= 1 AND lead >= 0", name=op.f("ck_routines_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routines")),
    )
    op.create_index("ix_routines_subject", "routines", ["subject", "subject_id"])
    op.create_table(
        "routine_people",
        sa.Column("routine_id", KEY, autoincrement=False, nullable=False),
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_routine_people_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["routine_id"], ["routines.id"], name=op.f("fk_routine_people_routine_id_routines")
        ),
        sa.PrimaryKeyConstraint("routine_id", "person_id", name=op.f("pk_routine_people")),
        sa.UniqueConstraint(
            "routine_id", "position", name=op.f("uq_routine_people_routine_id_position")
        ),
    )
    op.create_index(op.f("ix_routine_people_person_id"), "routine_people", ["person_id"])
    op.create_table(
        "occasions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("routine_id", KEY, nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("opens_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("done_by", KEY, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("with_routine", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ends_at >= opens_at", name=op.f("ck_occasions_ends")),
        sa.CheckConstraint(
            "state <> 'taken' OR person_id IS NOT NULL", name=op.f("ck_occasions_taken")
        ),
        sa.CheckConstraint(
            "(state IN ('done', 'covered')) = (done_by IS NOT NULL)",
            name=op.f("ck_occasions_done"),
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["people.id"], name=op.f("fk_occasions_done_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_occasions_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["routine_id"], ["routines.id"], name=op.f("fk_occasions_routine_id_routines")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occasions")),
        sa.UniqueConstraint(
            "routine_id", "opens_on", name=op.f("uq_occasions_routine_id_opens_on")
        ),
    )
    op.create_index(op.f("ix_occasions_done_by"), "occasions", ["done_by"])
    op.create_index("ix_occasions_ends", "occasions", ["subject", "ends_at"])
    op.create_index(op.f("ix_occasions_person_id"), "occasions", ["person_id"])
    op.create_index("ix_occasions_state", "occasions", ["subject", "state", "ends_at"])
    op.create_index(
        "ix_occasions_subject", "occasions", ["subject", "subject_id", "opens_at"]
    )
    op.create_table(
        "occasion_asks",
        sa.Column("occasion_id", KEY, autoincrement=False, nullable=False),
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["occasions.id"], name=op.f("fk_occasion_asks_occasion_id_occasions")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_occasion_asks_person_id_people")
        ),
        sa.PrimaryKeyConstraint("occasion_id", "person_id", name=op.f("pk_occasion_asks")),
    )
    op.create_index(op.f("ix_occasion_asks_person_id"), "occasion_asks", ["person_id"])


def downgrade() -> None:
    op.drop_table("occasion_asks")
    op.drop_table("occasions")
    op.drop_table("routine_people")
    op.drop_table("routines")
