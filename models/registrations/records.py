"""Registrations and their kinds as records: who is what to them, and who is told."""

from typing import Any

from sqlalchemy import select

from models.database import Session, insert_once
from models.help.queries.desk import desk_ids
from models.people.rules import RIGHTS, Right
from models.people.tables import GrantRow, PersonRow
from models.people.views import Person
from models.places.rules import ancestors
from models.places.tables import PlaceRow
from models.records.changing import RecordChange, RecordKind
from models.registrations.notices import Notice
from models.registrations.rules import (
    KIND_LIFECYCLE,
    KINDS_NAME,
    LIFECYCLE,
    NAME,
    Accepts,
    KindRelation,
    Relation,
)
from models.registrations.tables import (
    RegistrationCounterRow,
    RegistrationKindRow,
    RegistrationRow,
)

DESK_TOLD = 3
"""Of a desk so many are told, staff first."""
ASKS = {Accepts.DESK: Right.WORK_DESK, Accepts.SECRETARY: Right.SUPERVISE}
"""The right with which somebody says yes or no."""


async def relations(session: Session, who: Person, row: RegistrationRow) -> frozenset[Relation]:
    """Return what somebody is to a registration."""
    path = (await session.get_one(PlaceRow, row.place_id)).path
    kind = await session.get_one(RegistrationKindRow, row.kind_id)
    holder = None if row.person_id is None else await session.get(PersonRow, row.person_id)
    own = holder is not None and who.id in {holder.id, holder.proxy_id}
    hand = own or who.id == row.by_id
    accepts = who.may(ASKS[Accepts(kind.accepts)], path)
    desk = who.may(Right.WORK_DESK, path)
    without_phone = holder is not None and holder.telegram_id is None
    holds = {
        Relation.HOLDER: own or (who.id == row.by_id and without_phone and desk),
        Relation.ACCEPTS: accepts and not hand,
        Relation.DESK: desk and not hand,
        Relation.FOR_THEM: desk and without_phone,
        Relation.OWN_DESK: (accepts or desk) and hand,
    }
    return frozenset(relation for relation, held in holds.items() if held)


async def kind_relations(
    _session: Session, who: Person, row: RegistrationKindRow
) -> frozenset[KindRelation]:
    """Return what somebody is to a kind: those that come with the house nobody keeps."""
    if row.place_id is None:
        return frozenset()
    path = (await _session.get_one(PlaceRow, row.place_id)).path
    return frozenset({KindRelation.KEEPER} if who.may(Right.SUPERVISE, path) else ())


REGISTRATIONS = RecordKind(
    NAME,
    RegistrationRow,
    LIFECYCLE,
    relations,
    cards=tuple(kind for kind in Notice if kind.declared.changes),
)
KINDS = RecordKind(KINDS_NAME, RegistrationKindRow, KIND_LIFECYCLE, kind_relations)

Change = RecordChange[RegistrationRow]


async def who_accepts(session: Session, row: RegistrationRow) -> list[int]:
    """List who is asked about a registration: some of the desk, or who answers for its place.

    Nobody is asked about what they had a hand in, while there is somebody else.
    """
    path = (await session.get_one(PlaceRow, row.place_id)).path
    kind = await session.get_one(RegistrationKindRow, row.kind_id)
    if kind.accepts == Accepts.DESK:
        found = await desk_ids(session, path)
    else:
        found = await _who_answers(session, path)
    return [one for one in found if one not in {row.person_id, row.by_id}][:DESK_TOLD]


async def _who_answers(session: Session, path: str) -> list[int]:
    roles = [role for role, rights in RIGHTS.items() if Right.SUPERVISE in rights]
    found = await session.scalars(
        select(GrantRow.person_id)
        .join(PlaceRow, PlaceRow.id == GrantRow.place_id)
        .join(PersonRow, PersonRow.id == GrantRow.person_id)
        .where(
            GrantRow.place_id.in_(ancestors(path)),
            GrantRow.role.in_(roles),
            GrantRow.revoked_at.is_(None),
            PersonRow.left_at.is_(None),
        )
        .order_by(PlaceRow.path.desc(), GrantRow.person_id)
    )
    return list(dict.fromkeys(found))


async def next_number(session: Session, kind_id: int, community_id: int) -> int:
    """Return the next number of a kind in a community: none twice, none left out."""
    key = {"kind_id": kind_id, "community_id": community_id}
    await insert_once(session, RegistrationCounterRow, {**key, "last": 0})
    row = await session.get_one(
        RegistrationCounterRow, key, with_for_update=True, populate_existing=True
    )
    row.last += 1
    await session.flush()
    return row.last


async def told_desk(change: Change, *, late: bool = False) -> None:
    """Ask whoever accepts it."""
    detail: dict[str, Any] = {"late": True} if late else {}
    await change.tell(Notice.FILED, await who_accepts(change.session, change.row), **detail)
