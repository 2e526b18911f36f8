"""Short ways to act on hazards as anybody of the street."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from models.database import transaction
from models.hazards.actions.finding import find
from models.hazards.actions.looking import again, still_well
from models.hazards.actions.sorting import enter_answer, hand_on, sort
from models.hazards.rules import Finding, HazardKind, HazardLevel
from models.hazards.tables import HazardRow, RecheckRow
from models.hazards.views import HazardFound
from models.media import Media, MediaKind
from tests.help.street import Street
from tests.orders.acts import orders, signed

ACTS: dict[str, Any] = {
    "well": still_well,
    "again": again,
    "answer": enter_answer,
    "sort": sort,
    "hand_on": hand_on,
}


def door(street: Street, token: str = "t") -> Finding:
    """Return a fire door that is blocked, to be put right within the week."""
    return Finding(
        token,
        street.places["b1"].id,
        "二层防火门",
        HazardKind.FIRE_EXIT,
        HazardLevel.BY_DATE,
        due_on=street.now.date() + timedelta(days=7),
        photos=(Media(MediaKind.PHOTO, "photo-1"),),
    )


async def found(
    street: Street, who: str, finding: Finding, at: datetime | None = None
) -> HazardFound:
    """Write down what somebody found."""
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, who)
        return await find(session, actor, finding, now=at or street.now)


async def kept(street: Street, it: HazardFound | int) -> HazardRow:
    """Read a hazard in a session of its own."""
    hazard_id = it if isinstance(it, int) else it.hazard_id
    assert hazard_id is not None
    async with transaction(street.sessions) as session:
        return await session.get_one(HazardRow, hazard_id)


async def hazards(street: Street) -> list[HazardRow]:
    """Read all hazards."""
    async with transaction(street.sessions) as session:
        return list(await session.scalars(select(HazardRow).order_by(HazardRow.id)))


async def looks(street: Street, hazard_id: int) -> list[RecheckRow]:
    """Read the looks at a hazard, the first due first."""
    async with transaction(street.sessions) as session:
        found = await session.scalars(
            select(RecheckRow).where(RecheckRow.hazard_id == hazard_id).order_by(RecheckRow.due_at)
        )
        return list(found)


async def does(
    street: Street, what: str, who: str, hazard_id: int, *more: Any, at: datetime, **named: Any
) -> Any:
    """Act on a hazard as somebody."""
    async with transaction(street.sessions) as session:
        actor = await street.actor(session, who)
        return await ACTS[what](session, actor, hazard_id, *more, now=at, **named)


async def put_right(street: Street, finder: str = "sun") -> HazardRow:
    """Have somebody find a blocked door, zhao clear it and zhou sign it off; give the hazard."""
    hazard = await kept(street, await found(street, finder, door(street)))
    assert hazard.request_id is not None
    assert (await orders(street, hazard.request_id))[-1].person_id == street.people["zhao"]
    await signed(street, hazard.request_id)
    return await kept(street, hazard.id)
