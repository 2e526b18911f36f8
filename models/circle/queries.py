"""Reading circles."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, or_, select

from models.circle.rules import LIFECYCLE, STANDING, Move, Notice, Relation, State, Tie
from models.circle.tables import CircleRow
from models.circle.views import CircleContact, MemberView
from models.database import Session
from models.names.queries import Names, names_for
from models.people.queries import person_by_id
from models.people.rules import Right, mask
from models.people.tables import PersonRow
from models.people.views import Person
from models.places.tables import PlaceRow
from models.records.changing import RecordKind
from models.records.reading import seen, seen_by_id
from models.records.rules import Refusal
from models.records.sealed import opened

NAME = "circle"


async def relations(session: Session, who: Person, row: CircleRow) -> frozenset[Relation]:
    """Return what somebody is to a membership."""
    found = await session.execute(
        select(PersonRow.proxy_id, PlaceRow.path)
        .outerjoin(PlaceRow, PlaceRow.id == PersonRow.place_id)
        .where(PersonRow.id == row.person_id)
    )
    proxy_id, path = found.one()
    holds = {
        Relation.OWNER: who.id in {row.person_id, proxy_id},
        Relation.MEMBER: who.id == row.member_id,
        Relation.DESK: row.member_id is None and bool(path) and who.may(Right.WORK_DESK, path),
    }
    return frozenset(relation for relation, held in holds.items() if held)


CIRCLE = RecordKind(
    NAME,
    CircleRow,
    LIFECYCLE,
    relations,
    cards=tuple(kind for kind in Notice if kind.declared.changes),
)


async def contacts_of(session: Session, person_id: int) -> list[CircleContact]:
    """List who agreed to be asked how somebody is and can be reached, in order."""
    return (await contacts_of_each(session, [person_id])).get(person_id, [])


async def contacts_of_each(
    session: Session, person_ids: Collection[int]
) -> dict[int, list[CircleContact]]:
    """Return the contacts of each of some people, in one statement; who has none is left out."""
    there = and_(
        PersonRow.left_at.is_(None),
        PersonRow.unreachable_at.is_(None),
        PersonRow.telegram_id.is_not(None),
    )
    rows = await session.execute(
        select(CircleRow.person_id, CircleRow.id, CircleRow.member_id)
        .outerjoin(PersonRow, PersonRow.id == CircleRow.member_id)
        .where(
            CircleRow.person_id.in_(list(person_ids)),
            CircleRow.state == State.AGREED,
            or_(CircleRow.member_id.is_(None), there),
        )
        .order_by(CircleRow.person_id, CircleRow.position)
    )
    found: dict[int, list[CircleContact]] = defaultdict(list)
    for person_id, circle_id, member_id in rows.all():
        found[person_id].append(CircleContact(circle_id, member_id))
    return dict(found)


async def my_circle(
    session: Session, actor: Person, *, whom: int | None = None
) -> list[MemberView] | Refusal:
    """List who is in one's circle, or is asked, in order; of `whom` for who speaks for them."""
    whose = actor.id if whom is None else whom
    if whose != actor.id and not await speaks_for(session, actor.id, whose):
        return Refusal.NOT_ALLOWED
    rows = (await session.scalars(standing(whose))).all()
    return await _views(session, actor, rows)


async def circles_with(session: Session, actor: Person) -> list[MemberView]:
    """List the circles that somebody is in, or is asked into, the oldest first."""
    theirs = (CircleRow.member_id == actor.id, CircleRow.state.in_(list(STANDING)))
    rows = await session.scalars(
        select(CircleRow)
        .where(*theirs)
        .order_by(CircleRow.id)
        .execution_options(populate_existing=True)
    )
    return await _views(session, actor, rows.all())


async def member(
    session: Session, actor: Person, circle_id: int, *, now: datetime
) -> MemberView | Refusal:
    """Return one member as the actor sees them."""
    row = await seen(session, CIRCLE, circle_id, Move.LOOK, actor, now)
    return row if isinstance(row, Refusal) else (await _views(session, actor, [row]))[0]


async def member_told(
    session: Session, reader_id: int, circle_id: int, _now: datetime
) -> MemberView | None:
    """Return a member to the reader of a notice; None where it is not theirs to see."""
    row = await seen_by_id(session, CIRCLE, circle_id, Move.LOOK, reader_id)
    reader = await person_by_id(session, reader_id)
    return (await _views(session, reader, [row]))[0] if row and reader else None


async def speaks_for(session: Session, actor_id: int, person_id: int) -> bool:
    """Return whether somebody is the proxy of a person who has not left."""
    spoken = (PersonRow.id == person_id, PersonRow.proxy_id == actor_id)
    found = select(PersonRow.id).where(*spoken, PersonRow.left_at.is_(None))
    return await session.scalar(found) is not None


def standing(person_id: int) -> Select[CircleRow]:
    """Select who is in somebody's circle, or is asked, in order."""
    theirs = (CircleRow.person_id == person_id, CircleRow.state.in_(list(STANDING)))
    found = select(CircleRow).where(*theirs).order_by(CircleRow.position)
    return found.execution_options(populate_existing=True)


async def _views(session: Session, reader: Person, rows: Sequence[CircleRow]) -> list[MemberView]:
    people = {one for row in rows for one in (row.person_id, row.member_id)}
    names = await names_for(session, people)
    return [await _view(session, reader, row, names) for row in rows]


async def _view(session: Session, reader: Person, row: CircleRow, names: Names) -> MemberView:
    what = await relations(session, reader, row)
    own = bool(what & {Relation.OWNER, Relation.MEMBER})
    number = opened(session, row, "phone") if Relation.OWNER in what else ""
    return MemberView(
        id=row.id,
        whose=names.known(row.person_id),
        owned=Relation.OWNER in what,
        mine=Relation.MEMBER in what,
        member=names.person(row.member_id),
        name=opened(session, row, "name") if Relation.OWNER in what else "",
        phone=mask(number) if number else "",
        tie=Tie(row.relation),
        position=row.position,
        state=State(row.state),
        has_key=own and bool(opened(session, row, "has_key")),
        asked_at=row.asked_at,
        agreed_at=row.agreed_at,
        moves=LIFECYCLE.open_to(row.state, what),
    )
