"""Care: homes, pairs, call-ons, needs, what is told in confidence."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0013"
down_revision = "0012"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "care_homes",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("keeper_id", KEY, nullable=True),
        sa.Column("routine_id", KEY, nullable=True),
        sa.Column("rhythm", sa.String(length=12), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=True),
        sa.Column("wishes", sa.LargeBinary(), nullable=True),
        sa.Column("consent", sa.String(length=8), nullable=True),
        sa.Column("paper_seen_by", KEY, nullable=True),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("agreed_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("review_at", INSTANT, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('agreed', 'paused') OR agreed_at IS NOT NULL",
            name=op.f("ck_care_homes_agreed"),
        ),
        sa.ForeignKeyConstraint(
            ["keeper_id"], ["people.id"], name=op.f("fk_care_homes_keeper_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["paper_seen_by"], ["people.id"], name=op.f("fk_care_homes_paper_seen_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_care_homes_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_care_homes_place_id_places")
        ),
        sa.ForeignKeyConstraint(
            ["routine_id"], ["routines.id"], name=op.f("fk_care_homes_routine_id_routines")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_homes")),
    )
    op.create_index(op.f("ix_care_homes_person_id"), "care_homes", ["person_id"], unique=False)
    op.create_index("ix_care_homes_place", "care_homes", ["place_id", "state"], unique=False)
    op.create_index(
        "uq_care_homes_standing",
        "care_homes",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('proposed', 'agreed', 'paused')"),
        postgresql_where=sa.text("state IN ('proposed', 'agreed', 'paused')"),
    )
    op.create_table(
        "care_call_ons",
        sa.Column("id", KEY, nullable=False),
        sa.Column("occasion_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=True),
        sa.Column("found", sa.String(length=12), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("voice", sa.LargeBinary(), nullable=True),
        sa.Column("reported_at", INSTANT, nullable=True),
        sa.Column("said_by_home", sa.String(length=8), nullable=True),
        sa.Column("said_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["occasions.id"], name=op.f("fk_care_call_ons_occasion_id_occasions")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_care_call_ons_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_call_ons")),
        sa.UniqueConstraint(
            "occasion_id", "person_id", name=op.f("uq_care_call_ons_occasion_id_person_id")
        ),
    )
    op.create_index("ix_care_call_ons_person", "care_call_ons", ["person_id"], unique=False)
    op.create_table(
        "care_concerns",
        sa.Column("home_id", KEY, nullable=False),
        sa.Column("about_id", KEY, nullable=True),
        sa.Column("occasion_id", KEY, nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("above", sa.Boolean(), nullable=False),
        sa.Column("settled_by", KEY, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_id"], ["people.id"], name=op.f("fk_care_concerns_about_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["home_id"], ["care_homes.id"], name=op.f("fk_care_concerns_home_id_care_homes")
        ),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["occasions.id"], name=op.f("fk_care_concerns_occasion_id_occasions")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["people.id"], name=op.f("fk_care_concerns_settled_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_concerns")),
    )
    op.create_index("ix_care_concerns_home", "care_concerns", ["home_id", "state"], unique=False)
    op.create_table(
        "care_needs",
        sa.Column("home_id", KEY, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("voice", sa.LargeBinary(), nullable=True),
        sa.Column("noted_by", KEY, nullable=True),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("request_id", KEY, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["home_id"], ["care_homes.id"], name=op.f("fk_care_needs_home_id_care_homes")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["people.id"], name=op.f("fk_care_needs_noted_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["help_requests.id"],
            name=op.f("fk_care_needs_request_id_help_requests"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_needs")),
    )
    op.create_index("ix_care_needs_home", "care_needs", ["home_id", "state"], unique=False)
    op.create_table(
        "care_pairs",
        sa.Column("home_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("proposed_by", KEY, nullable=True),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("by_home_at", INSTANT, nullable=True),
        sa.Column("by_visitor_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('agreed', 'resting')"
            " OR (by_home_at IS NOT NULL AND by_visitor_at IS NOT NULL)",
            name=op.f("ck_care_pairs_agreed"),
        ),
        sa.ForeignKeyConstraint(
            ["home_id"], ["care_homes.id"], name=op.f("fk_care_pairs_home_id_care_homes")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_care_pairs_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["people.id"], name=op.f("fk_care_pairs_proposed_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_pairs")),
    )
    op.create_index("ix_care_pairs_person", "care_pairs", ["person_id", "state"], unique=False)
    op.create_index(
        "uq_care_pairs_standing",
        "care_pairs",
        ["home_id", "person_id", "part"],
        unique=True,
        sqlite_where=sa.text("state IN ('proposed', 'asked', 'agreed', 'resting')"),
        postgresql_where=sa.text("state IN ('proposed', 'asked', 'agreed', 'resting')"),
    )
    op.create_table(
        "care_rings",
        sa.Column("occasion_id", KEY, nullable=False),
        sa.Column("request_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["occasions.id"], name=op.f("fk_care_rings_occasion_id_occasions")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["help_requests.id"],
            name=op.f("fk_care_rings_request_id_help_requests"),
        ),
        sa.PrimaryKeyConstraint("occasion_id", name=op.f("pk_care_rings")),
        sa.UniqueConstraint("request_id", name=op.f("uq_care_rings_request_id")),
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("care_rings")
    op.drop_table("care_pairs")
    op.drop_table("care_needs")
    op.drop_table("care_concerns")
    op.drop_table("care_call_ons")
    op.drop_table("care_homes")
