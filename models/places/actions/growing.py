"""Putting a place into the tree, for whoever has checked the right to."""

import secrets

from sqlalchemy import select

from models.database import Session, insert_once
from models.places.queries import find_place
from models.places.rules import PlaceKind, child_path, sought
from models.places.tables import PlaceRow
from models.places.views import Place

CODE_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not mistaken for one another on a poster."""
CODE_LENGTH = 6

TREE_LOCK = 0x4C4C_0002
"""Held while the tree grows or changes its shape: paths of what stands below must not go stale."""


async def plant(
    session: Session,
    *,
    parent: Place | None,
    kind: PlaceKind,
    name: str,
    name_en: str | None = None,
    code: str | None = None,
) -> Place:
    """Put a place into the tree, or give the one that already has the code. Checks no right."""
    code = (code or await _free_code(session)).lower()
    path = parent.path if parent else "/"
    values = {
        "parent_id": parent.id if parent else None,
        "kind": kind,
        "name": name,
        "name_en": name_en,
        "code": code,
        "path": path,
        "sought": sought(name, name_en, code),
    }
    fresh = await insert_once(session, PlaceRow, values)
    row = (await session.scalars(select(PlaceRow).where(PlaceRow.code == code))).one()
    if fresh:
        row.path = child_path(path, row.id)
        await session.flush()
    place = await find_place(session, row.id)
    assert place is not None  # noqa: S101 - it was read in this transaction
    return place


async def _free_code(session: Session) -> str:
    while True:
        code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
        if not await session.scalar(select(PlaceRow.id).where(PlaceRow.code == code)):
            return code
