"""What follows for a hazard from its request and its order; a resident's report."""

from datetime import datetime

from sqlalchemy import delete, select

from models.categories import HAZARD
from models.database import Session, insert_once
from models.hazards.actions.patterns import look_for_hazard_pattern
from models.hazards.notices import Reminder
from models.hazards.records import HAZARDS, HazardChange, of_request
from models.hazards.rules import (
    LOOKS_ON_SPOT,
    SOON_BEFORE,
    HazardKind,
    HazardLevel,
    HazardState,
    looks_at,
)
from models.hazards.tables import HazardRow, RecheckRow
from models.help.rules.closing import Cause
from models.help.rules.limits import Channel
from models.help.tables import RequestRow
from models.orders.actions.orders import open_order
from models.orders.queries.orders import standing_order
from models.orders.rules import OrderPolicy
from models.orders.rules import State as OrderState
from models.policy.current import policy_of

AFTER = {
    OrderState.OPEN: HazardState.ORDERED,
    OrderState.REPORTED: HazardState.REPORTED,
    OrderState.SIGNED: HazardState.PUT_RIGHT,
}
"""Where a hazard stands after a move of its order."""


async def reported(session: Session, request: RequestRow, *, now: datetime) -> None:
    """Write down beside a request just filed what a resident says is dangerous.

    It has to be put right under an order from birth; the request stays the resident's. Its words
    stay with it: they go when it does.
    """
    if request.category != HAZARD or request.channel == Channel.INSPECTION:
        return
    values = {
        "place_id": request.place_id,
        "token": f"request:{request.id}",
        "spot": "",
        "kind": HazardKind.OTHER,
        "level": HazardLevel.BY_DATE,
        "state": HazardState.FOUND,
        "found_at": now,
        "reporter_id": request.beneficiary_id,
        "request_id": request.id,
    }
    if not await insert_once(session, HazardRow, values):
        return
    await open_order(session, request, Cause.HAZARD, now=now, actor_id=request.requester_id)
    hazard = await of_request(session, request.id)
    assert hazard is not None  # noqa: S101 - put there above
    change = HazardChange(session, HAZARDS, hazard, None, now)
    hazard.state = HazardState.ORDERED
    await watch(change)
    await look_for_hazard_pattern(session, hazard, now=now)


async def follow_order(
    session: Session, request: RequestRow, state: OrderState, now: datetime
) -> None:
    """Keep a hazard where its order is; signed off, it is looked at again."""
    hazard = await of_request(session, request.id)
    if hazard is None:
        return
    change = HazardChange(session, HAZARDS, hazard, None, now)
    hazard.state = AFTER[state]
    if state is OrderState.SIGNED:
        await change.cancel([Reminder.SOON], "signed off")
        await plan_looks(change)
    await change.finish()


async def ordered_again(
    session: Session,
    request: RequestRow,
    cause: Cause,  # noqa: ARG001 - of the hook
    *,
    now: datetime,
    actor_id: int,
) -> None:
    """Put a hazard back under its order, by the word of `actor_id` that it is not well."""
    hazard = await of_request(session, request.id)
    if hazard is not None:
        change = HazardChange(session, HAZARDS, hazard, actor_id, now)
        hazard.state = HazardState.ORDERED
        await forget_looks(change)
        await watch(change)
        await change.finish()


async def watch(change: HazardChange) -> None:
    """Remind whoever has to put a hazard right a day before the date of its order."""
    row = change.row
    order = (
        await standing_order(change.session, row.request_id) if row.request_id is not None else None
    )
    if order is not None and order.due_at - SOON_BEFORE > change.now:
        await change.remind(Reminder.SOON, order.due_at - SOON_BEFORE)


async def plan_looks(change: HazardChange) -> None:
    """Have what was put right looked at again on the days of the policy."""
    session, row = change.session, change.row
    policy = policy_of(session, OrderPolicy)
    on_spot = row.state == HazardState.FIXED
    days = policy.visits[:LOOKS_ON_SPOT] if on_spot else policy.visits
    for number, due_at in looks_at(change.now, days, policy):
        session.add(RecheckRow(hazard_id=row.id, days=number, due_at=due_at))
        await change.remind(Reminder.LOOK_AGAIN, due_at)
    await session.flush()


async def forget_looks(change: HazardChange) -> None:
    """Look no more at what has to be put right anew: those looks are of no use."""
    unsaid = (RecheckRow.hazard_id == change.row.id) & RecheckRow.answer.is_(None)
    await change.session.execute(delete(RecheckRow).where(unsaid))
    await change.cancel([Reminder.LOOK_AGAIN], "to be put right anew")


async def looks_of(session: Session, hazard_id: int) -> list[RecheckRow]:
    """List the looks at a held hazard, the first due first."""
    found = await session.scalars(
        select(RecheckRow)
        .where(RecheckRow.hazard_id == hazard_id)
        .order_by(RecheckRow.due_at)
        .execution_options(populate_existing=True)
    )
    return list(found)
