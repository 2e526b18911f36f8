"""Seats of records, and marks."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "seat_lists",
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column(
            "subject_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("beyond", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("walked_in", sa.Integer(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats IS NULL OR seats >= 1", name=op.f("ck_seat_lists_seats")),
        sa.CheckConstraint(
            "taken >= 0 AND beyond >= 0 AND (seats IS NULL OR taken <= seats + beyond)",
            name=op.f("ck_seat_lists_taken"),
        ),
        sa.CheckConstraint("walked_in >= 0 AND walked_in <= came", name=op.f("ck_seat_lists_came")),
        sa.PrimaryKeyConstraint("subject", "subject_id", name=op.f("pk_seat_lists")),
    )
    op.create_table(
        "kept_marks",
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column(
            "subject_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("aspect", sa.String(length=24), nullable=False),
        sa.Column("mark", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "subject", "subject_id", "aspect", "mark", name=op.f("pk_kept_marks")
        ),
    )
    op.create_table(
        "marks",
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column(
            "subject_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("aspect", sa.String(length=24), nullable=False),
        sa.Column(
            "rater_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("mark", sa.SmallInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("mark >= 1", name=op.f("ck_marks_mark")),
        sa.ForeignKeyConstraint(["rater_id"], ["people.id"], name=op.f("fk_marks_rater_id_people")),
        sa.PrimaryKeyConstraint(
            "subject", "subject_id", "aspect", "rater_id", name=op.f("pk_marks")
        ),
    )
    with op.batch_alter_table("marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marks_rater_id"), ["rater_id"], unique=False)

    op.create_table(
        "seats",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column(
            "subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("signed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("size", sa.SmallInteger(), nullable=False),
        sa.Column("children", sa.SmallInteger(), nullable=False),
        sa.Column("ages", sa.String(length=16), nullable=False),
        sa.Column("brought_by", sa.String(length=60), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("taken_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("ask_until", models.base.Instant(timezone=True), nullable=True),
        sa.Column("sure_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("came_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("came_from", sa.String(length=12), nullable=True),
        sa.Column("ticked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "size >= 1 AND children >= 0 AND children <= size AND (children < size OR brought_by <> '')",
            name=op.f("ck_seats_party"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_seats_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["people.id"], name=op.f("fk_seats_signed_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["ticked_by"], ["people.id"], name=op.f("fk_seats_ticked_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
    )
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.create_index("ix_seats_list", ["subject", "subject_id", "line"], unique=False)
        batch_op.create_index("ix_seats_person", ["person_id", "subject", "state"], unique=False)
        batch_op.create_index("ix_seats_signed_by", ["signed_by"], unique=False)
        batch_op.create_index(
            "uq_seats_open",
            ["subject", "subject_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'asked', 'held', 'came')"),
            postgresql_where=sa.text("state IN ('waiting', 'asked', 'held', 'came')"),
        )


def downgrade() -> None:
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_seats_open",
            sqlite_where=sa.text("state IN ('waiting', 'asked', 'held', 'came')"),
            postgresql_where=sa.text("state IN ('waiting', 'asked', 'held', 'came')"),
        )
        batch_op.drop_index("ix_seats_signed_by")
        batch_op.drop_index("ix_seats_person")
        batch_op.drop_index("ix_seats_list")

    op.drop_table("seats")
    with op.batch_alter_table("marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_marks_rater_id"))

    op.drop_table("marks")
    op.drop_table("kept_marks")
    op.drop_table("seat_lists")
