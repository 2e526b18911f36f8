"""Reading return visits, and who is to be rung: residents silent about what is done, or a visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select

from models.database import Session
from models.help.queries.request import told, whole
from models.help.rules.closing import may_give_up
from models.help.rules.policy import HelpPolicy
from models.help.rules.states import DID_IT, Relation, State
from models.help.tables import ClaimRow, RequestRow
from models.help.views import CallCase
from models.orders.rules import SAID, VisitAnswer, may_answer
from models.orders.rules import State as OrderState
from models.orders.tables import OrderRow, VisitRow
from models.orders.views import VisitView
from models.people.rules import Right
from models.people.views import Person
from models.places.tables import PlaceRow
from models.policy.current import policy_of


@dataclass(frozen=True)
class _Silent:
    """One request whose resident is to be rung."""

    request_id: int
    since: datetime
    days: int | None
    """Of the return visit, where it is one."""


async def visit_told(
    session: Session, reader_id: int, visit_id: int, now: datetime
) -> VisitView | None:
    """Return a return visit to resident or desk; None where it is none of theirs."""
    visit = await session.get(VisitRow, visit_id)
    order = await session.get(OrderRow, visit.order_id) if visit else None
    seen = await told(session, reader_id, order.request_id, now=now) if order else None
    if visit is None or seen is None or not seen.relations & {Relation.RESIDENT, Relation.DESK}:
        return None
    answer = VisitAnswer(visit.answer) if visit.answer else None
    closed = seen.view.line.state is State.CLOSED
    asked = may_answer(visit.asked_at, now, policy_of(session, HelpPolicy), closed=closed)
    return VisitView(
        visit_id=visit.id,
        days=visit.days,
        answer=answer,
        as_resident=Relation.RESIDENT in seen.relations,
        may_answer=asked and answer not in SAID,
        request=seen.view,
    )


async def count_calls(session: Session, actor: Person, *, now: datetime) -> int:
    """Count who is to be rung now at somebody's places."""
    return len(await _due(session, actor, now))


async def call_case(
    session: Session, actor: Person, *, now: datetime, after: int | None = None
) -> CallCase | None:
    """Return who is to be rung next: the longest silent, or the one behind `after` (a request).

    Those put off stand on the list again when their time has come. None when nobody is due.
    """
    due = await _due(session, actor, now)
    if not due:
        return None
    numbers = [one.request_id for one in due]
    place = (numbers.index(after) + 1) % len(due) if after in numbers else 0
    return await _picture(session, due[place], len(due), now)


async def call_about(
    session: Session, actor: Person, request_id: int, *, now: datetime
) -> CallCase | None:
    """Return one request of the call-back list; None where it is not on it for this person now."""
    due = await _due(session, actor, now)
    found = next((one for one in due if one.request_id == request_id), None)
    return await _picture(session, found, len(due), now) if found else None


async def due_calls(
    session: Session, actor: Person, *, now: datetime
) -> list[tuple[int, datetime]]:
    """List the requests whose residents are to be rung, with since when they are silent."""
    return [(one.request_id, one.since) for one in await _due(session, actor, now)]


async def _picture(session: Session, one: _Silent, total: int, now: datetime) -> CallCase:
    request = await session.get_one(RequestRow, one.request_id)
    return CallCase(
        request=await whole(session, request, Relation.DESK, now=now),
        since=one.since,
        days=one.days,
        calls=request.calls,
        may_give_up=may_give_up(request.calls, policy_of(session, HelpPolicy)),
        total=total,
    )


async def _due(session: Session, actor: Person, now: datetime) -> list[_Silent]:
    paths = actor.paths_with(Right.WORK_DESK)
    if not paths:
        return []
    conditions = _conditions(actor, paths, now)
    done = await session.execute(
        select(RequestRow.id, RequestRow.done_at).where(
            RequestRow.state == State.DONE, RequestRow.unconfirmed.is_(True), *conditions
        )
    )
    silent = [_Silent(row.id, row.done_at or now, None) for row in done]
    silent += await _visits(session, conditions, now)
    return sorted(silent, key=lambda one: (one.since, one.request_id))


async def _visits(
    session: Session, conditions: Sequence[ColumnElement[bool]], now: datetime
) -> list[_Silent]:
    rows = await session.execute(
        select(RequestRow.id, func.max(VisitRow.asked_at), func.max(VisitRow.days))
        .join(OrderRow, OrderRow.request_id == RequestRow.id)
        .join(VisitRow, VisitRow.order_id == OrderRow.id)
        .where(
            RequestRow.state == State.CLOSED,
            VisitRow.answer == VisitAnswer.SILENT,
            *conditions,
        )
        .group_by(RequestRow.id)
    )
    return [_Silent(request_id, asked_at or now, days) for request_id, asked_at, days in rows]


def _conditions(actor: Person, paths: Sequence[str], now: datetime) -> list[ColumnElement[bool]]:
    """Hold that a request is the actor's to ring about, and not put off."""
    below = or_(*(PlaceRow.path.startswith(path) for path in paths))
    did_it = exists().where(
        ClaimRow.request_id == RequestRow.id,
        ClaimRow.person_id == actor.id,
        ClaimRow.state.in_(list(DID_IT)),
    )
    put_right = (
        exists()
        .where(
            OrderRow.request_id == RequestRow.id,
            OrderRow.state != OrderState.OPEN,
            or_(OrderRow.person_id == actor.id, OrderRow.reported_by == actor.id),
        )
        .correlate(RequestRow)
    )
    return [
        RequestRow.place_id.in_(select(PlaceRow.id).where(below)),
        or_(RequestRow.call_after.is_(None), RequestRow.call_after <= now),
        or_(~did_it & ~put_right, RequestRow.beneficiary_id == actor.id),
    ]
