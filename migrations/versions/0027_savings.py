"""Savings: accounts, a ledger that nobody can change, and time of which the other side has to speak."""

import sqlalchemy as sa
from alembic import op

from models.base import Instant
from models.savings.triggers import POSTGRESQL, POSTGRESQL_OFF, SQLITE

revision = "0027"
down_revision = "0026"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = Instant(timezone=True)


def _keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
        )
        for column, target in columns.items()
    ]


def upgrade() -> None:
    op.create_table(
        "savings_accounts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("place_id", KEY, nullable=True),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_savings_accounts_balance")),
        sa.CheckConstraint(
            "balance = 0 OR kind = 'person'", name=op.f("ck_savings_accounts_kept")
        ),
        sa.CheckConstraint(
            "(kind = 'person') = (person_id IS NOT NULL)", name=op.f("ck_savings_accounts_person")
        ),
        sa.CheckConstraint(
            "(kind = 'pool') = (place_id IS NOT NULL)", name=op.f("ck_savings_accounts_pool")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_savings_accounts_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_savings_accounts_place_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_accounts")),
        sa.UniqueConstraint("person_id", name=op.f("uq_savings_accounts_person_id")),
        sa.UniqueConstraint("place_id", name=op.f("uq_savings_accounts_place_id")),
    )
    of_all = sa.text("kind IN ('issued', 'void')")
    op.create_index(
        "uq_savings_accounts_kind",
        "savings_accounts",
        ["kind"],
        unique=True,
        sqlite_where=of_all,
        postgresql_where=of_all,
    )
    op.create_table(
        "savings_moves",
        sa.Column("id", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("from_id", KEY, nullable=False),
        sa.Column("to_id", KEY, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("cause_kind", sa.String(length=12), nullable=False),
        sa.Column("cause_id", KEY, nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("confirmer", sa.String(length=12), nullable=True),
        sa.Column("giver_id", KEY, nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("community_id", KEY, nullable=True),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_savings_moves_minutes")),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_savings_moves_two")),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["savings_accounts.id"],
            name=op.f("fk_savings_moves_from_id_savings_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["savings_accounts.id"], name=op.f("fk_savings_moves_to_id_savings_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_savings_moves_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["giver_id"], ["people.id"], name=op.f("fk_savings_moves_giver_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["places.id"], name=op.f("fk_savings_moves_community_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_moves")),
        sa.UniqueConstraint(
            "cause_kind",
            "cause_id",
            "part",
            name=op.f("uq_savings_moves_cause_kind_cause_id_part"),
        ),
    )
    op.create_index("ix_savings_moves_from", "savings_moves", ["from_id", "id"])
    op.create_index("ix_savings_moves_to", "savings_moves", ["to_id", "id"])
    op.create_index(op.f("ix_savings_moves_by_id"), "savings_moves", ["by_id"])
    op.create_index(op.f("ix_savings_moves_giver_id"), "savings_moves", ["giver_id"])
    op.create_index(op.f("ix_savings_moves_community_id"), "savings_moves", ["community_id"])
    op.create_table(
        "savings_reasons",
        sa.Column("id", KEY, nullable=False),
        sa.Column("move_id", KEY, nullable=False),
        sa.Column("giver_id", KEY, nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        *_keys("savings_reasons", move_id="savings_moves", giver_id="people", by_id="people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_reasons")),
        sa.UniqueConstraint("move_id", name=op.f("uq_savings_reasons_move_id")),
    )
    op.create_index(op.f("ix_savings_reasons_giver_id"), "savings_reasons", ["giver_id"])
    op.create_index(op.f("ix_savings_reasons_by_id"), "savings_reasons", ["by_id"])
    op.create_table(
        "savings_gifts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("from_id", KEY, nullable=False),
        sa.Column("to_id", KEY, nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("pooled", sa.Integer(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_savings_gifts_minutes")),
        sa.ForeignKeyConstraint(
            ["from_id"], ["people.id"], name=op.f("fk_savings_gifts_from_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["people.id"], name=op.f("fk_savings_gifts_to_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_gifts")),
        sa.UniqueConstraint("token", name=op.f("uq_savings_gifts_token")),
    )
    op.create_index(op.f("ix_savings_gifts_from_id"), "savings_gifts", ["from_id"])
    op.create_index(op.f("ix_savings_gifts_to_id"), "savings_gifts", ["to_id"])
    op.create_table(
        "savings_papers",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("surname", sa.String(length=8), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_savings_papers_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_papers")),
        sa.UniqueConstraint("digest", name=op.f("uq_savings_papers_digest")),
    )
    op.create_index(op.f("ix_savings_papers_person_id"), "savings_papers", ["person_id"])
    op.create_table(
        "savings_claims",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("cause_id", KEY, nullable=False),
        sa.Column("giver_id", KEY, nullable=False),
        sa.Column("served_id", KEY, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place_id", KEY, nullable=False),
        sa.Column("done_at", INSTANT, nullable=False),
        sa.Column("word_by", KEY, nullable=True),
        sa.Column("disputed_at", INSTANT, nullable=True),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_savings_claims_minutes")),
        *_keys(
            "savings_claims",
            giver_id="people",
            served_id="people",
            place_id="places",
            word_by="people",
            decided_by="people",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_claims")),
        sa.UniqueConstraint("kind", "cause_id", name=op.f("uq_savings_claims_kind_cause_id")),
    )
    op.create_index("ix_savings_claims_place", "savings_claims", ["place_id", "state"])
    op.create_index(op.f("ix_savings_claims_giver_id"), "savings_claims", ["giver_id"])
    op.create_index(op.f("ix_savings_claims_served_id"), "savings_claims", ["served_id"])
    op.create_table(
        "savings_months",
        sa.Column("id", KEY, nullable=False),
        sa.Column("community_id", KEY, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("pooled_hours", sa.Integer(), nullable=True),
        *_keys("savings_months", community_id="places"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_months")),
        sa.UniqueConstraint(
            "community_id", "month", name=op.f("uq_savings_months_community_id_month")
        ),
    )
    op.create_table(
        "savings_team_months",
        sa.Column("id", KEY, nullable=False),
        sa.Column("team_id", KEY, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        *_keys("savings_team_months", team_id="teams"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_team_months")),
        sa.UniqueConstraint("team_id", "month", name=op.f("uq_savings_team_months_team_id_month")),
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in POSTGRESQL if postgresql else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("savings_team_months")
    op.drop_table("savings_months")
    op.drop_table("savings_claims")
    op.drop_table("savings_papers")
    op.drop_table("savings_gifts")
    op.drop_table("savings_reasons")
    op.drop_table("savings_moves")
    op.drop_table("savings_accounts")
    if op.get_bind().dialect.name == "postgresql":
        for statement in POSTGRESQL_OFF:
            op.execute(statement)
