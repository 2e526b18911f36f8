"""Reading hazards: the list by age, place and body; one whole; days without an accident."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from models.categories import CATALOGUE, HAZARD, Body
from models.database import Session
from models.hazards.actions.following import looks_of
from models.hazards.records import HAZARDS, relations
from models.hazards.rules import (
    EVERYWHERE,
    LIFECYCLE,
    LOOKED_AT,
    OPEN,
    HazardKind,
    HazardLevel,
    HazardMove,
    HazardRelation,
    HazardsAt,
    HazardsShown,
    HazardState,
    LookAnswer,
)
from models.hazards.tables import AccidentRow, HazardPhotoRow, HazardRow, RecheckRow
from models.hazards.views import Calm, HazardLine, HazardView, LookView
from models.help.tables import RequestRow
from models.hours.rules.local_time import day_of
from models.media import Media, MediaKind
from models.names.queries import names_for, places_by_id
from models.names.views import Where
from models.orders.rules import State as OrderState
from models.orders.rules import is_overdue
from models.orders.tables import OrderRow
from models.people.queries import person_by_id
from models.people.rules import Right
from models.people.views import Person
from models.places.queries import at_or_below, find_place, search
from models.places.rules import PlaceKind, covers
from models.places.tables import PlaceRow
from models.policy.current import policy_of
from models.records.reading import page_of, seen, seen_by_id
from models.records.rules import PageOf, Refusal

A_PAGE = 8
MOST_IN_A_FILE = 2000
MOST_PLACES = 24
"""Places offered as buttons; others are found by typing."""


STATES = {
    HazardsShown.OPEN: OPEN,
    HazardsShown.HANDED_ON: frozenset({HazardState.HANDED_ON}),
    HazardsShown.CLOSED: frozenset({HazardState.CLOSED, HazardState.ANSWERED}),
}


async def hazards_page(
    session: Session,
    actor: Person,
    shown: HazardsShown,
    page: int = 0,
    *,
    now: datetime,
    at: HazardsAt = EVERYWHERE,
) -> PageOf[HazardLine]:
    """Return a page of the hazards of the actor's places: the oldest first, of closed ones last."""
    found = await page_of(session, await _narrowed(session, actor, shown, at), page, A_PAGE)
    return found.of(await _lines(session, found.lines, now))


async def counts(
    session: Session, actor: Person, at: HazardsAt = EVERYWHERE
) -> dict[HazardsShown, int]:
    """Count the hazards of the actor's places by what a list shows."""
    found = {shown: await _narrowed(session, actor, shown, at) for shown in HazardsShown}
    return {
        shown: await session.scalar(
            select(func.count()).select_from(rows.order_by(None).subquery())
        )
        or 0
        for shown, rows in found.items()
    }


async def narrower(
    session: Session, actor: Person, shown: HazardsShown
) -> tuple[list[tuple[Where, int]], dict[Body, int]]:
    """Count what a list shows by place, the most first, and by the body that puts it right."""
    rows = _theirs(actor, shown).order_by(None).subquery()
    places = await session.execute(
        select(rows.c.place_id, func.count().label("many"))
        .group_by(rows.c.place_id)
        .order_by(func.count().desc(), rows.c.place_id)
        .limit(MOST_PLACES)
    )
    found = {row.place_id: row.many for row in places.all()}
    named = await places_by_id(session, set(found))
    bodies = {
        body: await session.scalar(
            select(func.count()).select_from(
                _of_body(_theirs(actor, shown), body).order_by(None).subquery()
            )
        )
        or 0
        for body in Body
    }
    return (
        [(named[one], many) for one, many in found.items()],
        {body: count for body, count in bodies.items() if count},
    )


async def hazards_for_file(
    session: Session, actor: Person, *, now: datetime, at: HazardsAt = EVERYWHERE
) -> list[HazardLine]:
    """List the hazards of the actor's places for a file, narrowed as their list is: open ones,
    those handed on, those that are over."""
    rows: list[HazardRow] = []
    for shown in HazardsShown:
        found = await _narrowed(session, actor, shown, at)
        rows += (await session.scalars(found.limit(MOST_IN_A_FILE - len(rows)))).all()
    return await _lines(session, rows, now)


async def hazard(
    session: Session, actor: Person, hazard_id: int, *, now: datetime
) -> HazardView | Refusal:
    """Return a hazard whole to the desk of its place."""
    row = await seen(session, HAZARDS, hazard_id, HazardMove.LOOK, actor, now)
    return row if isinstance(row, Refusal) else await _whole(session, actor, row, now)


async def hazard_told(
    session: Session, reader_id: int, hazard_id: int, now: datetime
) -> HazardView | None:
    """Return a hazard to the reader of a notice; None where it is none of theirs any more."""
    row = await seen_by_id(session, HAZARDS, hazard_id, HazardMove.LOOK, reader_id)
    reader = await person_by_id(session, reader_id) if row else None
    return await _whole(session, reader, row, now) if row and reader else None


async def places_to_find(session: Session, actor: Person) -> list[Where]:
    """List the houses of the actor's desk, as buttons: too many, and one types."""
    below = at_or_below(actor.paths_with(Right.WORK_DESK))
    found = await session.scalars(
        select(PlaceRow.id)
        .where(below, PlaceRow.kind == PlaceKind.BUILDING, PlaceRow.ended_at.is_(None))
        .order_by(PlaceRow.path)
        .limit(MOST_PLACES)
    )
    ids = list(found)
    named = await places_by_id(session, set(ids))
    return [named[one] for one in ids]


async def places_called(session: Session, actor: Person, words: str) -> list[Where]:
    """Find places of the actor's desk by typed words."""
    paths = actor.paths_with(Right.WORK_DESK)
    found = [
        one.place.id
        for one in await search(session, words)
        if any(covers(upper, one.place.path) for upper in paths)
    ]
    named = await places_by_id(session, set(found))
    return [named[one] for one in found]


