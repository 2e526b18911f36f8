"""Three hazards of a kind in one building: an early item."""

from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.early.actions import open_item, rest_off, rest_on, standing_item
from models.early.rules import EarlyPolicy, opens
from models.hazards.rules import early_code
from models.hazards.tables import HazardRow
from models.places.tables import PlaceRow
from models.policy.current import policy_of


async def look_for_hazard_pattern(session: Session, hazard: HazardRow, *, now: datetime) -> None:
    """Link a hazard just written down to the standing item of its kind and place, or open one.

    What was put right on the spot counts as well. Those of a settled item are left out. Two found
    at once at one place take turns at its row, so none misses the other in the count.
    """
    await _take_turns(session, hazard)
    code = early_code(hazard.kind)
    item_id = await standing_item(session, hazard.place_id, code)
    if item_id is not None:
        hazard.early_id = item_id
        await rest_on(session, item_id, hazard.request_id, now=now)
        return
    policy = policy_of(session, EarlyPolicy)
    found = await session.scalars(
        select(HazardRow).where(
            HazardRow.place_id == hazard.place_id,
            HazardRow.kind == hazard.kind,
            HazardRow.found_at > now - policy.early_window,
            HazardRow.early_id.is_(None),
        )
    )
    alike = list(found)
    if not opens(len(alike), policy):
        return
    requests = [one.request_id for one in alike if one.request_id is not None]
    without = len(alike) - len(requests)
    item_id = await open_item(session, hazard.place_id, code, requests, findings=without, now=now)
    for one in alike:
        one.early_id = item_id


async def look_anew(session: Session, hazard: HazardRow, *, now: datetime) -> None:
    """Take a hazard that was sorted anew out of the item of its old kind, and look for that of the
    new one. What rests on a settled item stays there."""
    await _take_turns(session, hazard)
    before = hazard.early_id
    if before is not None and not await rest_off(session, before, hazard.request_id, now=now):
        return
    hazard.early_id = None
    await session.flush()
    await look_for_hazard_pattern(session, hazard, now=now)


async def _take_turns(session: Session, hazard: HazardRow) -> None:
    held = select(PlaceRow.id).where(PlaceRow.id == hazard.place_id)
    # not its key, to which every row about the place refers: those would wait for one another
    await session.execute(held.with_for_update(key_share=True))
