"""Holding somebody, so that what they promise at two places is decided one after the other."""

from models.database import Session
from models.people.tables import PersonRow


async def hold_person(session: Session, person_id: int) -> None:
    """Hold somebody until the transaction ends, before any shift: of two claims of theirs at once
    the second sees the first."""
    await session.get(PersonRow, person_id, with_for_update={"key_share": True})
