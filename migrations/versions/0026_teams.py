"""Teams."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0026"
down_revision = "0025"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = models.base.Instant(timezone=True)


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("created_by", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_teams_created_by_people")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_teams_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("token", name=op.f("uq_teams_token")),
    )
    op.create_index("ix_teams_place", "teams", ["place_id", "state"])
    op.create_table(
        "team_members",
        sa.Column("id", KEY, nullable=False),
        sa.Column("team_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.CheckConstraint("NOT lead OR state = 'in'", name=op.f("ck_team_members_lead")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_team_members_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("fk_team_members_team_id_teams")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_members")),
        sa.UniqueConstraint("team_id", "person_id", name=op.f("uq_team_members_team_id_person_id")),
    )
    op.create_index("ix_team_members_person", "team_members", ["person_id", "state"])
    op.create_table(
        "team_words",
        sa.Column("id", KEY, nullable=False),
        sa.Column("team_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_team_words_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("fk_team_words_team_id_teams")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_words")),
    )
    op.create_index("ix_team_words_team", "team_words", ["team_id", "at"])
    op.create_index(op.f("ix_team_words_person_id"), "team_words", ["person_id"])


def downgrade() -> None:
    op.drop_table("team_words")
    op.drop_table("team_members")
    op.drop_table("teams")
