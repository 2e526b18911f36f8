"""A broadcast's report, its lists and all of it for a sheet: for whoever answers for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, true

from models.audit.actions import deny
from models.broadcasts.actions.rows import SUBJECT, relations_of
from models.broadcasts.queries.copies import broadcast_view
from models.broadcasts.queries.deliveries import deliveries, delivery
from models.broadcasts.queries.recalling import kept_by, left_behind
from models.broadcasts.queries.tally import tally, whys
from models.broadcasts.rules.notices import Delivery, Way
from models.broadcasts.rules.outcomes import BroadcastOutcome
from models.broadcasts.rules.reports import LISTED, Listing, why_missed
from models.broadcasts.rules.states import Relation
from models.broadcasts.tables import BroadcastRow, RecipientRow
from models.broadcasts.views import BroadcastReport, RecipientLine, RecipientPage
from models.database import Session
from models.names.queries import places_by_id
from models.outbox.tables import OutboxRow
from models.people.rules import Right
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow

NAMES_A_PAGE = 20

_LINE = (
    RecipientRow.person_id,
    PersonRow.name,
    RecipientRow.place_id,
    RecipientRow.way,
    OutboxRow.reason,
    RecipientRow.confirmed_at,
    RecipientRow.signed_up_at,
)


async def report(
    session: Session, actor: Person, broadcast_id: int, *, now: datetime
) -> BroadcastReport | BroadcastOutcome:
    """Return the counts of a broadcast to its author and to whoever answers for its place."""
    relations = await readers_relations(session, actor, broadcast_id, now=now)
    if isinstance(relations, BroadcastOutcome):
        return relations
    view = await broadcast_view(session, actor, broadcast_id)
    assert view is not None  # noqa: S101 - there is one, and the reader has a part in it
    kept = 0 if view.recalled_at is None else await left_behind(session, broadcast_id)
    return BroadcastReport(
        broadcast=view,
        kept=kept,
        tally=await tally(session, broadcast_id),
        whys=await whys(session, broadcast_id),
        mine=Relation.AUTHOR in relations,
    )


async def recipients(
    session: Session,
    actor: Person,
    broadcast_id: int,
    listing: Listing,
    page: int,
    *,
    now: datetime,
) -> RecipientPage | BroadcastOutcome:
    """Return a page of one list, by building; a keeper sees who lives at the keeper's places."""
    relations = await readers_relations(session, actor, broadcast_id, now=now)
    if isinstance(relations, BroadcastOutcome):
        return relations
    found = await _lines(
        session,
        _listed(broadcast_id, listing)
        .where(_at_places_of(actor, relations))
        .offset(page * NAMES_A_PAGE)
        .limit(NAMES_A_PAGE + 1),
    )
    shown, more = tuple(found[:NAMES_A_PAGE]), len(found) > NAMES_A_PAGE
    return RecipientPage(broadcast_id, listing, shown, page, more)


async def everybody(
    session: Session, actor: Person, broadcast_id: int, *, now: datetime
) -> Sequence[RecipientLine] | BroadcastOutcome:
    """Return every recipient, by building, for a sheet; a keeper those at the keeper's places."""
    relations = await readers_relations(session, actor, broadcast_id, now=now)
    if isinstance(relations, BroadcastOutcome):
        return relations
    return await _lines(session, _whole(broadcast_id).where(_at_places_of(actor, relations)))


async def missed(session: Session, broadcast_id: int, person_id: int) -> RecipientLine | None:
    """Return one recipient who was not reached; None for anybody else."""
    theirs = RecipientRow.person_id == person_id
    found = await _lines(session, _listed(broadcast_id, Listing.KNOCK).where(theirs))
    return next(iter(found), None)


async def readers_relations(
    session: Session, actor: Person, broadcast_id: int, *, now: datetime
) -> frozenset[Relation] | BroadcastOutcome:
    """Return as what somebody reads a report; who may not is refused, and the attempt written down.

    An author whose right was taken away may not: it names people.
    """
    broadcast = await session.get(BroadcastRow, broadcast_id)
    if broadcast is None:
        return BroadcastOutcome.MISSING
    relations = await relations_of(session, actor, broadcast) & {Relation.AUTHOR, Relation.KEEPER}
    if relations:
        return relations
    detail = {"tried": "report"}
    await deny(session, actor.id, SUBJECT, now=now, subject_id=broadcast_id, detail=detail)
    return BroadcastOutcome.NOT_ALLOWED


def _at_places_of(actor: Person, relations: frozenset[Relation]) -> ColumnElement[bool]:
    """Say whose names a reader sees: an author all, whom they wrote to; a keeper those kept."""
    if Relation.AUTHOR in relations:
        return true()
    return or_(*(PlaceRow.path.startswith(path) for path in actor.paths_with(Right.SUPERVISE)))


def _listed(broadcast_id: int, listing: Listing) -> Select[Any]:
    """Select who is on a list; whoever has left is on none: nobody can do anything about them."""
    found = _whole(broadcast_id).where(
        delivery().in_([str(one) for one in LISTED[listing]]), PersonRow.left_at.is_(None)
    )
    if listing is Listing.UNCONFIRMED:
        return found.where(RecipientRow.confirmed_at.is_(None))
    if listing is Listing.SIGNED_UP:
        return found.where(RecipientRow.signed_up_at.is_not(None))
    if listing is Listing.KEPT:
        return found.where(RecipientRow.reader_id.in_(kept_by(broadcast_id)))
    return found


def _whole(broadcast_id: int) -> Select[Any]:
    return (
        deliveries(broadcast_id, *_LINE, delivery())
        .join(PersonRow, PersonRow.id == RecipientRow.person_id)
        .outerjoin(PlaceRow, PlaceRow.id == RecipientRow.place_id)
        .order_by(PlaceRow.path, PersonRow.name, RecipientRow.person_id)
    )


async def _lines(session: Session, statement: Select[Any]) -> list[RecipientLine]:
    rows = (await session.execute(statement)).all()
    places = await places_by_id(session, {row.place_id for row in rows if row.place_id is not None})
    found = []
    for person_id, name, place_id, way, reason, confirmed_at, signed_up_at, became in rows:
        where = None if place_id is None else places.get(place_id)
        how, what = Way(way), Delivery(became)
        why = why_missed(how, what, reason)
        found.append(
            RecipientLine(person_id, name, where, how, what, why, confirmed_at, signed_up_at)
        )
    return found
