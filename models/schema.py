"""Every table in one place, for migrations and for fresh test databases."""

from importlib import import_module
from pathlib import Path

from sqlalchemy import MetaData

from models.base import Base


def metadata() -> MetaData:
    """Return the metadata with the tables of every subject in it."""
    here = Path(__file__).parent
    for tables in sorted(here.glob("*/tables.py")):
        import_module(f"models.{tables.parent.name}.tables")
    return Base.metadata
