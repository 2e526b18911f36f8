"""Reading early items."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from models.audit.actions import deny
from models.database import Session
from models.early.rules import State
from models.early.tables import EarlyRequestRow, EarlyRow
from models.early.views import EarlyItem, Linked
from models.help.rules.outcomes import Refusal
from models.help.rules.states import State as RequestState
from models.help.tables import RequestRow
from models.names.queries import names_for, places_by_id
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow

SUBJECT = "early"
"""What the audit book calls an item."""

LISTED = 20


async def early_list(session: Session, actor: Person) -> list[EarlyItem]:
    """List the items of the actor's places that are not settled, the oldest first."""
    paths = actor.paths_with(Right.SUPERVISE)
    if not paths:
        return []
    found = await session.scalars(
        select(EarlyRow)
        .where(EarlyRow.state != State.SETTLED, _below(paths))
        .order_by(EarlyRow.opened_at, EarlyRow.id)
        .limit(LISTED)
    )
    return await _items(session, found.all())


async def early_count(session: Session, actor: Person) -> int:
    """Count what `early_list` would list without its limit."""
    paths = actor.paths_with(Right.SUPERVISE)
    if not paths:
        return 0
    counted = select(func.count(EarlyRow.id)).where(EarlyRow.state != State.SETTLED, _below(paths))
    return await session.scalar(counted) or 0


async def early_view(
    session: Session, actor: Person, item_id: int, *, now: datetime
) -> EarlyItem | Refusal:
    """Show one item to whoever answers for its place."""
    row = await session.get(EarlyRow, item_id)
    if row is None:
        return Refusal.MISSING
    if not actor.may(Right.SUPERVISE, await path_of(session, row)):
        await deny(
            session, actor.id, SUBJECT, now=now, subject_id=item_id, detail={"tried": "look"}
        )
        return Refusal.NOT_ALLOWED
    return (await _items(session, [row]))[0]


async def early_card(session: Session, reader_id: int, item_id: int) -> EarlyItem | None:
    """Show an item as its reader's card; None where they do not answer for its place any more."""
    row = await session.get(EarlyRow, item_id, populate_existing=True)
    reader = await person_by_id(session, reader_id)
    if row is None or reader is None:
        return None
    if not reader.may(Right.SUPERVISE, await path_of(session, row)):
        return None
    return (await _items(session, [row]))[0]


async def early_told(session: Session, item_id: int) -> EarlyItem | None:
    """Show a settled item to the residents whose requests it rests on; None while it is not."""
    row = await session.get(EarlyRow, item_id)
    if row is None or row.state != State.SETTLED:
        return None
    return (await _items(session, [row]))[0]


async def path_of(session: Session, row: EarlyRow) -> str:
    """Return the path of the place an item is about."""
    return (await session.get_one(PlaceRow, row.place_id)).path


def _below(paths: Sequence[str]) -> ColumnElement[bool]:
    below = or_(*(PlaceRow.path.startswith(path) for path in paths))
    return EarlyRow.place_id.in_(select(PlaceRow.id).where(below))


async def _items(session: Session, rows: Sequence[EarlyRow]) -> list[EarlyItem]:
    linked = await _linked(session, [row.id for row in rows])
    places = await places_by_id(session, {row.place_id for row in rows})
    names = await names_for(session, [by for r in rows for by in (r.taken_by, r.settled_by)])
    return [
        EarlyItem(
            id=row.id,
            where=places[row.place_id],
            category=row.category,
            state=State(row.state),
            opened_at=row.opened_at,
            taken_by=names.person(row.taken_by),
            settled_by=names.person(row.settled_by),
            settled_at=row.settled_at,
            words=row.words,
            requests=tuple(linked.get(row.id, ())),
        )
        for row in rows
    ]


async def _linked(session: Session, item_ids: Sequence[int]) -> dict[int, list[Linked]]:
    found = await session.execute(
        select(EarlyRequestRow.item_id, RequestRow)
        .join(RequestRow, RequestRow.id == EarlyRequestRow.request_id)
        .where(EarlyRequestRow.item_id.in_(item_ids))
        .order_by(RequestRow.id)
    )
    linked: dict[int, list[Linked]] = {}
    for item_id, request in found.all():
        one = Linked(request.id, request.number, RequestState(request.state), request.created_at)
        linked.setdefault(item_id, []).append(one)
    return linked
