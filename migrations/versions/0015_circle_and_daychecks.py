"""Circles, day checks, and from when on a sign of somebody's is looked for."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0015"
down_revision = "0014"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)
STANDING = sa.text("state IN ('asked', 'agreed')")


def upgrade() -> None:
    op.add_column("people", sa.Column("sign_from", INSTANT, nullable=True))
    op.create_table(
        "circle",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("member_id", KEY, nullable=True),
        sa.Column("relation", sa.String(length=12), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("has_key", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("agreed_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["people.id"], name=op.f("fk_circle_member_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_circle_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle")),
    )
    op.create_index(op.f("ix_circle_member_id"), "circle", ["member_id"])
    op.create_index(op.f("ix_circle_person_id"), "circle", ["person_id"])
    for name, column in (("uq_circle_member", "member_id"), ("uq_circle_position", "position")):
        op.create_index(
            name,
            "circle",
            ["person_id", column],
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        )
    op.create_table(
        "day_checks",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("hour", sa.SmallInteger(), nullable=False),
        sa.Column("second_hour", sa.SmallInteger(), nullable=True),
        sa.Column("may_send_neighbours", sa.Boolean(), nullable=False),
        sa.Column("leader_too", sa.Boolean(), nullable=False),
        sa.Column("rest_until", sa.Date(), nullable=True),
        sa.Column("agreed_at", INSTANT, nullable=False),
        sa.CheckConstraint("hour BETWEEN 5 AND 21", name=op.f("ck_day_checks_hour")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_day_checks_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_checks")),
        sa.UniqueConstraint("person_id", name=op.f("uq_day_checks_person_id")),
    )
    op.create_table(
        "day_check_days",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("part", sa.SmallInteger(), nullable=False),
        sa.Column("rung", sa.SmallInteger(), nullable=False),
        sa.Column("asked", sa.SmallInteger(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("climb_at", INSTANT, nullable=True),
        sa.Column("going_by", KEY, nullable=True),
        sa.Column("going_at", INSTANT, nullable=True),
        sa.Column("found_by", KEY, nullable=True),
        sa.Column("how", sa.String(length=8), nullable=True),
        sa.Column("request_id", KEY, nullable=True),
        sa.Column("to_listen", sa.Boolean(), nullable=False),
        sa.Column("voice", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["found_by"], ["people.id"], name=op.f("fk_day_check_days_found_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["going_by"], ["people.id"], name=op.f("fk_day_check_days_going_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_day_check_days_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["help_requests.id"],
            name=op.f("fk_day_check_days_request_id_help_requests"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_check_days")),
        sa.UniqueConstraint(
            "person_id", "day", "part", name=op.f("uq_day_check_days_person_id_day_part")
        ),
    )
    op.create_index("ix_day_check_days_state", "day_check_days", ["state", "day"])
    op.create_table(
        "day_check_told",
        sa.Column("id", KEY, nullable=False),
        sa.Column("day_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("circle_id", KEY, nullable=True),
        sa.Column("rung", sa.SmallInteger(), nullable=False),
        sa.Column("said", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circle.id"], name=op.f("fk_day_check_told_circle_id_circle")
        ),
        sa.ForeignKeyConstraint(
            ["day_id"],
            ["day_check_days.id"],
            name=op.f("fk_day_check_told_day_id_day_check_days"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_day_check_told_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_check_told")),
    )
    op.create_index(op.f("ix_day_check_told_day_id"), "day_check_told", ["day_id"])
    op.create_table(
        "day_check_counts",
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_day_check_counts_place_id_places")
        ),
        sa.PrimaryKeyConstraint("place_id", "month", "state", name=op.f("pk_day_check_counts")),
    )


def downgrade() -> None:
    for table in ("day_check_counts", "day_check_told", "day_check_days", "day_checks", "circle"):
        op.drop_table(table)
    op.drop_column("people", "sign_from")
