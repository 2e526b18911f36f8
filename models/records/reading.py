"""Reading records: one for whoever may see it, the reader of a notice, a page of a list."""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, func, select

from models.database import Session
from models.people.queries import person_by_id
from models.people.views import Person
from models.records.changing import RecordKind
from models.records.rules import PageOf, Refusal, page_bounds
from models.records.tables import Record

Row = TypeVar("Row", bound=Record)
T = TypeVar("T")


async def seen(
    session: Session, kind: RecordKind[Row], record_id: int, look: Any, actor: Person, now: datetime
) -> Row | Refusal:
    """Return a record to whoever may make the move `look`; a try without a right is logged."""
    row = await session.get(kind.table, record_id, populate_existing=True)
    if row is None:
        return Refusal.MISSING
    return await kind.why_not(session, actor, row, look, now) or row


async def seen_by_id(
    session: Session, kind: RecordKind[Row], record_id: int, look: Any, reader_id: int
) -> Row | None:
    """Return a record to the reader of a notice; None where it is not theirs to see any more."""
    row = await session.get(kind.table, record_id, populate_existing=True)
    reader = await person_by_id(session, reader_id) if row else None
    if row is None or reader is None:
        return None
    relations = await kind.relations(session, reader, row)
    return row if kind.lifecycle.why_not(row.state, look, relations) is None else None


async def page_of(session: Session, found: Select[T], page: int, size: int) -> PageOf[T]:
    """Return one page of what a statement finds, by its own order; a page too far is the last."""
    counted = select(func.count()).select_from(found.order_by(None).subquery())
    count = await session.scalar(counted) or 0
    page, pages = page_bounds(count, page, size)
    rows = await session.scalars(found.limit(size).offset(page * size))
    return PageOf(tuple(rows.all()), page, pages, count)
