"""Care: visits for festivals, ledgers with a second person."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0016"
down_revision = "0015"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "care_festivals",
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("festival", sa.String(length=16), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("set_by", KEY, nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_care_festivals_place_id_places")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["people.id"], name=op.f("fk_care_festivals_set_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_festivals")),
    )
    op.create_index(
        "ix_care_festivals_place", "care_festivals", ["place_id", "state"], unique=False
    )
    op.create_table(
        "care_ledgers",
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("asked_by", KEY, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> asked_by", name=op.f("ck_care_ledgers_second")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["people.id"], name=op.f("fk_care_ledgers_asked_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("fk_care_ledgers_decided_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_care_ledgers_place_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_ledgers")),
    )
    op.create_index(op.f("ix_care_ledgers_asked_by"), "care_ledgers", ["asked_by"], unique=False)
    op.create_index("ix_care_ledgers_place", "care_ledgers", ["place_id", "state"], unique=False)
    op.create_table(
        "care_gifts",
        sa.Column("festival_id", KEY, nullable=False),
        sa.Column("festival", sa.String(length=16), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("home_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("taken_at", INSTANT, nullable=True),
        sa.Column("given_at", INSTANT, nullable=True),
        sa.Column("said_at", INSTANT, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('taken', 'given', 'received', 'not') OR person_id IS NOT NULL",
            name=op.f("ck_care_gifts_taken"),
        ),
        sa.ForeignKeyConstraint(
            ["festival_id"],
            ["care_festivals.id"],
            name=op.f("fk_care_gifts_festival_id_care_festivals"),
        ),
        sa.ForeignKeyConstraint(
            ["home_id"], ["care_homes.id"], name=op.f("fk_care_gifts_home_id_care_homes")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_care_gifts_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_gifts")),
        sa.UniqueConstraint(
            "festival", "year", "home_id", name=op.f("uq_care_gifts_festival_year_home_id")
        ),
    )
    op.create_index(op.f("ix_care_gifts_festival_id"), "care_gifts", ["festival_id"], unique=False)
    op.create_index("ix_care_gifts_home", "care_gifts", ["home_id", "state"], unique=False)
    op.create_index(op.f("ix_care_gifts_person_id"), "care_gifts", ["person_id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("care_gifts")
    op.drop_table("care_ledgers")
    op.drop_table("care_festivals")
