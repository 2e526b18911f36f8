"""One request, whole: for its resident without inner notes, for the desk with them."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from models.database import Session
from models.help.policy import policy_of
from models.help.queries.pictures import (
    Names,
    claims_on,
    has_agreed,
    media_of,
    names_for,
    picture_line,
    picture_said,
    places_in_line,
)
from models.help.queries.reach import resident_reach
from models.help.queries.receipts import asked_of
from models.help.rules.coming import has_answered
from models.help.rules.last_word import may_reopen
from models.help.rules.states import COUNTED, ENDED, ClaimState, Hat, Move, State, allowed
from models.help.rules.words import Channel, Line
from models.help.tables import ClaimRow, LineRow, RequestRow
from models.help.views import Holder, OrderMark, RequestView, TimelineLine
from models.orders.rules import State as OrderState
from models.orders.rules import is_overdue
from models.orders.tables import OrderRow
from models.people.reach import Reach, reach_of

DID_IT = COUNTED | {ClaimState.ENDED}
SHOWN_CLAIMS = DID_IT | {ClaimState.WAITING}
TOLD_THE_DESK = {Line.HANDED_BACK, Line.LEFT_LINE}
"""Lines whose reason and words were meant for the desk alone; that they happened all may see."""


async def whole(session: Session, request: RequestRow, hat: Hat, *, now: datetime) -> RequestView:
    """Picture a request whole, with what somebody under `hat` may do; inner lines for the desk."""
    claims = await claims_on(session, [request.id], SHOWN_CLAIMS)
    rows = await _timeline(session, request, internal=hat is Hat.DESK)
    people = [claim.person_id for claim in claims] + [row.actor_id for row in rows]
    order = await _last_order(session, request)
    people.append(order.person_id if order else None)
    mentioned = [row.detail.get("person") for row in rows if row.detail]
    names = await names_for(session, [request], [*people, *mentioned])
    state = State(request.state)
    unsaid = request.solved is None and allowed(state, Move.CONFIRM, hat)
    open_still = may_reopen(request.closed_at, now, policy_of(session))
    asked = await asked_of(session, request.id)
    reach = await reach_of(session, [claim.person_id for claim in claims])
    begun = any(claim.state in COUNTED for claim in claims) or state is not State.OPEN
    return RequestView(
        line=picture_line(request, names, now),
        text=request.text,
        media=await media_of(session, request.id, evidence=False),
        evidence=await media_of(session, request.id, evidence=True),
        channel=Channel(request.channel),
        requester=names.known(request.requester_id),
        when_text=request.when_text,
        start_at=request.start_at,
        holders=_holders(claims, names, reach, waiting=False),
        waiting=_holders(claims, names, reach, waiting=True),
        asked=asked.reached,
        asking=asked.on_the_way,
        reach=await resident_reach(session, request),
        timeline=tuple(_said(row, names, hat) for row in rows),
        rating=request.rating,
        close_reason=request.close_reason,
        may_cancel=allowed(state, Move.CANCEL, hat),
        may_say_solved=unsaid or (begun and allowed(state, Move.SAY_SOLVED, hat)),
        may_say_unsolved=(unsaid and open_still) or allowed(state, Move.SAY_UNSOLVED, hat),
        may_rate=state in ENDED and request.solved is True,
        may_reopen=open_still and not unsaid and allowed(state, Move.REOPEN, hat),
        solved=request.solved,
        order=_mark(order, names, now),
        mentioned=tuple(names.known(int(person)) for person in mentioned if person),
    )


def seen_by(view: RequestView, reader_id: int) -> RequestView:
    """Return a request as a reader is addressed: who speaks for somebody is not that somebody."""
    if reader_id == view.line.beneficiary.id:
        return view
    view = replace(view, spoken_for=view.line.beneficiary.name)
    if not any(one.who.id == reader_id and one.state in DID_IT for one in view.holders):
        return view
    return replace(
        view, own_work=True, may_say_solved=False, may_say_unsolved=False, may_rate=False
    )


async def _last_order(session: Session, request: RequestRow) -> OrderRow | None:
    return await session.scalar(
        select(OrderRow)
        .where(OrderRow.request_id == request.id)
        .order_by(OrderRow.id.desc())
        .limit(1)
    )


def _mark(order: OrderRow | None, names: Names, now: datetime) -> OrderMark | None:
    if order is None:
        return None
    state = OrderState(order.state)
    return OrderMark(
        order_id=order.id,
        state=state,
        person=names.person(order.person_id),
        due_at=order.due_at,
        overdue=is_overdue(state, order.due_at, now),
        report=order.report,
    )


async def _timeline(session: Session, request: RequestRow, *, internal: bool) -> list[LineRow]:
    statement = select(LineRow).where(LineRow.request_id == request.id).order_by(LineRow.id)
    if not internal:
        statement = statement.where(LineRow.internal.is_(False))
    return list(await session.scalars(statement))


def _said(row: LineRow, names: Names, hat: Hat) -> TimelineLine:
    said = picture_said(row, names)
    if hat is Hat.DESK or said.what not in TOLD_THE_DESK:
        return said
    return replace(said, detail={}, words=None)


def _holders(
    claims: list[ClaimRow], names: Names, reach: dict[int, Reach], *, waiting: bool
) -> tuple[Holder, ...]:
    numbered = places_in_line(claims)
    return tuple(
        Holder(
            who=names.known(claim.person_id),
            state=ClaimState(claim.state),
            position=numbered.get(claim.id),
            start_confirmed=has_answered(claim.asked_at, claim.confirmed_at),
            agreed=has_agreed(claim),
            reached=reach[claim.person_id].arrives,
        )
        for claim in claims
        if (claim.state == ClaimState.WAITING) is waiting
    )
