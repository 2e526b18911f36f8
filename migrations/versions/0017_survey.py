"""Care: the yearly survey of needs."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0017"
down_revision = "0016"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "care_surveys",
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("begun_by", KEY, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["people.id"], name=op.f("fk_care_surveys_begun_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_care_surveys_place_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_surveys")),
    )
    op.create_index("ix_care_surveys_place", "care_surveys", ["place_id", "state"], unique=False)
    op.create_table(
        "care_askings",
        sa.Column("survey_id", KEY, nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("asked_by", KEY, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("agreed_at", INSTANT, nullable=True),
        sa.Column("declined_at", INSTANT, nullable=True),
        sa.Column("word_by", KEY, nullable=True),
        sa.Column("filing_id", KEY, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('agreed', 'filled', 'wrong', 'confirmed') OR agreed_at IS NOT NULL",
            name=op.f("ck_care_askings_agreed"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["people.id"], name=op.f("fk_care_askings_asked_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["filing_id"], ["filings.id"], name=op.f("fk_care_askings_filing_id_filings")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_care_askings_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["care_surveys.id"], name=op.f("fk_care_askings_survey_id_care_surveys")
        ),
        sa.ForeignKeyConstraint(
            ["word_by"], ["people.id"], name=op.f("fk_care_askings_word_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_askings")),
        sa.UniqueConstraint("person_id", "year", name=op.f("uq_care_askings_person_id_year")),
    )
    op.create_index("ix_care_askings_survey", "care_askings", ["survey_id", "state"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("care_askings")
    op.drop_table("care_surveys")
