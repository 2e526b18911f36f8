"""Call-ups."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0029"
down_revision = "0028"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def _people(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([one], ["people.id"], name=op.f(f"fk_{table}_{one}_people"))
        for one in columns
    ]


def upgrade() -> None:
    op.create_table(
        "callups",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("created_by", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("approved_by", KEY, nullable=True),
        sa.Column("called_at", INSTANT, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("rounds", sa.SmallInteger(), nullable=False),
        sa.Column("enough_at", INSTANT, nullable=True),
        sa.Column("why_off", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> created_by", name=op.f("ck_callups_second")
        ),
        *_people("callups", "created_by", "approved_by"),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_callups_place_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callups")),
        sa.UniqueConstraint("token", name=op.f("uq_callups_token")),
    )
    op.create_index("ix_callups_place", "callups", ["place_id", "state"])
    op.create_table(
        "callup_parts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("callup_id", KEY, nullable=False),
        sa.Column("team_id", KEY, nullable=True),
        sa.Column("site", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("quota", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "quota >= 1 AND ends_at > starts_at", name=op.f("ck_callup_parts_part")
        ),
        sa.ForeignKeyConstraint(
            ["callup_id"], ["callups.id"], name=op.f("fk_callup_parts_callup_id_callups")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("fk_callup_parts_team_id_teams")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callup_parts")),
    )
    op.create_index("ix_callup_parts_callup", "callup_parts", ["callup_id", "day"])
    op.create_index(op.f("ix_callup_parts_team_id"), "callup_parts", ["team_id"])
    op.create_table(
        "callup_asks",
        sa.Column("id", KEY, nullable=False),
        sa.Column("callup_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("times", sa.SmallInteger(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("stood_by", sa.Boolean(), nullable=False),
        *_people("callup_asks", "person_id"),
        sa.ForeignKeyConstraint(
            ["callup_id"], ["callups.id"], name=op.f("fk_callup_asks_callup_id_callups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callup_asks")),
        sa.UniqueConstraint("callup_id", "person_id", name=op.f("uq_callup_asks_callup_id_person_id")),
    )
    op.create_index(op.f("ix_callup_asks_person_id"), "callup_asks", ["person_id"])
    op.create_table(
        "callup_arrivals",
        sa.Column("id", KEY, nullable=False),
        sa.Column("part_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("arrived_at", INSTANT, nullable=False),
        sa.Column("left_at", INSTANT, nullable=True),
        sa.Column("minutes", sa.SmallInteger(), nullable=True),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("confirmed_by", KEY, nullable=True),
        sa.CheckConstraint(
            "left_at IS NULL OR left_at >= arrived_at", name=op.f("ck_callup_arrivals_left")
        ),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> person_id",
            name=op.f("ck_callup_arrivals_word"),
        ),
        *_people("callup_arrivals", "person_id", "confirmed_by"),
        sa.ForeignKeyConstraint(
            ["part_id"], ["callup_parts.id"], name=op.f("fk_callup_arrivals_part_id_callup_parts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callup_arrivals")),
        sa.UniqueConstraint("part_id", "person_id", name=op.f("uq_callup_arrivals_part_id_person_id")),
    )
    op.create_index(op.f("ix_callup_arrivals_person_id"), "callup_arrivals", ["person_id"])
    op.create_table(
        "grown_ups",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("said_at", INSTANT, nullable=False),
        *_people("grown_ups", "person_id"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_grown_ups")),
    )


def downgrade() -> None:
    for table in ("grown_ups", "callup_arrivals", "callup_asks", "callup_parts", "callups"):
        op.drop_table(table)