async def calm(session: Session, actor: Person, *, now: datetime) -> list[Calm]:
    """Say of each community of the actor's desk how long it has been without an accident."""
    below = at_or_below(actor.paths_with(Right.WORK_DESK))
    rows = await session.scalars(
        select(PlaceRow)
        .where(below, PlaceRow.kind == PlaceKind.COMMUNITY, PlaceRow.ended_at.is_(None))
        .order_by(PlaceRow.path)
        .limit(MOST_PLACES)
    )
    communities = rows.all()
    named = await places_by_id(session, {one.id for one in communities})
    today = day_of(now, policy_of(session).zone)
    said = []
    for one in communities:
        last = await session.scalar(
            select(func.max(AccidentRow.day))
            .join(PlaceRow, PlaceRow.id == AccidentRow.place_id)
            .where(at_or_below([one.path]))
        )
        days = (today - last).days if last is not None else None
        said.append(Calm(named[one.id], last, days))
    return said


def _theirs(actor: Person, shown: HazardsShown) -> Select[HazardRow]:
    below = at_or_below(actor.paths_with(Right.WORK_DESK))
    at = HazardRow.place_id.in_(select(PlaceRow.id).where(below))
    found = select(HazardRow).where(HazardRow.state.in_(list(STATES[shown])), at)
    if shown is HazardsShown.CLOSED:
        return found.order_by(HazardRow.found_at.desc(), HazardRow.id.desc())
    return found.order_by(HazardRow.found_at, HazardRow.place_id, HazardRow.id)


async def _narrowed(
    session: Session, actor: Person, shown: HazardsShown, at: HazardsAt
) -> Select[HazardRow]:
    found = _theirs(actor, shown)
    if at.place_id is not None:
        place = await find_place(session, at.place_id)
        below = select(PlaceRow.id).where(at_or_below([place.path] if place else []))
        found = found.where(HazardRow.place_id.in_(below))
    return found if at.body is None else _of_body(found, at.body)


def _of_body(found: Select[HazardRow], body: Body) -> Select[HazardRow]:
    """Leave what this body puts right: by the last order about it."""
    later = aliased(OrderRow)
    last = ~exists().where(later.request_id == OrderRow.request_id, later.id > OrderRow.id)
    theirs = select(OrderRow.request_id).where(OrderRow.body == body, last)
    return found.where(HazardRow.request_id.in_(theirs))


async def _lines(session: Session, rows: Sequence[HazardRow], now: datetime) -> list[HazardLine]:
    places = await places_by_id(session, {row.place_id for row in rows})
    ids = [row.request_id for row in rows if row.request_id is not None]
    numbers = await session.execute(
        select(RequestRow.id, RequestRow.number).where(RequestRow.id.in_(ids))
    )
    by_request = {row[0]: row[1] for row in numbers.all()}
    standing = await session.scalars(
        select(OrderRow).where(OrderRow.request_id.in_(ids), OrderRow.state != OrderState.SIGNED)
    )
    orders = {one.request_id: one for one in standing}
    return [
        _line(row, places[row.place_id], by_request, orders.get(row.request_id or 0), now)
        for row in rows
    ]


def _line(
    row: HazardRow,
    where: Where,
    numbers: dict[int, int],
    order: OrderRow | None,
    now: datetime,
) -> HazardLine:
    body = order.body if order else CATALOGUE[HAZARD].body
    return HazardLine(
        id=row.id,
        kind=HazardKind(row.kind),
        level=HazardLevel(row.level),
        state=HazardState(row.state),
        where=where,
        spot=row.spot,
        found_at=row.found_at,
        number=numbers.get(row.request_id or 0),
        body=body if row.request_id is not None else None,
        due_at=order.due_at if order else None,
        overdue=order is not None and is_overdue(OrderState(order.state), order.due_at, now),
        reported=row.reporter_id is not None or row.found_by is None,
    )


async def _whole(session: Session, reader: Person, row: HazardRow, now: datetime) -> HazardView:
    line = (await _lines(session, [row], now))[0]
    order = await session.scalar(
        select(OrderRow).where(
            OrderRow.request_id == row.request_id, OrderRow.state != OrderState.SIGNED
        )
    )
    names = await names_for(session, [row.found_by, order.person_id if order else None])
    held = await relations(session, reader, row)
    looks = await looks_of(session, row.id)
    photos = await session.scalars(
        select(HazardPhotoRow.file_id)
        .where(HazardPhotoRow.hazard_id == row.id)
        .order_by(HazardPhotoRow.position)
    )
    asked = row.state in LOOKED_AT and _is_asked(looks)
    may = LIFECYCLE.open_to(row.state, held)
    return HazardView(
        line=line,
        finder=names.person(row.found_by),
        request_id=row.request_id,
        order_id=order.id if order else None,
        person=names.person(order.person_id) if order else None,
        authority=row.authority,
        authority_number=row.authority_number,
        handed_on_at=row.handed_on_at,
        answer=row.answer,
        photos=tuple(Media(MediaKind.PHOTO, one) for one in photos),
        looks=tuple(_look(one) for one in looks),
        asked=asked,
        partial=HazardRelation.DOER in held,
        may=may if asked else may - {HazardMove.WELL, HazardMove.AGAIN},
    )


def _is_asked(looks: Sequence[RecheckRow]) -> bool:
    asked = [one for one in looks if one.asked_at is not None]
    return bool(asked) and asked[-1].answer is None


def _look(one: RecheckRow) -> LookView:
    well = None if one.answer is None else one.answer == LookAnswer.WELL
    return LookView(one.days, one.due_at, well)
