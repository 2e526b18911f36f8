"""From the leases on a migration only adds: older processes run on beside it."""

import re
from pathlib import Path

import pytest

VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"
HELD_FROM = "0005"
NARROWING = re.compile(r"\b(drop_\w+|rename_table|alter_column|create_\w+_constraint)\(")


def upgrades() -> dict[str, str]:
    """Give what each migration does on the way up, by name."""
    return {
        path.stem: path.read_text(encoding="utf-8").partition("def downgrade")[0]
        for path in sorted(VERSIONS.glob("*.py"))
        if path.stem >= HELD_FROM
    }


def complaints(upgrade: str) -> list[str]:
    """Name what an older process would stumble over."""
    columns = [part.partition("\n")[0] for part in upgrade.split("add_column(")[1:]]
    wanted = [one for one in columns if "nullable=True" not in one and "server_default" not in one]
    tables = set(re.findall(r"create_table\(\s*['\"](\w+)", upgrade))
    indexed = set(re.findall(r"batch_alter_table\(\s*['\"](\w+)", upgrade))
    return NARROWING.findall(upgrade) + wanted + sorted(indexed - tables)


@pytest.mark.parametrize("name", upgrades())
def test_a_migration_only_adds(name: str) -> None:
    assert complaints(upgrades()[name]) == []


@pytest.mark.parametrize(
    "step",
    [
        "op.drop_column('people', 'name')",
        "op.alter_column('people', 'name', nullable=False)",
        "op.add_column('people', sa.Column('x', sa.Integer(), nullable=False))",
        "op.rename_table('people', 'folk')",
    ],
)
def test_what_narrows_is_found(step: str) -> None:
    assert complaints(step)
