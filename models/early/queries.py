"""Reading early items."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, false, func, or_, select

from models.database import Session
from models.early.rules import LIFECYCLE, Move, Notice, Relation, State
from models.early.tables import EarlyRequestRow, EarlyRow
from models.early.views import EarlyItem, Linked
from models.help.rules.states import State as RequestState
from models.help.tables import RequestRow
from models.names.queries import names_for, places_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.records.changing import RecordKind
from models.records.reading import page_of, seen, seen_by_id
from models.records.rules import PageOf, Refusal

A_PAGE = 8
"""Items on a page: with their buttons they fill a phone's screen once."""


async def relations(session: Session, who: Person, row: EarlyRow) -> frozenset[Relation]:
    """Return what somebody is to an item."""
    path = (await session.get_one(PlaceRow, row.place_id)).path
    return frozenset({Relation.SUPERVISOR} if who.may(Right.SUPERVISE, path) else ())


EARLY = RecordKind("early", EarlyRow, LIFECYCLE, relations, cards=(Notice.OPENED,))


async def early_page(session: Session, actor: Person, page: int = 0) -> PageOf[EarlyItem]:
    """Return a page of the items of the actor's places that are not settled, the oldest first."""
    found = await page_of(session, _theirs(actor), page, A_PAGE)
    return found.of(await _items(session, found.lines))


async def early_count(session: Session, actor: Person) -> int:
    """Count the items of the actor's places that are not settled."""
    found = select(func.count()).select_from(_theirs(actor).order_by(None).subquery())
    return await session.scalar(found) or 0


async def early_view(
    session: Session, actor: Person, item_id: int, *, now: datetime
) -> EarlyItem | Refusal:
    """Return one item to whoever answers for its place."""
    row = await seen(session, EARLY, item_id, Move.LOOK, actor, now)
    return row if isinstance(row, Refusal) else (await _items(session, [row]))[0]


async def early_card(
    session: Session, reader_id: int, item_id: int, _now: datetime
) -> EarlyItem | None:
    """Return an item for its reader's card; None where its place is not theirs any more."""
    row = await seen_by_id(session, EARLY, item_id, Move.LOOK, reader_id)
    return (await _items(session, [row]))[0] if row else None


async def early_told(
    session: Session, _reader_id: int, item_id: int, _now: datetime
) -> EarlyItem | None:
    """Return a settled item for the residents whose requests it rests on; None while it is not."""
    row = await session.get(EarlyRow, item_id)
    return (await _items(session, [row]))[0] if row and row.state == State.SETTLED else None


def _theirs(actor: Person) -> Select[EarlyRow]:
    below = or_(false(), *(PlaceRow.path.startswith(p) for p in actor.paths_with(Right.SUPERVISE)))
    at = EarlyRow.place_id.in_(select(PlaceRow.id).where(below))
    open_ = select(EarlyRow).where(EarlyRow.state != State.SETTLED, at)
    return open_.order_by(EarlyRow.opened_at, EarlyRow.id)


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
            findings=row.findings,
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
